// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What became of a slide, over all runs into one folder: RUN/NAME.json, written when an attempt begins and
/// when it ends, by whoever holds the slide's claim.
struct SlideRecord {
  struct Failure {
    int attempt = 0;
    std::string time;
    std::string reason;  ///< a sentence
  };
  struct File {
    std::string what;  ///< "prediction", "maps", "h5ad"
    std::string name;  ///< in the folder of the results; elsewhere its path
    uint64_t bytes = 0;
  };

  std::string name;
  std::string slide;       ///< its file
  std::string hash = {};   ///< of the slide, once it was opened
  std::string stamp = {};  ///< of its file then, "SIZE MODIFIED"; empty: it is more than a file
  std::string asked = {};  ///< what was asked for: another model, other options, another text
  std::string state =
      "running";  ///< or "done", "failed", "stopped"; "running" where its process was killed, too
  int attempts = 0;
  std::vector<Failure> failures = {};
  double seconds = 0;                                            ///< of the last attempt
  std::vector<std::pair<std::string, double>> stepSeconds = {};  ///< its parts, where they are known
  std::string begun = {}, ended = {};                            ///< of the last attempt
  std::string host = {}, version = {};
  int process = 0;
  std::vector<File> files = {};

  /// Of this slide, done as asked, and every file as long as it was.
  bool isWhole(const std::filesystem::path& results, const std::string& slideHash,
               const std::string& askedNow) const;
};

/// None where there is none, or what is there is none: then the slide begins anew.
std::optional<SlideRecord> readRecord(const std::filesystem::path& file);
Result<void> writeRecord(const std::filesystem::path& file, const SlideRecord& record);

nlohmann::json asJson(const SlideRecord& record);

}  // namespace geneglass
