// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/channels/tiff_pages.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// Where one channel of one level lies in a TIFF.
struct ChannelPlace {
  size_t page = 0;     ///< in the list of pages
  int sample = 0;      ///< of its pixels
  uint64_t shift = 0;  ///< bytes behind the page's own samples: ImageJ appends planes to the first page
};

/// A level of the file and its channels.
struct ChannelLevel {
  Size size;
  std::vector<ChannelPlace> places;  ///< one a channel
};

/// A channel as a file describes it.
struct FoundChannel {
  Channel channel;        ///< its range only where `hasRange`
  bool hasRange = false;  ///< the file says what is to be shown as black and as bright
  int bits = 0;           ///< that count of a sample, where the file says so; 0: it does not
};

/// What a file's layout says: which pages and samples are which channel of which level.
struct ChannelLayout {
  std::vector<ChannelLevel> levels;  ///< finest first
  std::vector<FoundChannel> channels;
  bool isColour = false;  ///< the three channels are red, green and blue of a stained slide
  std::string vendor;
  std::optional<Mpp> mpp;
  std::optional<double> objectivePower;
  std::string note;                                                  ///< sentences, see Slide::note
  std::vector<std::pair<AssociatedImage, size_t>> associatedImages;  ///< and the page of each
};

/// Nothing where the pages are not of the layout's own; an Error's sentence is the reason for cannotOpen.
using FoundLayout = Result<std::optional<ChannelLayout>>;

/// More channels than any slide has.
constexpr size_t kMostChannels = 256;

/// Whether samples are red, green and blue.
bool isRgb(const TiffPage& page);

/// Samples of a page that are values: without alpha.
int valueSamples(const TiffPage& page);

/// Colours in their order for channels that have none: one is white; blue first where the name is of a stain
/// of nuclei.
void colourChannels(std::vector<FoundChannel>& channels);

/// Channels by number, red, green and blue where they are a picture's.
std::vector<FoundChannel> unnamedChannels(size_t count, bool isColour);

/// A smaller picture of the same sides as `finest`, to a pixel or two.
bool isSmallerCopy(Size size, Size finest);

/// Each value sample of a page, up to the first that is more than kMostChannels.
std::vector<ChannelPlace> samplesOf(const TiffPage& page, size_t index);

/// Adds a coarser level after each channel's page where all pages hold one within themselves, of one size
/// and in order.
void addLevelsWithin(ChannelLayout& layout, const std::vector<TiffPage>& pages);

/// "The first of 3 times is shown." and the like; empty where there is but one.
std::string choiceOf(const char* what, size_t shown, size_t count);

}  // namespace geneglass
