// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_outline.h"

#include <algorithm>
#include <array>
#include <utility>

namespace geneglass {
namespace {

constexpr uint64_t kMark = 128;
constexpr uint32_t kMediaClass = 0x00020002;  ///< the same as the object's, which a DICOMDIR has none of
constexpr uint32_t kTransferSyntax = 0x00020010;
constexpr uint32_t kObjectClass = 0x00080016;
constexpr uint32_t kSeries = 0x0020000e;
constexpr uint32_t kPerFrame = 0x52009230;
constexpr uint32_t kExtendedOffsets = 0x7fe00001;

/// Bytes of attributes taken into memory: a colour profile is the largest, refused from 16 MiB on.
constexpr uint64_t kMostBytes = 24u << 20;

/// Attributes are taken apart by recursion, one item within another: no more items than its stack has room
/// for.
constexpr size_t kMostItems = 1000;

/// What dicom_instance.cpp and dicom_properties.cpp read; in ascending order.
constexpr std::array<uint32_t, 45> kWanted{
    0x00080005, 0x00080008, 0x00080016, 0x00080018, 0x00080019, 0x00080020, 0x00080023, 0x0008002a,
    0x00080050, 0x00080070, 0x00080080, 0x00081030, 0x00081090, 0x00100010, 0x00100020, 0x00100030,
    0x0020000d, 0x0020000e, 0x00200010, 0x00200011, 0x00200013, 0x00209161, 0x00209162, 0x00209163,
    0x00209228, 0x00209311, 0x00280002, 0x00280004, 0x00280006, 0x00280008, 0x00280010, 0x00280011,
    0x00280100, 0x00280101, 0x00282000, 0x00400512, 0x00480001, 0x00480002, 0x00480006, 0x00480007,
    0x00480105, 0x00480302, 0x00480303, 0x22000005, 0x52009229};
static_assert(std::ranges::is_sorted(kWanted));

/// Its header and its value, as they lie in the file.
std::string append(const PositionedFile& file, const DicomElement& element, std::vector<uint8_t>& bytes) {
  const uint64_t length = element.end - element.at;
  if (length > kMostBytes || bytes.size() + length > kMostBytes)
    return "its attributes are longer than any writer's";
  const size_t before = bytes.size();
  bytes.resize(before + length);
  return file.read(element.at, std::span(bytes).subspan(before));
}

size_t itemMarks(const std::vector<uint8_t>& bytes) {
  constexpr std::array<uint8_t, 4> kItem{0xfe, 0xff, 0x00, 0xe0};
  size_t count = 0;
  for (auto at = bytes.begin();; ++at, ++count) {
    at = std::search(at, bytes.end(), kItem.begin(), kItem.end());
    if (at == bytes.end()) return count;
  }
}

/// Empty, or why the rest of the file is not read.
std::string unreadSyntax(const std::string& syntax) {
  if (syntax == "1.2.840.10008.1.2.2") return "it is big-endian, which DICOM has given up";
  if (syntax == "1.2.840.10008.1.2.1.99")
    return "all of it is deflated, so that no frame of it can be read alone";
  return {};
}

}  // namespace

bool isDicom(const PositionedFile& file) {
  constexpr std::array<uint8_t, 4> kDicom{'D', 'I', 'C', 'M'};
  std::array<uint8_t, 4> mark{};
  return file.read(kMark, mark).empty() && mark == kDicom;
}

std::optional<DicomIdentity> dicomIdentity(const PositionedFile& file) {
  if (!isDicom(file)) return {};
  DicomElements elements(file);
  DicomIdentity identity;
  elements.walk(kMark + 4, file.size(), [&](const DicomElement& element) {
    if (element.tag == kTransferSyntax) {
      identity.transferSyntax = elements.text(element);
      elements.setImplicit(identity.transferSyntax == kDicomImplicit);
    } else if (element.tag == kObjectClass || element.tag == kMediaClass) {
      identity.objectClass = elements.text(element);
    } else if (element.tag == kSeries) {
      identity.series = elements.text(element);
    }
    return element.tag < kSeries;
  });
  return identity.objectClass.empty() ? std::nullopt : std::optional(std::move(identity));
}

Result<DicomOutline> outlineOf(const PositionedFile& file, const DicomIdentity& identity) {
  if (std::string unread = unreadSyntax(identity.transferSyntax); !unread.empty())
    return fail(std::move(unread));
  DicomOutline outline;
  outline.isImplicit = identity.transferSyntax == kDicomImplicit;
  DicomElements elements(file);
  elements.setImplicit(outline.isImplicit);
  std::string reason;
  bool found = false;
  const bool whole = elements.walk(kMark + 4, file.size(), [&](const DicomElement& element) {
    if (std::ranges::binary_search(kWanted, element.tag)) reason = append(file, element, outline.attributes);
    if (element.tag == kPerFrame) outline.perFrame = element;
    if (element.tag == kExtendedOffsets) outline.offsets = element;
    if (element.tag == kDicomPixels) outline.pixels = element;
    found = element.tag == kDicomPixels;
    return reason.empty() && !found;
  });
  if (!reason.empty()) return fail(std::move(reason));
  if (!found) return fail(whole ? "it holds no pixels" : "it is cut short or damaged before its pixels");
  if (itemMarks(outline.attributes) > kMostItems)
    return fail("its attributes hold more items than any writer's");
  return outline;
}

}  // namespace geneglass
