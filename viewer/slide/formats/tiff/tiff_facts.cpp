// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_facts.h"

#include <tiff.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "viewer/slide/colour_profile.h"
#include "viewer/slide/formats/tiff/tiff_decoding.h"

namespace geneglass {
namespace {

constexpr std::string_view kAperio = "aperio";
constexpr std::string_view kGenericTiff = "generic-tiff";
constexpr std::string_view kOmeTiff = "ome-tiff";

/// What OpenSlide would have called it; empty where it may be another maker's.
std::string_view vendorOf(const TiffDirectory& first, const std::string& openSlides) {
  if (openSlides == kOmeTiff) return kOmeTiff;
  if (openSlides == kAperio || first.description.starts_with("Aperio")) return kAperio;
  if (openSlides == kGenericTiff) return kGenericTiff;
  const bool plain = openSlides.empty() && first.software.find("MedScan") == std::string::npos &&
                     first.description.find('<') == std::string::npos && !first.hasXmp;
  return plain ? kGenericTiff : std::string_view();
}

/// libtiff turns these into colours; of others OpenSlide's verdict stays.
bool hasUsualColours(const TiffDirectory& directory) {
  return directory.photometric <= PHOTOMETRIC_PALETTE || directory.photometric == PHOTOMETRIC_YCBCR;
}

bool isAlone(const std::vector<TiffDirectory>& directories, const TiffDirectory& directory) {
  return std::count_if(directories.begin(), directories.end(), [&](const TiffDirectory& other) {
           return other.size == directory.size && other.tile == directory.tile;
         }) == 1;
}

/// A smaller picture of the same sides, to a pixel or two.
bool isReduced(Size size, Size finest, double downsample) {
  const auto fits = [downsample](int64_t side, int64_t whole) {
    return std::abs(static_cast<double>(side) * downsample - static_cast<double>(whole)) <= 2 * downsample;
  };
  return fits(size.width, finest.width) && fits(size.height, finest.height);
}

std::vector<Level> levelsOf(const std::vector<TiffDirectory>& directories, const std::string& vendor) {
  const Size finest = directories.front().size;
  std::vector<Level> levels;
  for (const TiffDirectory& directory : directories) {
    const Level level = levelOf(directory, finest);
    const bool meant = levels.empty() || vendor == kAperio || vendor == kOmeTiff || directory.isReduced;
    const bool sane = levels.empty() || (level.size.width < levels.back().size.width &&
                                         isReduced(level.size, finest, level.downsample));
    if (meant && sane && decodingOf(directory, vendor) && hasUsualColours(directory) &&
        isAlone(directories, directory))
      levels.push_back(level);
    else if (levels.empty())
      return levels;
  }
  return levels;
}

bool holdsATile(const TiffDirectory& directory, uint64_t bytes) {
  const auto there = std::count_if(directory.tileByteCounts.begin(), directory.tileByteCounts.end(),
                                   [](uint64_t count) { return count > 0; });
  return there > tilesBeyond(directory, bytes);
}

}  // namespace

Level levelOf(const TiffDirectory& directory, Size finest) {
  const auto ratio = [](int64_t whole, int64_t side) {
    return static_cast<double>(whole) / static_cast<double>(side);
  };
  const Size size = directory.size;
  return {size, (ratio(finest.width, size.width) + ratio(finest.height, size.height)) / 2, directory.tile};
}

std::optional<double> aperioNumber(std::string_view description, std::string_view name) {
  for (size_t at = description.find('|'); at != std::string_view::npos; at = description.find('|', at + 1)) {
    const std::string_view field = description.substr(at + 1, description.find('|', at + 1) - at - 1);
    const size_t equals = field.find('=');
    if (equals == std::string_view::npos ||
        field.substr(0, field.find_last_not_of(' ', equals - 1) + 1) != name)
      continue;
    const size_t start = std::min(field.size(), field.find_first_not_of(' ', equals + 1));
    double number = 0;
    const auto [end, problem] = std::from_chars(field.data() + start, field.data() + field.size(), number);
    if (problem == std::errc() && std::isfinite(number) && number > 0) return number;
  }
  return {};
}

int64_t tilesBeyond(const TiffDirectory& directory, uint64_t bytes) {
  int64_t lost = 0;
  for (size_t i = 0; i < directory.tileOffsets.size(); ++i) {
    const uint64_t count = directory.tileByteCounts[i];
    lost += count > 0 && (directory.tileOffsets[i] > bytes || count > bytes - directory.tileOffsets[i]);
  }
  return lost;
}

void addColours(Slide& slide, const TiffHead& head) {
  EmbeddedProfile profile = embeddedProfile(head.colourProfile(slide.size()));
  slide.colourProfile = std::move(profile.bytes);
  slide.colourProfileName = std::move(profile.name);
  slide.colourProfileRefusal = std::move(profile.refusal);
}

std::optional<Slide> factsOfDirectories(const std::vector<TiffDirectory>& directories,
                                        const std::string& vendor, uint64_t bytes) {
  if (directories.empty() || directories.front().index != 0) return {};
  const TiffDirectory& first = directories.front();
  Slide slide;
  slide.vendor = vendorOf(first, vendor);
  if (slide.vendor.empty() || !holdsATile(first, bytes)) return {};
  slide.levels = levelsOf(directories, slide.vendor);
  if (slide.levels.empty()) return {};
  if (slide.vendor == kAperio) {
    if (const auto mpp = aperioNumber(first.description, "MPP")) slide.mpp = Mpp{*mpp, *mpp};
    slide.objectivePower = aperioNumber(first.description, "AppMag");
  }
  const Size size = slide.size();
  slide.bounds = {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
  return slide;
}

}  // namespace geneglass
