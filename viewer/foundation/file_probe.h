// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/child_process.h"

namespace geneglass {

/// Has files opened in another process first: whatever the libraries that read them do to that, this one goes
/// on. Any thread.
class FileProbe final {
 public:
  enum class Kind : uint32_t { Slide, Hdf5 };

  /// What a probing process is asked over its file 3, before the path; it answers with a signal's number, 0
  /// for none.
  struct Request {
    Kind kind = Kind::Slide;
    uint32_t pathLength = 0;
    double mpp = 0;          ///< of a slide, where the user says it
    double mostSeconds = 0;  ///< of the processor, for HDF5, after which SIGPROF ends it; 0: no limit
  };

  static constexpr std::chrono::milliseconds kPatience{30'000};
  /// Of the processor that going over an HDF5 file may take: at least, and more for each GiB of it.
  static constexpr double kHdf5Seconds = 1.5, kHdf5SecondsAGiB = 4;

  /// `program`: other than what is beside this one, for tests. One is started now, to be there when it is
  /// needed.
  explicit FileProbe(std::filesystem::path program = {}, std::chrono::milliseconds patience = kPatience,
                     double hdf5Seconds = kHdf5Seconds);

  /// Opens the file elsewhere and reads of it. Empty where that went well or badly in words, and where no
  /// other process can be had; else what befell, as the end of a sentence: "what reads it crashed (Aborted);
  /// the file is damaged, or not what it says it is".
  std::string befell(Kind kind, const std::filesystem::path& file, double mpp = 0);
  /// That end of a sentence, of what a process did that read a file: "crashed (Aborted)".
  static std::string readingIt(const std::string& did);

 private:
  struct Prober {
    ChildProcess process;
    OwnFile connection;
  };
  std::optional<Prober> start() const;
  std::optional<Prober> take();

  const std::filesystem::path m_program;
  const std::chrono::milliseconds m_patience;
  const double m_hdf5Seconds;
  std::mutex m_mutex;
  std::vector<Prober> m_idle;
};

}  // namespace geneglass
