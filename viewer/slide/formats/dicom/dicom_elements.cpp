// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_elements.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace geneglass {
namespace {

constexpr size_t kWindow = 64u << 10;
constexpr int kDeepest = 24;  ///< real files nest some six sequences
constexpr uint32_t kNoLength = 0xffffffff;
constexpr uint32_t kItemEnd = 0xfffee00d;

/// Value representations whose length has 4 bytes, after two that are 0 (PS3.5, 7.1.2).
bool hasLongLength(std::string_view representation) {
  constexpr std::array<std::string_view, 13> kLong{"OB", "OW", "OF", "OD", "OL", "OV", "SQ",
                                                   "UC", "UR", "UT", "UN", "SV", "UV"};
  return std::ranges::find(kLong, representation) != kLong.end();
}

}  // namespace

std::span<const uint8_t> DicomElements::bytes(uint64_t at, size_t count) {
  if (count == 0 || count > kWindow || at > m_file.size() || count > m_file.size() - at) return {};
  if (at < m_windowAt || at + count > m_windowAt + m_window.size()) {
    m_window.resize(std::min<uint64_t>(kWindow, m_file.size() - at));
    m_windowAt = at;
    if (!m_file.read(at, m_window).empty()) {
      m_window.clear();
      return {};
    }
  }
  return std::span(m_window).subspan(at - m_windowAt, count);
}

std::optional<uint64_t> DicomElements::number(uint64_t at, size_t width) {
  const std::span<const uint8_t> own = bytes(at, width);
  if (own.empty()) return {};
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) value |= uint64_t{own[i]} << (8 * i);
  return value;
}

std::string DicomElements::text(const DicomElement& element) {
  const std::span<const uint8_t> own =
      bytes(element.value, std::min<uint64_t>(element.length(), kWindow + 1));
  std::string text(own.begin(), own.end());
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.pop_back();
  return text;
}

std::optional<DicomElement> DicomElements::header(uint64_t at) {
  const std::span<const uint8_t> head = bytes(at, 8);
  if (head.empty()) return {};
  const auto u16 = [&](size_t i) { return uint32_t{head[i]} | uint32_t{head[i + 1]} << 8; };
  DicomElement element{.tag = u16(0) << 16 | u16(2), .at = at, .value = at + 8};
  const std::array<char, 2> representation{static_cast<char>(head[4]), static_cast<char>(head[5])};
  uint64_t length = u16(4) | u16(6) << 16;
  const bool isExplicit = element.tag >> 16 != 0xfffe && (!m_implicit || element.tag >> 16 == 2);
  if (isExplicit && hasLongLength({representation.data(), 2})) {
    const std::optional<uint64_t> longLength = number(at + 8, 4);
    if (!longLength) return {};
    length = *longLength;
    element.value = at + 12;
  } else if (isExplicit) {
    length = length >> 16;
  }
  element.unknown = isExplicit && std::string_view(representation.data(), 2) == "UN";
  element.undefined = length == kNoLength;
  element.end = element.undefined ? m_file.size() : element.value + length;
  if (element.end <= m_file.size()) return element;
  if (element.tag != kDicomPixels) return {};
  element.end = m_file.size();  // cut short: some frames are there
  return element;
}

std::optional<uint64_t> DicomElements::elements(uint64_t from, uint64_t end, const Visit& visit, int depth) {
  if (depth > kDeepest) return {};
  for (uint64_t at = from; at < end;) {
    std::optional<DicomElement> element = header(at);
    if (!element) return {};
    if (element->tag == kItemEnd) return element->value;
    if (element->undefined && !(depth == 0 && element->tag == kDicomPixels)) {
      const bool before = std::exchange(m_implicit, m_implicit || element->unknown);
      const auto ended = items(
          element->value, element->end, [](uint64_t, uint64_t) { return true; }, depth + 1);
      m_implicit = before;
      if (!ended) return {};
      element->end = *ended;
    }
    if (!visit(*element)) return element->end;
    at = element->end;
  }
  return end;
}

std::optional<uint64_t> DicomElements::items(uint64_t from, uint64_t end, const VisitItem& visit, int depth) {
  if (depth > kDeepest) return {};
  for (uint64_t at = from; at < end;) {
    const std::optional<DicomElement> item = header(at);
    if (!item) return {};
    if (item->tag == kDicomSequenceEnd) return item->value;
    if (item->tag != kDicomItem) return {};
    uint64_t behind = item->end;
    if (item->undefined) {
      const auto ended = elements(
          item->value, item->end, [](const DicomElement&) { return true; }, depth + 1);
      if (!ended) return {};
      behind = *ended;
    }
    if (!visit(item->value, behind)) return behind;
    at = behind;
  }
  return end;
}

}  // namespace geneglass
