// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/tiff_outline.h"

#include <fmt/format.h>
#include <tiff.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_set>
#include <vector>

namespace geneglass {
namespace {

constexpr size_t kMostDirectories = 10'000;
constexpr uint64_t kMostTags = 4096;  ///< of a directory
constexpr uint64_t kLongestText = uint64_t{1} << 18, kLongestXml = uint64_t{8} << 20;

/// A TIFF's directories, one after another.
class TiffOutline final {
 public:
  explicit TiffOutline(const PositionedFile& file) : m_file(file) {}

  std::string excess() {
    uint64_t position = firstDirectory();
    for (size_t count = 0; position != 0 && m_seen.insert(position).second; ++count) {
      if (count == kMostDirectories) return fmt::format("it has more than {} directories", kMostDirectories);
      if (!readTags(position)) return {};
      if (std::string reason = longDescription(); !reason.empty()) return reason;
      position = m_next;
    }
    return {};
  }

 private:
  uint64_t number(const uint8_t* bytes, size_t width) const {
    uint64_t value = 0;
    for (size_t i = 0; i < width; ++i) value = value << 8 | bytes[m_lowFirst ? width - 1 - i : i];
    return value;
  }
  size_t wordBytes() const { return m_isBig ? 8 : 4; }
  size_t tagBytes() const { return m_isBig ? 20 : 12; }

  /// 0 where the file is no TIFF.
  uint64_t firstDirectory() {
    std::array<uint8_t, 16> head{};
    if (!m_file.read(0, std::span(head).first(std::min<uint64_t>(head.size(), m_file.size()))).empty())
      return 0;
    m_lowFirst = head[0] == 'I' && head[1] == 'I';
    if (!m_lowFirst && !(head[0] == 'M' && head[1] == 'M')) return 0;
    const uint64_t kind = number(&head[2], 2);
    m_isBig = kind == TIFF_VERSION_BIG;
    if (kind != TIFF_VERSION_CLASSIC && !m_isBig) return 0;
    return m_isBig ? number(&head[8], 8) : number(&head[4], 4);
  }

  /// False where no directory lies there.
  bool readTags(uint64_t position) {
    std::array<uint8_t, 8> head{};
    const size_t width = m_isBig ? 8 : 2;
    if (!m_file.read(position, std::span(head).first(width)).empty()) return false;
    const uint64_t count = number(head.data(), width);
    if (count == 0 || count > kMostTags) return false;
    m_tags.resize(count * tagBytes());
    const uint64_t end = position + width + m_tags.size();
    if (!m_file.read(position + width, m_tags).empty()) return false;
    m_next =
        m_file.read(end, std::span(head).first(wordBytes())).empty() ? number(head.data(), wordBytes()) : 0;
    return true;
  }

  std::string longDescription() const {
    for (size_t at = 0; at < m_tags.size(); at += tagBytes()) {
      const uint8_t* tag = &m_tags[at];
      const uint64_t length = number(tag + 4, wordBytes());
      if (number(tag, 2) != TIFFTAG_IMAGEDESCRIPTION || length <= kLongestText) continue;
      const uint64_t longest = isXml(number(tag + 4 + wordBytes(), wordBytes())) ? kLongestXml : kLongestText;
      if (length > longest && length <= m_file.size())
        return fmt::format("its description has {} KiB, and at most {} KiB of one are read", length >> 10,
                           longest >> 10);
    }
    return {};
  }

  bool isXml(uint64_t position) const {
    std::array<uint8_t, 64> begin{};
    return m_file.read(position, begin).empty() && std::ranges::find(begin, '<') != begin.end();
  }

  const PositionedFile& m_file;
  bool m_lowFirst = true, m_isBig = false;
  std::vector<uint8_t> m_tags;
  uint64_t m_next = 0;
  std::unordered_set<uint64_t> m_seen;
};

}  // namespace

std::string excessOfTiff(const PositionedFile& file) {
  return TiffOutline(file).excess();
}

}  // namespace geneglass
