// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_tiff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/channels/channel_ranges.h"
#include "viewer/slide/channels/channel_source.h"
#include "viewer/slide/channels/imagej_layout.h"
#include "viewer/slide/channels/ome_layout.h"
#include "viewer/slide/channels/plain_layout.h"
#include "viewer/slide/channels/qptiff_layout.h"
#include "viewer/slide/channels/sample_values.h"
#include "viewer/slide/channels/tiff_planes.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"

namespace geneglass {
namespace {

/// Cheap: most TIFFs are none of these, and are not looked at further.
bool mayBeChannels(const TiffPage& first) {
  const std::string& said = first.description;
  return holdsValues(first) || said.starts_with("ImageJ=") ||
         said.find("PerkinElmer-QPI-ImageDescription") != std::string::npos ||
         (said.find('<') != std::string::npos && said.find("OME") != std::string::npos);
}

FoundLayout layoutOf(const std::vector<TiffPage>& pages, bool isBigEndian) {
  for (FoundLayout layout :
       {qptiffLayout(pages), omeLayout(pages), imagejLayout(pages, isBigEndian), plainLayout(pages)})
    if (!layout || *layout) return layout;
  return std::nullopt;
}

/// Why the pages that a layout names cannot be read; empty where they can.
std::string unfitPages(const ChannelLayout& layout, const std::vector<TiffPage>& pages) {
  const TiffPage& model = pages[layout.levels.front().places.front().page];
  for (const ChannelLevel& level : layout.levels)
    for (const ChannelPlace& place : level.places) {
      const TiffPage& page = pages[place.page];
      if (std::string reason = unreadBlocks(page); !reason.empty()) return reason;
      if (std::string reason = unreadSamples(page); !reason.empty()) return reason;
      const TiffPage& mate = pages[level.places.front().page];
      if (page.size != level.size)
        return fmt::format("its channels are not of one size ({} x {} and {} x {} pixels)", level.size.width,
                           level.size.height, page.size.width, page.size.height);
      if (page.block != mate.block || page.isTiled != mate.isTiled)
        return "its channels are not cut into tiles alike";
      if (page.bits != model.bits || page.format != model.format)
        return "its channels are not of the same kind of numbers";
    }
  return {};
}

/// A colour picture's: all three alike.
std::string stretchColours(ChannelLayout& layout, const TiffPage& page,
                           const std::vector<SampledValues>& found) {
  double most = 0;
  for (const SampledValues& values : found) most = std::max(most, values.most);
  int bits = page.bits;
  const char* who = "";
  if (page.bits == 16 && layout.channels.front().bits > 0 && layout.channels.front().bits <= 16) {
    bits = layout.channels.front().bits;
    who = ", as the file says";
  } else if (page.bits == 16 && page.highest && *page.highest >= 255 && *page.highest < 65535) {
    bits = bitsFor(*page.highest);
    who = ", as the file says";
  } else if (page.bits >= 16 && bitsFor(most) > 0) {
    bits = bitsFor(most);
    who = ", as in a sample of its tiles no value is larger";
  }
  for (FoundChannel& channel : layout.channels) {
    channel.channel.low = 0;
    channel.channel.high = std::exp2(bits) - 1;
  }
  if (page.bits == 8) return {};
  return fmt::format("Values from 0 to {:.0f} ({} of {} bits{}) are shown from black to white. ",
                     std::exp2(bits) - 1, bits, page.bits, who);
}

void describeValues(FoundChannel& found, const TiffPage& page, const SampledValues& values) {
  Channel& channel = found.channel;
  if (page.isFloat()) {
    channel.unit = fmt::format("{}-bit floating point", page.bits);
    channel.least = values.least;
    channel.most = values.most;
  } else {
    const int bits = found.bits > 0 && found.bits < page.bits ? found.bits
                     : page.bits < 16                         ? page.bits
                                                              : bitsFor(values.most);
    channel.unit = fmt::format("{}-bit counts", bits > 0 ? bits : page.bits);
    channel.least = std::min(0.0, values.least);
    channel.most = bits > 0 ? std::exp2(bits) - 1 : values.most;
  }
}

std::string chooseRanges(ChannelLayout& layout, const TiffPage& page,
                         const std::vector<SampledValues>& found) {
  for (size_t i = 0; i < layout.channels.size(); ++i) describeValues(layout.channels[i], page, found[i]);
  return settleRanges(layout.channels, found);
}

std::shared_ptr<const ChannelReading> readingOf(const FileHead& head, const std::vector<TiffPage>& pages,
                                                const ChannelLayout& layout) {
  auto reading = std::make_shared<ChannelReading>();
  const auto planes = std::make_shared<const TiffPlanes>(head, pages, layout.levels, reading->kept);
  reading->file = head.path;
  reading->levels = planes->levels();
  reading->planes = [planes](TileKey key, std::span<const int> channels) {
    return planes->read(key, channels);
  };
  reading->associatedImage = [planes,
                              beside = layout.associatedImages](const std::string& name) -> Result<Image> {
    for (const auto& [image, page] : beside)
      if (image.name == name) return planes->readPicture(page);
    return fail("there is no such image");
  };
  return reading;
}

Slide factsOf(const ChannelLayout& layout, const std::vector<Level>& levels) {
  Slide slide;
  slide.driver = "channel-tiff";
  slide.vendor = layout.vendor;
  slide.levels = levels;
  slide.mpp = layout.mpp;
  slide.objectivePower = layout.objectivePower;
  for (const auto& [image, page] : layout.associatedImages) slide.associatedImages.push_back(image);
  const Size size = slide.size();
  slide.bounds = {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
  return slide;
}

constexpr std::array<std::string_view, 4> kChannelEndings{".qptiff", ".tif", ".tiff", ".svs"};

}  // namespace

const Driver kChannelTiffDriver{.nameEndings = kChannelEndings, .open = openChannelTiff};

Result<std::optional<DriverOutcome>> openChannelTiff(const FileHead& head) {
  if (!head.file || head.tiff.pictures.empty()) return std::nullopt;
  const std::vector<TiffPage> pages = readTiffPages(head, mayBeChannels);
  if (pages.empty()) return std::nullopt;
  std::array<uint8_t, 2> mark{};
  const bool isBigEndian = head.file->read(0, mark).empty() && mark[0] == 'M';
  FoundLayout found = layoutOf(pages, isBigEndian);
  if (!found) return cannotOpen(head.path, found.error().sentence);
  if (!*found) return std::nullopt;
  ChannelLayout& layout = **found;
  if (std::string reason = unfitPages(layout, pages); !reason.empty()) return cannotOpen(head.path, reason);
  const auto reading = readingOf(head, pages, layout);
  const TiffPage& page = pages[layout.levels.front().places.front().page];
  std::vector<SampledValues> values(layout.channels.size());
  if (!layout.isColour || page.bits >= 16) values = sampleValues(*reading, layout.channels.size());
  layout.note += layout.isColour ? stretchColours(layout, page, values) : chooseRanges(layout, page, values);
  Slide slide = factsOf(layout, reading->levels);
  std::vector<Channel> channels;
  for (const FoundChannel& each : layout.channels) channels.push_back(each.channel);
  Result<std::string> hash = contentHash(*head.file, head.path);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  if (layout.isColour)
    addColours(slide, head.tiff);
  else
    slide.channels = channels;
  slide.note = layout.note;
  while (slide.note.ends_with(' ')) slide.note.pop_back();
  return DriverOutcome{std::move(slide), channelSource(reading, std::move(channels))};
}

}  // namespace geneglass
