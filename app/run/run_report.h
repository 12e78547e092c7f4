// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/run/slide_record.h"

namespace geneglass {

/// What a run did with each of its slides, for people and for programs.
struct RunReport {
  struct Row {
    SlideRecord record;
    std::string outcome;  ///< "made", "was there", "failed", "stopped", "not tried"
  };

  std::string command;    ///< "predict"
  std::string model;      ///< name, version and hash
  std::string manifest;   ///< its file; empty where there is none
  std::string part = {};  ///< "2/4"; empty: all
  std::string begun, ended = {};
  double seconds = 0;  ///< from begin to end; of several runs joined, of their slides together
  std::vector<Row> rows = {};

  size_t count(const std::string& outcome) const;
};

/// STEM.json and STEM.html. Errors name the file.
Result<void> writeRunReport(const std::filesystem::path& stem, const RunReport& report);

}  // namespace geneglass
