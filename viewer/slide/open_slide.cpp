// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/open_slide.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <memory>
#include <system_error>
#include <tuple>
#include <utility>

#include "viewer/foundation/machine.h"
#include "viewer/slide/channels/channel_tiff.h"
#include "viewer/slide/channels/ndpi_fluorescence.h"
#include "viewer/slide/checked_source.h"
#include "viewer/slide/formats/czi/czi_source.h"
#include "viewer/slide/formats/dicom/dicom_series.h"
#include "viewer/slide/formats/dicom/dicom_source.h"
#include "viewer/slide/formats/direct_tiff_source.h"
#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/memory_watch.h"
#include "viewer/slide/formats/ndpi/ndpi_source.h"
#include "viewer/slide/formats/openslide_source.h"
#include "viewer/slide/formats/pictures/overview.h"
#include "viewer/slide/formats/pictures/picture_source.h"
#include "viewer/slide/formats/unread_format.h"
#include "viewer/slide/formats/zarr/zarr_source.h"
#include "viewer/slide/pixel_size.h"
#include "viewer/slide/slide_path.h"

namespace geneglass {
namespace {

/// The order is the priority: the first driver that takes a file reads it.
constexpr std::array<const Driver*, 8> kDrivers = {&kDicomDriver,     &kZarrDriver,        &kCziDriver,
                                                   &kNdpiDriver,      &kChannelTiffDriver, &kDirectTiffDriver,
                                                   &kOpenSlideDriver, &kPictureDriver};

constexpr size_t kMostLevels = 128;

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

bool isTakenAsFolder() {
  return std::any_of(kDrivers.begin(), kDrivers.end(),
                     [](const Driver* driver) { return driver->takesFolders; });
}

/// What is no pixel of a microscope's, or no number, is as good as nothing said.
void forgetAbsurd(std::optional<Mpp>& mpp) {
  const auto isAbsurd = [](double side) { return !(side >= kLeastMpp / 20 && side <= kMostMpp * 20); };
  if (mpp && (isAbsurd(mpp->x) || isAbsurd(mpp->y))) mpp.reset();
}

void settlePixelSize(Slide& slide, std::optional<double> userMpp, const TiffHead& tiff) {
  forgetAbsurd(slide.mpp);
  if (userMpp) {
    slide.mpp = Mpp{*userMpp, *userMpp};
    slide.mppOrigin = MppOrigin::User;
  } else if (slide.mpp) {
    slide.mppOrigin = slide.driver == kPictureDriverName ? MppOrigin::TiffResolution : MppOrigin::Vendor;
  } else if ((slide.mpp = tiff.resolution)) {
    slide.mppOrigin = MppOrigin::TiffResolution;
    forgetAbsurd(slide.mpp);
  }
}

/// Empty where they are, to 1 %: then a length is one number of pixels in every direction.
std::string pixelsNotSquare(const Slide& slide) {
  constexpr double kTolerance = 0.01;
  if (!slide.mpp || std::abs(slide.mpp->x / slide.mpp->y - 1) <= kTolerance) return {};
  return fmt::format(
      "its pixels are not square, {:.4g} um across and {:.4g} um down, and only square ones are drawn and "
      "measured; where that is wrong, --mpp gives their size",
      slide.mpp->x, slide.mpp->y);
}

}  // namespace

Result<void> checkSlideFile(const std::filesystem::path& file) {
  using std::filesystem::file_type;
  std::error_code problem;
  const file_type kind = std::filesystem::status(file, problem).type();
  if (kind == file_type::not_found) return cannotOpen(file, "there is no such file");
  if (kind == file_type::none) return cannotOpen(file, problem.message());
  if (kind == file_type::directory && !isTakenAsFolder()) return cannotOpen(file, "it is a folder");
  if (kind != file_type::regular && kind != file_type::directory) return cannotOpen(file, kindInWords(kind));
  if (access(file.c_str(), R_OK) != 0) return cannotOpen(file, std::generic_category().message(errno));
  return {};
}

/// More than the directories of any slide need: where there is room for it, a claim of the file's was
/// refused.
constexpr size_t kDirectoriesNeed = size_t{64} << 20;

enum class For : uint8_t { Use, Trial };

static Result<OpenedSlide> openByDriver(const std::filesystem::path& file, std::optional<double> userMpp,
                                        For purpose) {
  std::optional<FileStamp> stamp = stampOf(file);
  const Result<FileHead> head = readFileHead(file);
  if (!head) return tl::unexpected(head.error());
  if (!head->file) stamp.reset();  // what is written into a folder says nothing about its slide
  for (const Driver* driver : kDrivers) {
    if (!head->file && !driver->takesFolders) continue;
    if (purpose == For::Trial && driver == &kPictureDriver) continue;
    Result<std::optional<DriverOutcome>> outcome = driver->open(*head);
    if (!outcome) return tl::unexpected(outcome.error());
    if (!*outcome) continue;
    if (purpose == For::Use) *outcome = withOverview(*head, std::move(**outcome));
    Slide& slide = (*outcome)->slide;
    slide.file = file;
    if (slide.levels.size() > kMostLevels)
      return cannotOpen(file, fmt::format("it has {} levels, more than any pyramid", slide.levels.size()));
    settlePixelSize(slide, userMpp, head->tiff);
    if (std::string reason = pixelsNotSquare(slide); !reason.empty()) return cannotOpen(file, reason);
    markFluorescence(*head, **outcome);
    if (stamp && stampOf(file) != stamp) return cannotOpen(file, "it changed while it was opened");
    auto source = std::make_shared<const CheckedSource>(std::move((*outcome)->source), file, stamp);
    return OpenedSlide{std::make_shared<const Slide>(std::move(slide)), std::move(source), stamp};
  }
  return cannotOpen(file, unreadFormat(*head));
}

static Result<OpenedSlide> openFor(For purpose, const std::filesystem::path& place,
                                   std::optional<double> userMpp) {
  const std::filesystem::path file = withoutSlash(place);
  if (auto fine = checkSlideFile(file); !fine) return tl::unexpected(fine.error());
  if (userMpp && !(std::isfinite(*userMpp) && *userMpp > 0))
    return cannotOpen(file, fmt::format("a pixel cannot be {} micrometres wide", *userMpp));
  const auto attempt = [&] {
    const MemoryWatch memory;
    Result<OpenedSlide> opened = openByDriver(file, userMpp, purpose);
    return std::pair(std::move(opened), memory.wasRefused());
  };
  auto [opened, refused] = attempt();
  if (refused) std::tie(opened, refused) = attempt();  // what was short for a moment
  if (refused && !hasRoomFor(kDirectoriesNeed)) return cannotOpen(file, "there is not enough memory");
  return opened;
}

Result<OpenedSlide> openSlide(const std::filesystem::path& file, std::optional<double> userMpp) {
  return openFor(For::Use, file, userMpp);
}

Result<OpenedSlide> tryOutSlide(const std::filesystem::path& file, std::optional<double> userMpp) {
  return openFor(For::Trial, file, userMpp);
}

std::vector<std::string_view> slideNameEndings() {
  std::vector<std::string_view> endings;
  for (const Driver* driver : kDrivers)
    for (const std::string_view ending : driver->nameEndings)
      if (std::find(endings.begin(), endings.end(), ending) == endings.end()) endings.push_back(ending);
  return endings;
}

bool hasSlideName(const std::filesystem::path& file) {
  if (file.filename().string().starts_with("._")) return false;
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? char(letter - 'A' + 'a') : letter;
  });
  const std::vector<std::string_view> endings = slideNameEndings();
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

std::vector<std::filesystem::path> slidesAmong(std::vector<std::filesystem::path> files) {
  std::erase_if(files, [](const std::filesystem::path& file) { return !hasSlideName(file); });
  return withoutDicomSiblings(std::move(files));
}

}  // namespace geneglass
