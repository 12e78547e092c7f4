// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace geneglass {
namespace {

namespace fs = std::filesystem;

using FileNames = std::vector<std::string>;

/// In the order of preference; each also packed.
const FileNames kCounts{"counts.tsv", "filtered_feature_bc_matrix.h5", "matrix.mtx", ".h5ad",
                        "raw_feature_bc_matrix.h5"};
const FileNames kPlaces{"spots.tsv", "tissue_positions.csv", "tissue_positions_list.csv",
                        "tissue_positions.parquet"};

/// A file of one of the names, and what stands before it there.
struct Named {
  fs::path file;
  std::string prefix;
};

std::optional<std::string> prefixOf(const std::string& file, const std::string& name) {
  for (const std::string& ending : {name + ".gz", name}) {
    if (!file.ends_with(ending)) continue;
    const std::string prefix = file.substr(0, file.size() - ending.size());
    if (prefix.empty() || ending.front() == '.' || prefix.ends_with('_') || prefix.ends_with('-') ||
        prefix.ends_with('.'))
      return prefix;
  }
  return {};
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error))
    if (!at->path().filename().string().starts_with('.')) entries.push_back(at->path());
  std::ranges::sort(entries);
  return entries;
}

/// The files of the first of the names of which there are any, packed ones before plain.
std::vector<Named> filesNamed(const fs::path& folder, const FileNames& names) {
  std::error_code error;
  for (const std::string& name : names) {
    std::vector<Named> files;
    for (const fs::path& file : entriesOf(folder)) {
      const auto prefix = prefixOf(file.filename().string(), name);
      if (!prefix || !fs::is_regular_file(file, error)) continue;
      const bool packedToo = !files.empty() && files.back().prefix == *prefix;
      if (packedToo)
        files.back().file = file;
      else
        files.push_back({file, *prefix});
    }
    if (!files.empty()) return files;
  }
  return {};
}

/// The folder and those within it that may hold its counts.
std::vector<fs::path> foldersOfCounts(const fs::path& folder) {
  std::vector<fs::path> folders{folder}, last;
  std::error_code error;
  for (const fs::path& outs : {folder, folder / "outs"}) {
    if (outs != folder) folders.push_back(outs);
    for (const fs::path& entry : entriesOf(outs))
      if (fs::is_directory(entry, error)) {
        const std::string name = entry.filename().string();
        if (name.ends_with("filtered_feature_bc_matrix")) folders.push_back(entry);
        if (name.ends_with("filtered_gene_bc_matrices"))
          for (const fs::path& genome : entriesOf(entry)) folders.push_back(genome);
        if (name.ends_with("raw_feature_bc_matrix")) last.push_back(entry);
      }
  }
  folders.insert(folders.end(), last.begin(), last.end());
  return folders;
}

/// The folder and, where it is one of a matrix within Space Ranger's, those above.
std::vector<fs::path> foldersOfPlaces(const fs::path& folder) {
  fs::path at = fs::absolute(folder).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();
  std::vector<fs::path> folders{folder, folder / "spatial"};
  if (at.parent_path().filename().string().ends_with("gene_bc_matrices")) at = at.parent_path();
  const std::string name = at.filename().string();
  if (name.ends_with("feature_bc_matrix") || name.ends_with("gene_bc_matrices"))
    for (const fs::path& in : {at.parent_path(), at.parent_path() / "spatial"}) folders.push_back(in);
  return folders;
}

std::string listOf(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& entry : entriesOf(folder)) names.push_back(entry.filename().string());
  constexpr size_t kShown = 4;
  if (names.empty()) return "it is empty";
  const size_t more = names.size() - std::min(names.size(), kShown);
  names.resize(names.size() - more);
  return fmt::format("it holds {}{}", fmt::join(names, ", "),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

Result<Named> oneOf(const std::vector<Named>& files, const fs::path& folder) {
  if (files.size() == 1) return files.front();
  std::vector<std::string> names;
  for (const Named& one : files) names.push_back(one.file.filename().string());
  return fail(fmt::format("Cannot read the spots in '{}': {} are there; say which by naming the file.",
                          folder.string(), fmt::join(names, ", ")));
}

Result<Named> countsOf(const fs::path& asked) {
  std::error_code error;
  if (!fs::is_directory(asked, error)) {
    for (const std::string& name : kCounts)
      if (const auto prefix = prefixOf(asked.filename().string(), name)) return Named{asked, *prefix};
    return Named{asked, ""};
  }
  for (const fs::path& folder : foldersOfCounts(asked))
    if (const auto files = filesNamed(folder, kCounts); !files.empty()) return oneOf(files, folder);
  return fail(fmt::format(
      "Cannot read the spots in '{}': {}; wanted are counts.tsv, filtered_feature_bc_matrix.h5, the folder "
      "with matrix.mtx, or a .h5ad.",
      asked.string(), listOf(asked)));
}

/// In the first of the folders that has any; of several those of the sample.
Result<fs::path> placesIn(const std::vector<fs::path>& folders, const std::string& prefix) {
  for (const fs::path& folder : folders) {
    const std::vector<Named> files = filesNamed(folder, kPlaces);
    if (files.empty()) continue;
    const auto same = std::ranges::find(files, prefix, &Named::prefix);
    if (same != files.end()) return same->file;
    const Result<Named> one = oneOf(files, folder);
    return one ? Result<fs::path>(one->file) : tl::unexpected(one.error());
  }
  return fs::path();
}

}  // namespace

Result<SpotFiles> findSpotFiles(const fs::path& counts, const fs::path& places) {
  std::error_code error;
  if (!fs::exists(counts, error))
    return fail(
        fmt::format("Cannot read the spots in '{}': there is no such file or folder.", counts.string()));
  const Result<Named> found = countsOf(counts);
  if (!found) return tl::unexpected(found.error());
  if (!places.empty() && !fs::is_directory(places, error)) return SpotFiles{found->file, places};
  if (places.empty() && found->file.extension() == ".h5ad") return SpotFiles{found->file, {}};
  const fs::path from = places.empty() ? found->file.parent_path() : places;
  Result<fs::path> where = placesIn(
      places.empty() ? foldersOfPlaces(from) : std::vector<fs::path>{from, from / "spatial"}, found->prefix);
  if (!where) return tl::unexpected(where.error());
  if (where->empty())
    return fail(fmt::format(
        "Cannot read the spots of '{}': there is neither spots.tsv nor tissue_positions.csv in '{}' or its "
        "'spatial'.",
        found->file.string(), from.string()));
  return SpotFiles{found->file, *where};
}

}  // namespace geneglass
