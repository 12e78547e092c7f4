// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <mutex>
#include <vector>

#include "viewer/foundation/child_process.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Has files opened in another process first: whatever their decoders do to that, this one goes on. Any
/// thread.
class SlideProbe final {
 public:
  /// `program`: other than what is beside this one, for tests. One is started now, to be there when it is
  /// needed.
  explicit SlideProbe(std::filesystem::path program = {}, std::chrono::milliseconds patience = kPatience);

  /// Opens the file and reads a tile of its coarsest and its finest level, elsewhere. Errors name the file:
  /// its decoder crashed, or does not come to an end. What else there is to say, openSlide() says; where no
  /// other process can be had, nothing.
  Result<void> check(const std::filesystem::path& file, std::optional<double> userMpp = {});

  static constexpr std::chrono::milliseconds kPatience{30'000};

 private:
  struct Prober {
    ChildProcess process;
    OwnFile connection;
  };
  std::optional<Prober> start() const;
  std::optional<Prober> take();

  const std::filesystem::path m_program;
  const std::chrono::milliseconds m_patience;
  std::mutex m_mutex;
  std::vector<Prober> m_idle;
};

/// openSlide(), after a check.
Result<OpenedSlide> openProbed(SlideProbe& probe, const std::filesystem::path& file,
                               std::optional<double> userMpp = {});

}  // namespace geneglass
