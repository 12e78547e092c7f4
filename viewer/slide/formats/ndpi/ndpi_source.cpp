// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/ndpi/ndpi_source.h"

#include <tiff.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/direct_source.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"

namespace geneglass {
namespace {

constexpr const char* kMacro = "macro";

/// The pictures beside the pyramid.
class NdpiPictures final : public TileSource {
 public:
  NdpiPictures(const FileHead& head, const NdpiDirectory& macro)
      : m_file(head.path), m_size(macro.size), m_macro(ndpiReader(head.file, macro)) {}

  bool any() const { return m_macro != nullptr; }

  Result<TilePtr> read(TileKey) const override { return fail("there is no such tile"); }

  Result<Image> readAssociatedImage(const std::string& name) const override {
    const auto cannot = [&](const std::string& reason) {
      return fail(fmt::format("Cannot read the image '{}' of '{}': {}.", name, m_file.string(), reason));
    };
    if (name != kMacro || !m_macro) return cannot("there is no such image");
    Image image = Image::unset(static_cast<int>(m_size.width), static_cast<int>(m_size.height));
    const std::string reason = m_macro->decode(0, 0, 1, image);
    if (!reason.empty()) return cannot(reason);
    return image;
  }

 private:
  const std::filesystem::path m_file;
  const Size m_size;
  const std::shared_ptr<const RestartJpegReader> m_macro;
};

/// Of one plane of focus, the finest first.
std::vector<NdpiDirectory> pyramidOf(std::vector<NdpiDirectory> directories) {
  std::erase_if(directories, [](const NdpiDirectory& directory) { return !directory.isLevel(); });
  if (directories.empty()) return directories;
  const auto fromFocus = [](const NdpiDirectory& directory) {
    return std::abs(static_cast<int64_t>(directory.focalPlane));
  };
  const int32_t plane =
      std::min_element(directories.begin(), directories.end(), [&](const auto& a, const auto& b) {
        return fromFocus(a) < fromFocus(b);
      })->focalPlane;
  std::erase_if(directories, [plane](const auto& directory) { return directory.focalPlane != plane; });
  std::stable_sort(directories.begin(), directories.end(),
                   [](const auto& a, const auto& b) { return a.size.width > b.size.width; });
  return directories;
}

/// Each level smaller than the one before, in the same shape.
bool isPyramid(const std::vector<NdpiDirectory>& levels) {
  for (size_t i = 1; i < levels.size(); ++i) {
    const Size size = levels[i].size;
    if (size.width >= levels[i - 1].size.width || size.width <= 0 || size.height <= 0) return false;
    const double across = static_cast<double>(levels[0].size.width) / static_cast<double>(size.width);
    const double down = static_cast<double>(levels[0].size.height) / static_cast<double>(size.height);
    if (std::abs(across / down - 1) > 0.02) return false;
  }
  return !levels.empty();
}

Slide factsOf(const std::vector<NdpiDirectory>& pyramid) {
  Slide slide;
  slide.driver = "ndpi";
  slide.vendor = "hamamatsu";
  const NdpiDirectory& finest = pyramid.front();
  slide.mpp = finest.mpp;
  slide.objectivePower = finest.lens;
  slide.bounds = {0, 0, static_cast<double>(finest.size.width), static_cast<double>(finest.size.height)};
  if (finest.focalPlane != 0)
    slide.note = fmt::format("The plane of focus at {:.1f} um is shown.", finest.focalPlane / 1000.0);
  return slide;
}

/// Nothing where one of them is not decoded here.
std::optional<std::vector<DirectLevel>> levelsOf(const FileHead& head,
                                                 const std::vector<NdpiDirectory>& pyramid) {
  std::vector<Level> levels;
  std::vector<std::shared_ptr<const LevelReader>> readers;
  const Size finest = pyramid.front().size;
  for (const NdpiDirectory& directory : pyramid) {
    std::shared_ptr<const RestartJpegReader> reader = ndpiReader(head.file, directory);
    if (!reader) return {};
    const double across = static_cast<double>(finest.width) / static_cast<double>(directory.size.width);
    const double down = static_cast<double>(finest.height) / static_cast<double>(directory.size.height);
    levels.push_back({.size = directory.size, .downsample = (across + down) / 2, .tile = reader->tile()});
    readers.push_back(std::move(reader));
  }
  return directLevels(levels, readers);
}

constexpr std::array<std::string_view, 1> kNdpiEndings{".ndpi"};

}  // namespace

const Driver kNdpiDriver{.nameEndings = kNdpiEndings, .open = openNdpi};

std::shared_ptr<const RestartJpegReader> ndpiReader(const std::shared_ptr<const PositionedFile>& file,
                                                    NdpiDirectory directory) {
  if (directory.compression != COMPRESSION_JPEG) return nullptr;
  const JpegColour colour = directory.photometric == PHOTOMETRIC_RGB ? JpegColour::Rgb : JpegColour::YCbCr;
  return RestartJpegReader::of(
      file, {directory.offset, directory.bytes, directory.size, colour, std::move(directory.starts)});
}

Result<std::optional<DriverOutcome>> openNdpi(const FileHead& head) {
  if (!head.file) return std::nullopt;
  std::vector<NdpiDirectory> directories = readNdpiDirectories(*head.file);
  // OpenSlide 3.4.1 takes sizes and places on trust: it would end the program.
  for (const NdpiDirectory& directory : directories)
    if (directory.size.width <= 0 || directory.size.height <= 0)
      return cannotOpen(head.path, "a picture of it has no pixels: the file is damaged");
  if (!std::all_of(directories.begin(), directories.end(), [](const NdpiDirectory& directory) {
        return areInOrder(directory.starts, directory.bytes);
      }))
    return cannotOpen(head.path, "the places of its restart markers make no sense: the file is damaged");
  const std::vector<NdpiDirectory> pyramid = pyramidOf(directories);
  if (!isPyramid(pyramid)) return std::nullopt;
  std::optional<std::vector<DirectLevel>> levels = levelsOf(head, pyramid);
  if (!levels) return std::nullopt;
  Slide slide = factsOf(pyramid);
  for (const DirectLevel& level : *levels) slide.levels.push_back(level.origin.level);
  Result<std::string> hash = contentHash(*head.file, head.path);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  addColours(slide, head.tiff);
  DirectRest rest;
  for (const NdpiDirectory& directory : directories) {
    if (directory.lens != -1 || rest.source) continue;
    auto pictures = std::make_shared<const NdpiPictures>(head, directory);
    if (!pictures->any()) continue;
    slide.associatedImages = {{kMacro, directory.size, true}};
    rest.source = std::move(pictures);
  }
  return DriverOutcome{std::move(slide), directSource(head.path, std::move(*levels), std::move(rest))};
}

}  // namespace geneglass
