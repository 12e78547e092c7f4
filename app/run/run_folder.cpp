// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/exchange/slide_result.h"

namespace geneglass {

namespace fs = std::filesystem;

Result<std::vector<fs::path>> resultsIn(const fs::path& place) {
  if (place.string().ends_with(kResultEnding)) return std::vector<fs::path>{place};
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(place, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().filename().string().ends_with(kResultEnding)) files.push_back(entry->path());
  if (error) return fail(fmt::format("Cannot read the folder '{}': {}.", place.string(), error.message()));
  if (files.empty())
    return fail(fmt::format("There is no result, NAME{}, in '{}'.", kResultEnding, place.string()));
  std::ranges::sort(files);
  return files;
}

std::map<std::string, SlideRecord> recordsIn(const fs::path& folder) {
  std::map<std::string, SlideRecord> records;
  std::error_code error;
  for (fs::directory_iterator entry(folder / "run" / "predict", error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().extension() == ".json")
      if (const auto record = readRecord(entry->path())) records.emplace(record->name, *record);
  return records;
}

}  // namespace geneglass
