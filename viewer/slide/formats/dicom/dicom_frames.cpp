// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace geneglass {
namespace {

constexpr uint64_t kItemHeader = 8;

/// A fragment's header, and whether what follows begins a JPEG or a JPEG 2000.
struct Fragment {
  uint64_t length = 0;
  bool begins = false;
};

uint64_t littleEndian(std::span<const uint8_t> bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < bytes.size(); ++i) value |= uint64_t{bytes[i]} << (8 * i);
  return value;
}

bool isItem(std::span<const uint8_t> header) {
  constexpr std::array<uint8_t, 4> kItem{0xfe, 0xff, 0x00, 0xe0};
  return std::ranges::equal(header.first(4), kItem);
}

/// Nothing where there is none.
std::optional<Fragment> fragmentAt(const PositionedFile& file, uint64_t at) {
  std::array<uint8_t, kItemHeader + 3> head{};
  const uint64_t left = at < file.size() ? file.size() - at : 0;
  const auto known = std::span(head).first(std::min<uint64_t>(head.size(), left));
  if (known.size() < kItemHeader || !file.read(at, known).empty() || !isItem(head)) return {};
  const bool jpeg = head[8] == 0xff && head[9] == 0xd8 && head[10] == 0xff;
  const bool jpeg2000 = head[8] == 0xff && head[9] == 0x4f && head[10] == 0xff;
  return Fragment{littleEndian(std::span(head).subspan(4, 4)), jpeg || jpeg2000};
}

}  // namespace

/// False, with nothing kept, where the offsets are not those of frames one behind the other.
bool DicomFrames::addTable(const DicomInstance& instance, DicomElements& elements, uint64_t table,
                           size_t width, uint64_t base) {
  m_starts.clear();
  std::optional<uint64_t> before;
  for (int64_t i = 0; i < instance.frames; ++i) {
    const auto offset = elements.number(table + static_cast<uint64_t>(i) * width, width);
    const bool follows = offset && (before ? *offset > *before : *offset == 0);
    if (!follows || *offset > UINT64_MAX / 2) {
      m_starts.clear();
      return false;
    }
    before = offset;
    if (base + *offset < m_file->size()) m_starts.push_back(base + *offset);
  }
  if (m_starts.empty() || !fragmentAt(*m_file, m_starts.front()) || !fragmentAt(*m_file, m_starts.back()))
    m_starts.clear();
  if (m_starts.empty()) return false;
  m_end = m_starts.back();
  while (const auto fragment = fragmentAt(*m_file, m_end)) m_end += kItemHeader + fragment->length;
  return true;
}

/// A frame is one fragment, or begins with each that begins a picture.
std::string DicomFrames::addFragments(const DicomInstance& instance, uint64_t base) {
  const auto frames = static_cast<size_t>(instance.frames);
  std::vector<uint64_t> all, begins;
  uint64_t at = base;
  while (const auto fragment = fragmentAt(*m_file, at)) {
    if (all.size() <= frames) all.push_back(at);
    if (fragment->begins && begins.size() <= frames) begins.push_back(at);
    at += kItemHeader + fragment->length;
  }
  m_end = std::min(at, m_file->size());
  if (frames == 1 && !all.empty()) all.resize(1);
  m_starts = all.size() <= frames ? std::move(all) : std::move(begins);
  if (m_starts.empty()) return "none of its frames is there";
  if (m_starts.size() > frames) return fmt::format("it holds more than the {} frames it says", frames);
  return {};
}

Result<DicomFrames> DicomFrames::of(const DicomInstance& instance) {
  DicomFrames frames;
  frames.m_file = instance.file;
  const auto pixels = static_cast<uint64_t>(instance.tile.width * instance.tile.height);
  frames.m_mostBytes = 16 * pixels + 65536;
  const DicomElement& element = instance.outline.pixels;
  if (instance.coding == DicomCoding::Raw) {
    if (element.undefined) return fail("its pixels are in fragments, though said to be raw");
    frames.m_rawStart = element.value;
    frames.m_rawBytes = 3 * pixels;
    frames.m_count = std::min(instance.frames, static_cast<int64_t>(element.length() / frames.m_rawBytes));
    return frames;
  }
  if (!element.undefined) return fail("its pixels are not in fragments, though said to be compressed");
  const std::optional<Fragment> basic = fragmentAt(*instance.file, element.value);
  if (!basic) return fail("its pixels begin with no offset table");
  const uint64_t base = element.value + kItemHeader + basic->length;
  const auto count = static_cast<uint64_t>(instance.frames);
  DicomElements elements(*instance.file);
  const auto& extended = instance.outline.offsets;
  const bool found = (extended && extended->length() == 8 * count &&
                      frames.addTable(instance, elements, extended->value, 8, base)) ||
                     (basic->length == 4 * count &&
                      frames.addTable(instance, elements, element.value + kItemHeader, 4, base));
  if (!found)
    if (std::string reason = frames.addFragments(instance, base); !reason.empty())
      return fail(std::move(reason));
  frames.m_count = static_cast<int64_t>(frames.m_starts.size());
  return frames;
}

/// `range` holds fragments with their headers; these are moved over where there are several.
std::string DicomFrames::joinFragments(std::span<uint8_t> range, std::span<const uint8_t>& bytes) const {
  size_t joined = 0;
  for (size_t at = 0; at + kItemHeader <= range.size();) {
    const auto header = range.subspan(at, kItemHeader);
    if (!isItem(header)) return "no frame lies where the offset table says";
    const uint64_t length = littleEndian(header.subspan(4));
    at += kItemHeader;
    if (length > range.size() - at) return "its bytes lie beyond their end";
    if (at == kItemHeader && length == range.size() - at) {
      bytes = range.subspan(at);
      return {};
    }
    std::memmove(range.data() + joined, range.data() + at, length);
    joined += length;
    at += length;
  }
  bytes = range.first(joined);
  return {};
}

std::string DicomFrames::read(int64_t frame, std::span<const uint8_t>& bytes) const {
  thread_local std::vector<uint8_t> buffer;
  const auto index = static_cast<size_t>(frame);
  const bool isLast = index + 1 == m_starts.size();
  const uint64_t from = m_rawBytes > 0 ? m_rawStart + index * m_rawBytes : m_starts[index];
  const uint64_t count = m_rawBytes > 0 ? m_rawBytes : (isLast ? m_end : m_starts[index + 1]) - from;
  if (count > m_mostBytes) return "more bytes than a frame can have are said to be its own";
  if (buffer.size() < count) buffer.resize(count);
  const auto range = std::span(buffer).first(count);
  if (std::string reason = m_file->read(from, range); !reason.empty()) return reason;
  if (m_rawBytes == 0) return joinFragments(range, bytes);
  bytes = range;
  return {};
}

}  // namespace geneglass
