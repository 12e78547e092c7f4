// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viewer/slide/channels/channel_layout.h"
#include "viewer/slide/channels/channel_source.h"

namespace geneglass {

/// What was found of a channel's values in a sample of tiles of the file's coarsest level.
struct SampledValues {
  double least = 0;
  double most = 0;
  double dark = 0;    ///< 0.1th percentile
  double bright = 0;  ///< 99.9th percentile
  bool any = false;   ///< some could be read
};

/// One for each channel. Reads up to 16 tiles a channel, fewer of many channels; blocks on the disk.
std::vector<SampledValues> sampleValues(const ChannelReading& reading, size_t channels);

/// Gives channels that have no range one by the rule of channel_tiff.h, and turns off those that are too many
/// for one picture; what they can be covers their range. A sentence for Slide::note, or none.
std::string settleRanges(std::vector<FoundChannel>& channels, const std::vector<SampledValues>& found);

/// Numbers of bits that scanners count in: the smallest of 8, 10, 12, 14 and 16 that holds the value; 0
/// where it takes more.
int bitsFor(double value);

}  // namespace geneglass
