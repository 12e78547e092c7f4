// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "viewer/foundation/result.h"

namespace geneglass {

/// That a slide is being worked on, for other calls into the same folder, on this machine or another that
/// shares the disk: a file that is there while this lives, locked, with the host, process and time in it, and
/// touched every minute. It is dead, and taken over, where that process is gone from this machine, or where
/// one of another machine has not touched it for kSilence. One thread.
class SlideClaim final {
 public:
  static constexpr std::chrono::minutes kSilence{15};

  struct Taken {
    std::unique_ptr<SlideClaim> claim;  ///< null where it is another's
    std::string holder;                 ///< whose: "process 812 on node7 since 2026-11-29T23:01:00Z"
  };
  /// Where `command` claims a slide whose results go into `folder`: NAME.predict.claim beside them.
  static std::filesystem::path placeOf(const std::filesystem::path& folder, const std::string& slide,
                                       const std::string& command);
  /// Does not wait. Error: the file cannot be made.
  static Result<Taken> take(const std::filesystem::path& file);

  ~SlideClaim();
  SlideClaim(const SlideClaim&) = delete;
  SlideClaim& operator=(const SlideClaim&) = delete;

 private:
  SlideClaim(std::filesystem::path file, int descriptor);

  const std::filesystem::path m_file;
  const int m_descriptor;  ///< locked
  std::jthread m_toucher;
};

/// Of this machine, for people.
std::string hostName();
/// 2026-11-29T23:01:00Z
std::string timeNow();

}  // namespace geneglass
