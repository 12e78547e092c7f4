// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_placement.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

namespace geneglass {
namespace {

constexpr uint32_t kPlanePosition = 0x0048021a;
constexpr uint32_t kColumnPosition = 0x0048021e;
constexpr uint32_t kRowPosition = 0x0048021f;
constexpr uint32_t kOpticalPathOfFrame = 0x00480207;
constexpr uint32_t kOpticalPathName = 0x00480106;
constexpr uint32_t kMeasures = 0x00289110;
constexpr uint32_t kSpacing = 0x00280030;

/// What one frame says; positions count from 1.
struct FrameWords {
  std::optional<int64_t> column;
  std::optional<int64_t> row;
  std::string opticalPath;
  std::string spacing;
};

/// The elements of the first item of a sequence within an item.
void walkFirstItem(DicomElements& elements, const DicomElement& sequence, const DicomElements::Visit& visit) {
  elements.walkItems(sequence, [&](uint64_t from, uint64_t end) {
    elements.walk(from, end, visit);
    return false;
  });
}

std::optional<int64_t> positionOf(DicomElements& elements, const DicomElement& element) {
  const std::optional<uint64_t> number = elements.number(element.value, 4);
  if (!number || element.length() != 4) return {};
  return static_cast<int32_t>(static_cast<uint32_t>(*number));
}

bool readFrame(DicomElements& elements, uint64_t from, uint64_t end, FrameWords& words) {
  const auto readInner = [&](const DicomElement& inner) {
    if (inner.tag == kColumnPosition) words.column = positionOf(elements, inner);
    if (inner.tag == kRowPosition) words.row = positionOf(elements, inner);
    if (inner.tag == kOpticalPathName) words.opticalPath = elements.text(inner);
    if (inner.tag == kSpacing) words.spacing = elements.text(inner);
    return true;
  };
  return elements.walk(from, end, [&](const DicomElement& element) {
    if (element.tag == kPlanePosition || element.tag == kOpticalPathOfFrame || element.tag == kMeasures)
      walkFirstItem(elements, element, readInner);
    return true;
  });
}

/// "0.0005\0.0005" in millimetres: of rows, of columns.
std::optional<Mpp> spacingOfText(const std::string& text) {
  const size_t bar = text.find('\\');
  if (bar == std::string::npos) return {};
  double rows = 0, columns = 0;
  const bool read =
      std::from_chars(text.data(), text.data() + bar, rows).ec == std::errc() &&
      std::from_chars(text.data() + bar + 1, text.data() + text.size(), columns).ec == std::errc();
  if (!read || !std::isfinite(rows) || !std::isfinite(columns) || rows <= 0 || columns <= 0) return {};
  return Mpp{columns * 1000, rows * 1000};
}

/// Empty, or why the frame cannot be shown.
std::string addPlace(const DicomInstance& instance, const FrameWords& words, DicomFramePlace place,
                     DicomPlacement& placement) {
  const int64_t left = *words.column - 1, top = *words.row - 1;
  const auto& [size, tile] = std::pair(instance.size, instance.tile);
  if (left < 0 || top < 0 || left >= size.width || top >= size.height)
    return fmt::format("frame {} lies outside the image, at column {} and row {}", place.frame + 1,
                       *words.column, *words.row);
  if (left % tile.width != 0 || top % tile.height != 0)
    return fmt::format("frame {} lies off the grid of tiles, at column {} and row {}", place.frame + 1,
                       *words.column, *words.row);
  place.tile = top / tile.height * ((size.width - 1) / tile.width + 1) + left / tile.width;
  placement.places.push_back(place);
  return {};
}

}  // namespace

Result<DicomPlacement> dicomPlacement(const DicomInstance& instance, int32_t part, std::string& opticalPath) {
  DicomPlacement placement;
  if (!instance.outline.perFrame) {
    placement.silent = instance.frames;
    return placement;
  }
  DicomElements elements(*instance.file);
  elements.setImplicit(instance.outline.isImplicit);
  std::string reason;
  int32_t frame = 0;
  const bool whole = elements.walkItems(*instance.outline.perFrame, [&](uint64_t from, uint64_t end) {
    FrameWords words;
    if (!readFrame(elements, from, end, words)) reason = "what it says of its frames is damaged";
    if (frame == 0) placement.spacing = spacingOfText(words.spacing);
    if (opticalPath.empty()) opticalPath = words.opticalPath;
    if (!words.column || !words.row)
      ++placement.silent;
    else if (words.opticalPath != opticalPath)
      placement.hasOtherPaths = true;
    else if (reason.empty())
      reason = addPlace(instance, words, {0, part, frame}, placement);
    return reason.empty() && ++frame < instance.frames;
  });
  if (reason.empty() && !whole) reason = "what it says of its frames is damaged";
  if (!reason.empty()) return fail(std::move(reason));
  return placement;
}

}  // namespace geneglass
