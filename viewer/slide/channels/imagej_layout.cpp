// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/imagej_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <string_view>

#include "viewer/slide/channels/sample_values.h"

namespace geneglass {
namespace {

using ImagejFields = std::map<std::string, std::string, std::less<>>;

ImagejFields fieldsOf(std::string_view text) {
  ImagejFields fields;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.size(), text.find('\n', begin));
    const std::string_view line = text.substr(begin, end - begin);
    if (const size_t equals = line.find('='); equals != std::string_view::npos)
      fields.emplace(line.substr(0, equals), line.substr(equals + 1));
    begin = end + 1;
  }
  return fields;
}

std::optional<double> fieldNumber(const ImagejFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return {};
  double number = 0;
  const char* begin = found->second.data();
  const auto [end, problem] = std::from_chars(begin, begin + found->second.size(), number);
  return problem == std::errc() && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// At least 1; more than a file can have where it is absurd.
size_t fieldCount(const ImagejFields& fields, std::string_view name) {
  return static_cast<size_t>(std::clamp(fieldNumber(fields, name).value_or(1), 1.0, 1e9));
}

/// Bytes of the parts of one kind in tag 50839: "rang", "luts".
class ImagejParts final {
 public:
  ImagejParts(const TiffPage& page, bool isBigEndian) : m_data(page.imagejData), m_isBig(isBigEndian) {
    if (page.imagejLengths.empty() || page.imagejLengths.front() > m_data.size()) return;
    size_t at = page.imagejLengths.front();
    size_t next = 1;
    for (size_t entry = 4; entry + 8 <= page.imagejLengths.front(); entry += 8)
      for (uint32_t left = number(entry + 4); left > 0 && next < page.imagejLengths.size(); --left) {
        const size_t length = page.imagejLengths[next++];
        if (length > m_data.size() - at) return;
        m_parts[number(entry)].emplace_back(at, length);
        at += length;
      }
  }

  std::vector<double> ranges() const {
    std::vector<double> values;
    const auto found = m_parts.find(0x72616e67);
    if (found == m_parts.end()) return values;
    const auto [at, length] = found->second.front();
    for (size_t i = at; i + 8 <= at + length; i += 8) values.push_back(std::bit_cast<double>(wide(i)));
    return values;
  }

  /// The brightest colour of each channel's table.
  std::vector<uint32_t> colours() const {
    std::vector<uint32_t> values;
    const auto found = m_parts.find(0x6c757473);
    if (found == m_parts.end()) return values;
    for (const auto& [at, length] : found->second)
      if (length == 768)
        values.push_back(uint32_t{m_data[at + 255]} << 16 | uint32_t{m_data[at + 511]} << 8 |
                         m_data[at + 767]);
    return values;
  }

 private:
  uint32_t number(size_t at) const {
    uint32_t value = 0;
    for (size_t i = 0; i < 4; ++i) value = value << 8 | m_data[at + (m_isBig ? i : 3 - i)];
    return value;
  }
  uint64_t wide(size_t at) const {
    const uint64_t first = number(at), second = number(at + 4);
    return m_isBig ? first << 32 | second : second << 32 | first;
  }

  const std::vector<uint8_t>& m_data;
  const bool m_isBig;
  std::map<uint32_t, std::vector<std::pair<size_t, size_t>>> m_parts;  ///< by kind: begin and length
};

/// The resolution tags count pixels per this unit.
std::optional<Mpp> pixelSize(const ImagejFields& fields, const TiffPage& page) {
  const auto unit = fields.find("unit");
  if (unit == fields.end() || !(page.pixelsPerUnitX > 0) || !(page.pixelsPerUnitY > 0)) return {};
  constexpr std::pair<std::string_view, double> kUnits[] = {
      {"micron", 1}, {"microns", 1}, {"um", 1},   {"\\u00B5m", 1}, {"\u00b5m", 1},
      {"\xb5m", 1},  {"nm", 1e-3},   {"mm", 1e3}, {"cm", 1e4},     {"inch", 25400}};
  for (const auto& [name, micrometres] : kUnits)
    if (unit->second == name) {
      const Mpp mpp{micrometres / page.pixelsPerUnitX, micrometres / page.pixelsPerUnitY};
      if (mpp.x > 1e-4 && mpp.x < 1e4 && mpp.y > 1e-4 && mpp.y < 1e4) return mpp;
    }
  return {};
}

void describe(std::vector<FoundChannel>& channels, const ImagejFields& fields, const TiffPage& page,
              bool isBigEndian) {
  const ImagejParts parts(page, isBigEndian);
  std::vector<double> ranges = parts.ranges();
  if (const auto low = fieldNumber(fields, "min"), high = fieldNumber(fields, "max");
      ranges.empty() && low && high && channels.size() == 1)
    ranges = {*low, *high};
  const std::vector<uint32_t> colours = parts.colours();
  for (size_t i = 0; i < channels.size(); ++i) {
    if (i < colours.size()) channels[i].channel.colour = colours[i];
    if (2 * i + 1 >= ranges.size()) continue;
    const double low = ranges[2 * i], high = ranges[2 * i + 1];
    channels[i].hasRange = std::isfinite(low) && std::isfinite(high) && high > low;
    if (!channels[i].hasRange) continue;
    channels[i].channel.low = low;
    channels[i].channel.high = high;
  }
}

/// A plane by its number among all: a directory of its own, or behind the first one's samples.
std::optional<ChannelPlace> placeOf(const std::vector<TiffPage>& pages, size_t plane, size_t chain) {
  const TiffPage& first = pages.front();
  if (plane < chain) return ChannelPlace{plane, 0, 0};
  if (chain > 1 || first.isTiled || first.compression != 1 || first.bits % 8 != 0) return {};
  const uint64_t bytes = rowBytes(first, first.size.width) * static_cast<uint64_t>(first.size.height);
  return ChannelPlace{0, 0, plane * bytes};
}

}  // namespace

