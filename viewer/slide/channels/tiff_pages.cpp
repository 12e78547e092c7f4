// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/tiff_pages.h"

#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "viewer/slide/formats/tiff/tiff_file.h"
#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {
namespace {

constexpr size_t kMostPages = 4096;
constexpr size_t kMostLevelsWithin = 64;
constexpr size_t kMostText = 64u << 20;  ///< bytes of all descriptions

/// A walk over the directories of one file.
struct PageWalk {
  TIFF* tiff;
  size_t room = kMostText;

  template <typename T>
  T number(uint32_t tag) const {
    T value = 0;
    TIFFGetFieldDefaulted(tiff, tag, &value);
    return value;
  }
  Size sides(uint32_t width, uint32_t height) const {
    return {number<uint32_t>(width), number<uint32_t>(height)};
  }
  template <typename T>
  std::vector<T> unknownTag(uint32_t tag);
  std::string text();
  void readSamples(TiffPage& page) const;
  std::optional<TiffPage> page();
  std::vector<uint64_t> positionsWithin() const;
};

/// libtiff keeps a tag that it does not know as its numbers and their count.
template <typename T>
std::vector<T> PageWalk::unknownTag(uint32_t tag) {
  const TIFFField* field = TIFFFindField(tiff, tag, TIFF_ANY);
  if (!field || !TIFFFieldPassCount(field) || TIFFFieldReadCount(field) != TIFF_VARIABLE2) return {};
  if (TIFFFieldDataType(field) != (sizeof(T) == 1 ? TIFF_BYTE : TIFF_LONG)) return {};
  uint32_t count = 0;
  const T* values = nullptr;
  if (!TIFFGetField(tiff, tag, &count, &values) || !values || count * sizeof(T) > room) return {};
  room -= count * sizeof(T);
  return {values, values + count};
}

std::string PageWalk::text() {
  const char* words = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_IMAGEDESCRIPTION, &words) || !words) return {};
  std::string description(words, strnlen(words, room + 1));
  if (description.size() > room) return {};
  room -= description.size();
  return description;
}

void PageWalk::readSamples(TiffPage& page) const {
  page.compression = number<uint16_t>(TIFFTAG_COMPRESSION);
  page.photometric = number<uint16_t>(TIFFTAG_PHOTOMETRIC);
  page.planes = number<uint16_t>(TIFFTAG_PLANARCONFIG);
  page.samples = number<uint16_t>(TIFFTAG_SAMPLESPERPIXEL);
  page.bits = number<uint16_t>(TIFFTAG_BITSPERSAMPLE);
  page.format = number<uint16_t>(TIFFTAG_SAMPLEFORMAT);
  page.orientation = number<uint16_t>(TIFFTAG_ORIENTATION);
  uint16_t extras = 0;
  const uint16_t* kinds = nullptr;
  if (TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &extras, &kinds) && kinds && extras > 0)
    page.hasAlpha =
        kinds[extras - 1] == EXTRASAMPLE_ASSOCALPHA || kinds[extras - 1] == EXTRASAMPLE_UNASSALPHA;
  double highest = 0;
  if (TIFFGetField(tiff, TIFFTAG_SMAXSAMPLEVALUE, &highest)) page.highest = highest;
  float density = 0;
  if (TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &density)) page.pixelsPerUnitX = density;
  if (TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &density)) page.pixelsPerUnitY = density;
  page.resolution = tiffResolution(tiff);
}

/// Nothing for volumes and for what has no pixels.
std::optional<TiffPage> PageWalk::page() {
  TiffPage page;
  page.position = TIFFCurrentDirOffset(tiff);
  page.size = sides(TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH);
  page.isTiled = TIFFIsTiled(tiff) != 0;
  if (page.isTiled)
    page.block = sides(TIFFTAG_TILEWIDTH, TIFFTAG_TILELENGTH);
  else
    page.block = {page.size.width,
                  std::min<int64_t>(number<uint32_t>(TIFFTAG_ROWSPERSTRIP), page.size.height)};
  page.isReduced = (number<uint32_t>(TIFFTAG_SUBFILETYPE) & FILETYPE_REDUCEDIMAGE) != 0;
  const bool hasPixels =
      page.size.width > 0 && page.size.height > 0 && page.block.width > 0 && page.block.height > 0;
  if (!hasPixels || number<uint32_t>(TIFFTAG_IMAGEDEPTH) > 1) return {};
  readSamples(page);
  page.description = text();
  page.imagejLengths = unknownTag<uint32_t>(50838);
  page.imagejData = unknownTag<uint8_t>(50839);
  return page;
}

std::vector<uint64_t> PageWalk::positionsWithin() const {
  uint16_t count = 0;
  const uint64_t* positions = nullptr;
  if (!TIFFGetField(tiff, TIFFTAG_SUBIFD, &count, &positions) || !positions) return {};
  std::vector<uint64_t> within(std::min<size_t>(count, kMostLevelsWithin));
  std::copy_n(positions, within.size(), within.begin());
  return within;
}

/// libtiff notes where the next directory is before it finds this one damaged, which becomes an empty page.
bool goToNextPage(TIFF* tiff, std::vector<TiffPage>& pages) {
  for (int attempt = 0; attempt < 8; ++attempt) {
    if (TIFFReadDirectory(tiff)) {
      pages.resize(pages.size() + static_cast<size_t>(attempt));
      return true;
    }
    if (TIFFLastDirectory(tiff)) return false;
  }
  return false;
}

}  // namespace

std::vector<TiffPage> readTiffPages(const FileHead& head,
                                    const std::function<bool(const TiffPage&)>& wanted) {
  const TiffFile tiff = openTiff(head.path);
  std::vector<TiffPage> pages;
  if (!tiff) return pages;
  PageWalk walk{tiff.get()};
  std::vector<std::pair<size_t, std::vector<uint64_t>>> within;
  do {
    std::optional<TiffPage> page = walk.page();
    if (pages.empty() && (!page || !wanted(*page))) return pages;
    if (!page) page.emplace();
    if (std::vector<uint64_t> positions = walk.positionsWithin(); !positions.empty())
      within.emplace_back(pages.size(), std::move(positions));
    pages.push_back(std::move(*page));
  } while (pages.size() < kMostPages && goToNextPage(tiff.get(), pages));
  for (const auto& [parent, positions] : within)
    for (const uint64_t position : positions) {
      if (pages.size() >= kMostPages) return pages;
      if (!TIFFSetSubDirectory(tiff.get(), position)) continue;
      std::optional<TiffPage> page = walk.page();
      if (!page) continue;
      page->isWithin = true;
      pages[parent].within.push_back(pages.size());
      pages.push_back(std::move(*page));
    }
  return pages;
}

}  // namespace geneglass
