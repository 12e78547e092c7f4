// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_files.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace geneglass::testing {

std::filesystem::path sourceFolder() {
  return GENEGLASS_SOURCE_FOLDER;
}

std::filesystem::path dataFolder() {
  const char* chosen = std::getenv("GENEGLASS_DATA");
  return chosen && *chosen ? std::filesystem::path(chosen) : sourceFolder().parent_path() / "shared" / "data";
}

std::filesystem::path dataFile(const std::filesystem::path& relative) {
  const std::filesystem::path file = dataFolder() / relative;
  return std::filesystem::exists(file) ? file : std::filesystem::path();
}

std::string bytesOfFile(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::filesystem::path outputFolder() {
  const std::filesystem::path folder = GENEGLASS_ACTUAL_FOLDER;
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace geneglass::testing
