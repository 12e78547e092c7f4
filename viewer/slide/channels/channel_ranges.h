// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

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

/// Numbers of bits that scanners count in: the smallest of 8, 10, 12, 14 and 16 that holds the value; 0
/// where it takes more.
int bitsFor(double value);

}  // namespace geneglass
