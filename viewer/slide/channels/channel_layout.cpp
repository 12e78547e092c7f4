// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace geneglass {
namespace {

constexpr uint16_t kRgb = 2;
constexpr uint16_t kYCbCr = 6;

bool isOfNuclei(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return name.find("dapi") != std::string::npos || name.find("hoechst") != std::string::npos;
}

}  // namespace

bool isRgb(const TiffPage& page) {
  return (page.photometric == kRgb || page.photometric == kYCbCr) && valueSamples(page) == 3;
}

int valueSamples(const TiffPage& page) {
  return page.hasAlpha && page.samples > 1 ? page.samples - 1 : page.samples;
}

void colourChannels(std::vector<FoundChannel>& channels) {
  constexpr std::array<uint32_t, 7> kColours{0xff0000, 0x00ff00, 0x0000ff, 0xffffff,
                                             0x00ffff, 0xff00ff, 0xffff00};
  if (channels.size() == 1) channels.front().channel.colour = 0xffffff;
  if (channels.size() < 2) return;
  const bool hasNuclei =
      std::ranges::any_of(channels, [](const FoundChannel& found) { return isOfNuclei(found.channel.name); });
  for (size_t next = 0; FoundChannel & found : channels) {
    if (isOfNuclei(found.channel.name)) {
      found.channel.colour = 0x0000ff;
      continue;
    }
    if (hasNuclei && kColours[next % kColours.size()] == 0x0000ff) ++next;
    found.channel.colour = kColours[next++ % kColours.size()];
  }
}

std::vector<FoundChannel> unnamedChannels(size_t count, bool isColour) {
  constexpr std::array kNames{"Red", "Green", "Blue"};
  std::vector<FoundChannel> channels(count);
  for (size_t i = 0; i < count; ++i)
    channels[i].channel.name = isColour && i < kNames.size() ? kNames[i] : fmt::format("Channel {}", i + 1);
  if (isColour)
    for (size_t i = 0; i < std::min<size_t>(count, 3); ++i) channels[i].channel.colour = 0xff0000u >> (8 * i);
  else
    colourChannels(channels);
  return channels;
}

bool isSmallerCopy(Size size, Size finest) {
  if (size.width >= finest.width || size.height >= finest.height) return false;
  const double across = static_cast<double>(finest.width) / static_cast<double>(size.width);
  const double down = static_cast<double>(finest.height) / static_cast<double>(size.height);
  const double downsample = (across + down) / 2;
  const auto fits = [downsample](int64_t side, int64_t whole) {
    return std::abs(static_cast<double>(side) * downsample - static_cast<double>(whole)) <= 2 * downsample;
  };
  return fits(size.width, finest.width) && fits(size.height, finest.height);
}

std::vector<ChannelPlace> samplesOf(const TiffPage& page, size_t index) {
  std::vector<ChannelPlace> places;
  const int count = std::min(valueSamples(page), static_cast<int>(kMostChannels) + 1);
  for (int sample = 0; sample < count; ++sample) places.push_back({index, sample, 0});
  return places;
}

void addLevelsWithin(ChannelLayout& layout, const std::vector<TiffPage>& pages) {
  const std::vector<ChannelPlace> finest = layout.levels.front().places;
  for (size_t step = 0; step < pages[finest.front().page].within.size(); ++step) {
    ChannelLevel level;
    for (const ChannelPlace& place : finest) {
      const TiffPage& whole = pages[place.page];
      if (step >= whole.within.size()) return;
      const TiffPage& page = pages[whole.within[step]];
      const bool fits = isSmallerCopy(page.size, layout.levels.back().size) && page.bits == whole.bits &&
                        page.format == whole.format && page.samples == whole.samples &&
                        (level.places.empty() || page.size == level.size);
      if (!fits) return;
      level.size = page.size;
      level.places.push_back({whole.within[step], place.sample, 0});
    }
    layout.levels.push_back(std::move(level));
  }
}

std::string choiceOf(const char* what, size_t shown, size_t count) {
  return count > 1 ? fmt::format("{} {} of {} is shown. ", what, shown + 1, count) : "";
}

}  // namespace geneglass