FoundLayout imagejLayout(const std::vector<TiffPage>& pages, bool isBigEndian) {
  const TiffPage& first = pages.front();
  if (!first.description.starts_with("ImageJ=")) return std::nullopt;
  const ImagejFields fields = fieldsOf(first.description);
  const size_t channels = fieldCount(fields, "channels");
  const size_t slices = fieldCount(fields, "slices");
  const size_t frames = fieldCount(fields, "frames");
  const bool isPicture = isRgb(first);
  const size_t chain =
      static_cast<size_t>(std::ranges::count_if(pages, [](const TiffPage& page) { return !page.isWithin; }));
  if (first.bits == 8 && (isPicture || (channels == 1 && slices == 1 && frames == 1))) return std::nullopt;
  if (channels > kMostChannels)
    return fail(fmt::format("it says it has {} channels, more than {}", channels, kMostChannels));
  if (slices > 1'000'000 || frames > 1'000'000)
    return fail("it says it has more planes than a file can hold");
  ChannelLayout layout;
  layout.vendor = "imagej";
  layout.mpp = pixelSize(fields, first);
  layout.isColour = isPicture;
  layout.channels = unnamedChannels(isPicture ? 3 : channels, isPicture);
  const size_t slice = slices / 2;
  ChannelLevel level{first.size, isPicture ? samplesOf(first, 0) : std::vector<ChannelPlace>()};
  for (size_t channel = 0; !isPicture && channel < channels; ++channel) {
    const auto place = placeOf(pages, channel + channels * slice, chain);
    if (!place)
      return fail(fmt::format("it says it has {} planes, and holds {}", channels * slices * frames, chain));
    level.places.push_back(*place);
  }
  layout.levels.push_back(std::move(level));
  if (!isPicture) describe(layout.channels, fields, first, isBigEndian);
  layout.note = choiceOf("Slice", slice, slices) + choiceOf("Frame", 0, frames);
  return layout;
}

}  // namespace geneglass
