// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/ome_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "viewer/slide/channels/ome_series.h"
#include "viewer/slide/formats/ome_tiff.h"

namespace geneglass {
namespace {

/// What the direct driver reads itself, or what is a plain picture.
bool isForOthers(const TiffPage& page) {
  constexpr std::array<uint16_t, 4> kPlain{1, 5, 8, 32946};
  constexpr uint16_t kJpeg = 7;
  if (page.bits != 8 || page.format != 1 || !isRgb(page)) return false;
  if (!page.isTiled) return page.within.empty();
  return std::ranges::find(kPlain, page.compression) != kPlain.end() ||
         (page.compression == kJpeg && page.planes == 1);
}

/// The channels of one image in the file.
class OmeImageReading final {
 public:
  OmeImageReading(const std::vector<TiffPage>& pages, const OmeSeries& series)
      : m_pages(pages), m_series(series), m_slice(series.slices / 2) {}

  /// Empty where it could, else why not.
  std::string read();

  ChannelLevel level;
  size_t planes = 1;  ///< of one slice and time
  bool isColour = false;

 private:
  std::string pageOf(size_t channel, size_t& index) const;

  const std::vector<TiffPage>& m_pages;
  const OmeSeries& m_series;
  const size_t m_slice;
};

std::string OmeImageReading::pageOf(size_t channel, size_t& index) const {
  std::string elsewhere;
  const auto directory = directoryOf(m_series, planes, channel, m_slice, elsewhere);
  if (!elsewhere.empty())
    return fmt::format("its channel {} lies in another file, '{}'", channel + 1, elsewhere);
  if (!directory) return fmt::format("its description names no place for channel {}", channel + 1);
  const bool isThere = *directory < m_pages.size() && !m_pages[*directory].isWithin;
  if (!isThere)
    return fmt::format("its channel {} is missing: there is no directory {} in the file", channel + 1,
                       *directory + 1);
  index = *directory;
  if (m_pages[index].size == m_series.size) return {};
  return fmt::format("its channel {} has {} x {} pixels, and its description says {} x {}", channel + 1,
                     m_pages[index].size.width, m_pages[index].size.height, m_series.size.width,
                     m_series.size.height);
}

std::string OmeImageReading::read() {
  size_t first = 0;
  if (m_series.channels > kMostChannels)
    return fmt::format("it says it has {} channels, more than {}", m_series.channels, kMostChannels);
  planes = m_series.channels;
  if (std::string reason = pageOf(0, first); !reason.empty()) return reason;
  const TiffPage& page = m_pages[first];
  const auto samples = static_cast<size_t>(page.samples);
  if (samples > 1 && m_series.channels % samples != 0 && m_series.channels != 1)
    return fmt::format("its pixels have {} samples, and its description says {} channels", samples,
                       m_series.channels);
  if (samples > 1) planes = std::max<size_t>(1, m_series.channels / samples);
  isColour = isRgb(page) && !page.isFloat();
  level.size = m_series.size;
  const bool one = isColour;  // of several colour pictures the first
  for (size_t channel = 0; channel < (one ? 1 : planes); ++channel) {
    size_t index = 0;
    if (std::string reason = pageOf(channel, index); !reason.empty()) return reason;
    for (const ChannelPlace& place : samplesOf(m_pages[index], index)) level.places.push_back(place);
    if (level.places.size() > kMostChannels)
      return fmt::format("its pixels have more than {} samples", kMostChannels);
  }
  return {};
}

void describe(std::vector<FoundChannel>& channels, const OmeSeries& series) {
  bool haveColours = channels.size() == series.channelElements.size();
  bool differ = channels.size() < 2;
  for (size_t i = 0; i < channels.size() && i < series.channelElements.size(); ++i) {
    const OmeChannel& said = series.channelElements[i];
    if (!said.name.empty()) channels[i].channel.name = said.name;
    haveColours &= said.colour.has_value() && *said.colour != 0;
    differ |= said.colour != series.channelElements.front().colour;
  }
  colourChannels(channels);
  if (haveColours && differ)
    for (size_t i = 0; i < channels.size(); ++i)
      channels[i].channel.colour = *series.channelElements[i].colour & 0xffffff;
  for (FoundChannel& found : channels) found.bits = series.significantBits;
}

/// Coarser levels that are images of their own, as Bio-Formats wrote them before there were SubIFDs, or that
/// follow the planes without a word. Returns how many images were levels.
size_t addLevelsBeside(ChannelLayout& layout, const std::vector<TiffPage>& pages,
                       const std::vector<OmeSeries>& all, const OmeImageReading& finest) {
  size_t taken = 0;
  for (const OmeSeries& series : all) {
    if (!isSmallerCopy(series.size, layout.levels.back().size)) continue;
    OmeImageReading reading(pages, series);
    if (!reading.read().empty() || reading.level.places.size() != layout.channels.size()) continue;
    layout.levels.push_back(std::move(reading.level));
    ++taken;
  }
  if (all.size() > 1 || all.front().slices > 1 || all.front().times > 1) return taken;
  for (size_t next = finest.planes; next + finest.planes <= pages.size(); next += finest.planes) {
    ChannelLevel level{pages[next].size, {}};
    for (size_t i = next; i < next + finest.planes; ++i) {
      if (pages[i].isWithin || pages[i].size != level.size) return taken;
      for (const ChannelPlace& place : samplesOf(pages[i], i)) level.places.push_back(place);
      if (level.places.size() > layout.channels.size()) return taken;
    }
    if (level.places.size() != layout.channels.size()) return taken;
    if (!isSmallerCopy(level.size, layout.levels.back().size)) return taken;
    layout.levels.push_back(std::move(level));
  }
  return taken;
}

void addBesideOme(ChannelLayout& layout, const std::vector<TiffPage>& pages,
                  const std::vector<OmeSeries>& all) {
  for (const OmeSeries& series : all)
    for (const char* name : {"label", "macro", "thumbnail"}) {
      OmeImageReading reading(pages, series);
      if (series.name.find(name) == std::string::npos || !reading.read().empty() || !reading.isColour)
        continue;
      layout.associatedImages.push_back(
          {{name, series.size, name != std::string("thumbnail")}, reading.level.places.front().page});
    }
}

}  // namespace

FoundLayout omeLayout(const std::vector<TiffPage>& pages) {
  const std::vector<OmeSeries> all = omeSeriesOf(pages.front().description);
  if (all.empty()) return std::nullopt;
  const auto largest = std::ranges::max_element(all, {}, [](const OmeSeries& series) {
    return static_cast<double>(series.size.width) * static_cast<double>(series.size.height);
  });
  OmeImageReading reading(pages, *largest);
  if (std::string reason = reading.read(); !reason.empty()) {
    if (isForOthers(pages.front())) return std::nullopt;
    return fail(std::move(reason));
  }
  const size_t first = reading.level.places.front().page;
  if (first == 0 && reading.isColour && isForOthers(pages.front())) return std::nullopt;
  ChannelLayout layout;
  layout.vendor = "ome-tiff";
  layout.isColour = reading.isColour;
  layout.channels = unnamedChannels(reading.level.places.size(), reading.isColour);
  layout.levels.push_back(reading.level);
  if (!layout.isColour) describe(layout.channels, *largest);
  if (layout.isColour)
    for (FoundChannel& found : layout.channels) found.bits = largest->significantBits;
  addLevelsWithin(layout, pages);
  const size_t taken = layout.levels.size() > 1 ? 0 : addLevelsBeside(layout, pages, all, reading);
  if (const auto image = omeImageOf(pages.front().description, largest->size)) {
    layout.mpp = image->mpp;
    layout.objectivePower = image->objectivePower;
  }
  addBesideOme(layout, pages, all);
  if (all.size() > taken + 1)
    layout.note = fmt::format("The largest of {} images in the file is shown. ", all.size() - taken);
  layout.note += choiceOf("Slice", largest->slices / 2, largest->slices);
  layout.note += choiceOf("Time", 0, largest->times);
  return layout;
}

}  // namespace geneglass
