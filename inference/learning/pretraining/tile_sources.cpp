// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/tile_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "inference/synthetic/truth_file.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {
namespace {

bool isSyntheticSlide(const std::filesystem::path& file) {
  return file.extension() == ".tif" && std::filesystem::exists(truthFileOf(file));
}

std::vector<std::filesystem::path> filesOf(const std::filesystem::path& folder,
                                           bool (*wanted)(const std::filesystem::path&)) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.is_regular_file() && wanted(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<std::vector<TileFile>> listTileFiles(std::span<const std::filesystem::path> sources) {
  std::vector<TileFile> all;
  for (const std::filesystem::path& source : sources) {
    std::vector<std::filesystem::path> files{source};
    if (std::filesystem::is_directory(source)) {
      // Pictures beside slides are their thumbnails.
      files =
          slidesAmong(filesOf(source, [](const std::filesystem::path& file) { return !isPlainImage(file); }));
      if (files.empty()) files = filesOf(source, isPlainImage);
    }
    if (files.empty())
      return fail(
          fmt::format("Cannot learn from '{}': it holds neither slides nor pictures.", source.string()));
    for (const std::filesystem::path& file : files) all.push_back({file, isPlainImage(file)});
  }
  return all;
}

Result<std::vector<std::filesystem::path>> listSyntheticSlides(
    std::span<const std::filesystem::path> folders) {
  std::vector<std::filesystem::path> slides;
  for (const std::filesystem::path& folder : folders) {
    const std::vector<std::filesystem::path> found = filesOf(folder, isSyntheticSlide);
    if (found.empty())
      return fail(
          fmt::format("Cannot learn from '{}': it holds no slide with its NAME.truth.h5, as "
                      "'geneglass-cli synth' makes them.",
                      folder.string()));
    slides.insert(slides.end(), found.begin(), found.end());
  }
  std::sort(slides.begin(), slides.end());
  return slides;
}

bool isPlainImage(const std::filesystem::path& file) {
  const std::string kind = file.extension().string();
  return kind == ".png" || kind == ".jpg" || kind == ".jpeg";
}

}  // namespace geneglass
