// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace geneglass {
namespace {

constexpr int64_t kMostTiles = 16;
constexpr int64_t kMostReads = 96;  ///< of tiles, over all channels
constexpr int64_t kValuesATile = 1 << 16;

int coarsestOfFile(const std::vector<Level>& levels) {
  int coarsest = 0;
  for (int i = 0; i < static_cast<int>(levels.size()); ++i)
    if (!levels[static_cast<size_t>(i)].reduced) coarsest = i;
  return coarsest;
}

/// Tiles spread over the level, at most so many.
std::vector<TileKey> spreadTiles(const Level& level, int index, int64_t most) {
  std::vector<TileKey> keys;
  const int64_t columns = std::clamp<int64_t>(
      static_cast<int64_t>(std::sqrt(double(most) * double(level.columns()) / double(level.rows())) + 0.5), 1,
      std::min(most, level.columns()));
  const int64_t rows = std::clamp<int64_t>(most / columns, 1, level.rows());
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column)
      keys.push_back({index, static_cast<int>((2 * column + 1) * level.columns() / (2 * columns)),
                      static_cast<int>((2 * row + 1) * level.rows() / (2 * rows))});
  return keys;
}

void addValues(const Plane& plane, std::vector<float>& values) {
  const auto step =
      static_cast<size_t>(std::max<int64_t>(1, static_cast<int64_t>(plane.values.size()) / kValuesATile));
  for (size_t i = 0; i < plane.values.size(); i += step)
    if (std::isfinite(plane.values[i])) values.push_back(plane.values[i]);
}

SampledValues valuesIn(std::vector<float>& values) {
  if (values.empty()) return {};
  const auto [least, most] = std::ranges::minmax_element(values);
  SampledValues found{*least, *most, 0, 0, true};
  const auto percentile = [&](double share) {
    const auto place =
        values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, place);
    return static_cast<double>(*place);
  };
  found.dark = percentile(0.001);
  found.bright = percentile(0.999);
  return found;
}

}  // namespace

std::vector<SampledValues> sampleValues(const ChannelReading& reading, size_t channels) {
  std::vector<SampledValues> found;
  const int index = coarsestOfFile(reading.levels);
  const int64_t most = std::clamp<int64_t>(kMostReads / static_cast<int64_t>(channels), 1, kMostTiles);
  const std::vector<TileKey> keys = spreadTiles(reading.levels[static_cast<size_t>(index)], index, most);
  std::vector<std::vector<float>> values(channels);
  std::vector<int> all(channels);
  for (size_t i = 0; i < channels; ++i) all[i] = static_cast<int>(i);
  for (const TileKey key : keys) {
    const auto planes = reading.planes(key, all);
    if (!planes) continue;
    for (size_t i = 0; i < channels; ++i) addValues(*(*planes)[i], values[i]);
  }
  for (std::vector<float>& each : values) found.push_back(valuesIn(each));
  return found;
}

std::string settleRanges(std::vector<FoundChannel>& channels, const std::vector<SampledValues>& found) {
  constexpr size_t kMostShown = 7;  // that are on at first: more make no picture
  bool chosen = false;
  for (size_t i = 0; i < channels.size(); ++i) {
    Channel& channel = channels[i].channel;
    if (!channels[i].hasRange) {
      chosen = true;
      channel.low = found[i].dark;
      channel.high = found[i].bright;
    }
    if (!(channel.high > channel.low)) channel.high = std::max(channel.low + 1e-6, found[i].most);
    if (!(channel.high > channel.low)) channel.high = channel.low + 1;
    channel.least = std::min(channel.least, channel.low);
    channel.most = std::max(channel.most, channel.high);
    channel.shown = i < kMostShown;
  }
  std::string note;
  if (chosen) note = "Channels are shown from the 0.1th to the 99.9th percentile of a sample of tiles. ";
  if (channels.size() > kMostShown)
    note += fmt::format("{} of {} channels are on. ", kMostShown, channels.size());
  return note;
}

int bitsFor(double value) {
  constexpr std::array kBits{8, 10, 12, 14, 16};
  for (const int bits : kBits)
    if (value <= std::exp2(bits) - 1) return bits;
  return 0;
}

}  // namespace geneglass
