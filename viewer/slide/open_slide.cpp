// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/open_slide.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <system_error>
#include <utility>

#include "viewer/slide/colour_profile.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/direct_tiff_source.h"
#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/formats/tiff_directories.h"
#include "viewer/slide/formats/tiff_resolution.h"

namespace geneglass {
namespace {

struct Driver {
  const char* name;
  OpenWithDriver open;
};

/// The order is the priority: the first driver that takes a file reads it.
constexpr std::array drivers = {
    Driver{"direct-tiff", openDirectTiff},
    Driver{"openslide", openWithOpenSlide},
};

/// Why a place that is neither a file nor a folder is not opened: reading a pipe may wait for ever.
std::string_view kindInWords(std::filesystem::file_type kind) {
  switch (kind) {
    case std::filesystem::file_type::fifo:
      return "it is a pipe, not a file";
    case std::filesystem::file_type::socket:
      return "it is a socket, not a file";
    case std::filesystem::file_type::block:
    case std::filesystem::file_type::character:
      return "it is a device, not a file";
    default:
      return "it is no file";
  }
}

void settlePixelSize(Slide& slide, std::optional<double> userMpp) {
  if (userMpp) {
    slide.mpp = Mpp{*userMpp, *userMpp};
    slide.mppOrigin = MppOrigin::User;
  } else if (slide.mpp) {
    slide.mppOrigin = MppOrigin::Vendor;
  } else if ((slide.mpp = readTiffResolution(slide.file))) {
    slide.mppOrigin = MppOrigin::TiffResolution;
  }
}

void settleColours(Slide& slide) {
  EmbeddedProfile profile = readColourProfile(slide.file, slide.size());
  slide.colourProfile = std::move(profile.bytes);
  slide.colourProfileName = std::move(profile.name);
  slide.colourProfileRefusal = std::move(profile.refusal);
}

Result<OpenedSlide> complete(DriverOutcome outcome, const char* driver, const std::filesystem::path& file,
                             std::optional<double> userMpp) {
  Slide& slide = outcome.slide;
  slide.file = file;
  slide.driver = driver;
  settlePixelSize(slide, userMpp);
  settleColours(slide);
  Result<std::string> hash = contentHash(file);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  return OpenedSlide{std::make_shared<const Slide>(std::move(slide)), std::move(outcome.source)};
}

}  // namespace

Result<void> checkSlideFile(const std::filesystem::path& file) {
  using std::filesystem::file_type;
  std::error_code problem;
  const file_type kind = std::filesystem::status(file, problem).type();
  if (kind == file_type::not_found) return cannotOpen(file, "there is no such file");
  if (kind == file_type::none) return cannotOpen(file, problem.message());
  if (kind == file_type::directory) return cannotOpen(file, "it is a folder");
  if (kind != file_type::regular) return cannotOpen(file, kindInWords(kind));
  if (access(file.c_str(), R_OK) != 0) return cannotOpen(file, std::generic_category().message(errno));
  return {};
}

Result<OpenedSlide> openSlide(const std::filesystem::path& file, std::optional<double> userMpp) {
  if (auto fine = checkSlideFile(file); !fine) return tl::unexpected(fine.error());
  if (userMpp && !(std::isfinite(*userMpp) && *userMpp > 0))
    return cannotOpen(file, fmt::format("a pixel cannot be {} micrometres wide", *userMpp));
  for (const Driver& driver : drivers) {
    Result<std::optional<DriverOutcome>> outcome = driver.open(file);
    if (!outcome) return tl::unexpected(outcome.error());
    if (*outcome) return complete(std::move(**outcome), driver.name, file, userMpp);
  }
  if (isTiffCutShort(file))
    return cannotOpen(file, "it is cut short: the table of what it holds lies beyond its end");
  return cannotOpen(file, "no reader knows this format");
}

}  // namespace geneglass
