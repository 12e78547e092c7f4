// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace geneglass::testing {

/// The project's root.
std::filesystem::path sourceFolder();

/// The real slides: GENEGLASS_DATA, else ../shared/data beside the project. May not exist: see dataFile.
std::filesystem::path dataFolder();

/// A file of the data folder, or an empty path where it is absent (then the test calls QSKIP and names it).
std::filesystem::path dataFile(const std::filesystem::path& relative);

/// All of a file; empty where it is not there.
std::string bytesOfFile(const std::filesystem::path& file);

/// A folder, made on demand, where a failing test leaves the actual picture and the difference.
std::filesystem::path outputFolder();

}  // namespace geneglass::testing

/// Skips the test aloud where a real file is absent: `GENEGLASS_NEED(slide,
/// "slides/CMU-1-Small-Region.svs");`
#define GENEGLASS_NEED(variable, relative)                                       \
  const std::filesystem::path variable = geneglass::testing::dataFile(relative); \
  if (variable.empty()) QSKIP("no " relative " in GENEGLASS_DATA (../shared/data)")
