// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "inference/synthetic/synthetic_cohort.h"
#include "tests/inference/made_model.h"

namespace geneglass::testing {
namespace {

std::string joined(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

void CommandFolder::paint(const std::string& name, int slides, int side) const {
  const auto painted = writeSyntheticCohort(path(name), {.slides = slides, .size = {side, side}});
  if (!painted) qFatal("%s", painted.error().sentence.c_str());
}

Words CommandFolder::slides(const std::string& name, int count) const {
  Words words;
  for (int number = 1; number <= count; ++number) words.push_back(slide(name, number));
  return words;
}

std::string CommandFolder::model(int tile) const {
  const std::string folder = path("model-" + std::to_string(tile));
  if (std::filesystem::exists(folder)) return folder;
  const Result<ModelPackage> written = writeRandomPackage(folder, tile);
  if (!written) qFatal("%s", written.error().sentence.c_str());
  return folder;
}

void CommandFolder::writeSpots(const std::string& counts, const std::string& places) const {
  std::ostringstream count, place;
  count << "\tVIM\tTP53\tMUC2\n";
  place << "x\ty\tpixel_x\tpixel_y\n";
  for (int y = 1; y <= 8; ++y)
    for (int x = 1; x <= 8; ++x) {
      count << x << "x" << y << "\t" << x << "\t" << y << "\t7\n";
      place << x << "\t" << y << "\t" << 200 * x << "\t" << 200 * y << "\n";
    }
  write(counts, count.str());
  write(places, place.str());
}

std::string CommandFolder::write(const std::string& name, const std::string& text) const {
  std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
  std::ofstream(path(name)) << text;
  return path(name);
}

nlohmann::json jsonOf(const std::string& text) {
  return nlohmann::json::parse(text, nullptr, false);
}

nlohmann::json jsonOfFile(const std::string& file) {
  return jsonOf(bytesOfFile(file));
}

std::string keysOf(const nlohmann::json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return joined(std::move(keys));
}

std::string filesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  return joined(std::move(names));
}

}  // namespace geneglass::testing
