// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/channel.h"

namespace geneglass {

/// One resolution of the pyramid. Level 0 is the finest.
struct Level {
  Size size;              ///< in pixels of this level
  double downsample = 1;  ///< level-0 pixels per pixel of this level; any number >= 1, not only powers of two
  Size tile;              ///< tile size in pixels of this level; the last column and row may be cut short
  bool reduced = false;   ///< not in the file: made from a finer level while decoding, only to be looked at

  int64_t columns() const { return (size.width + tile.width - 1) / tile.width; }
  int64_t rows() const { return (size.height + tile.height - 1) / tile.height; }
};

/// Micrometres per level-0 pixel.
struct Mpp {
  double x = 0;
  double y = 0;
  double mean() const { return (x + y) / 2; }
};

/// Who said how large a pixel is.
enum class MppOrigin { Unknown, Vendor, TiffResolution, User };

/// A picture stored beside the pyramid. Label and macro may name the patient: never shown unasked.
struct AssociatedImage {
  std::string name;
  Size size;
  bool mayIdentifyPatient = false;
};

/// Constant facts of an opened file. Any thread may read them.
struct Slide {
  std::filesystem::path file;
  std::string driver;         ///< which TileSource reads it: "openslide", ...
  std::string vendor;         ///< "aperio", "hamamatsu", "generic-tiff", ...
  std::vector<Level> levels;  ///< at least one, finest first
  std::optional<Mpp> mpp;
  MppOrigin mppOrigin = MppOrigin::Unknown;
  std::optional<double> objectivePower;  ///< the scanner's objective, for example 20
  std::string hash;  ///< 64 hexadecimal digits; see viewer/slide/content_hash.h for what it covers
  std::vector<AssociatedImage> associatedImages;
  Rect bounds;  ///< the part that holds tissue, level-0 pixels; the whole of level 0 where the vendor says
                ///< nothing
  std::vector<uint8_t> colourProfile;  ///< ICC, of level 0's RGB; empty where there is none that can be used
  std::string colourProfileName;
  std::string colourProfileRefusal;  ///< a sentence, where the file has one that cannot be used
  std::string damage;                ///< sentences, where a part of the file is known to be lost
  std::vector<Channel> channels;     ///< of a fluorescence slide, as it opens; empty: a colour picture
  std::string note;  ///< sentences on what was chosen or stretched to show it: "Plane 3 of 5 is shown."

  Size size() const { return levels.front().size; }
  std::string name() const { return file.stem().string(); }

  /// The coarsest level of the file that is at least as fine as `downsample` level-0 pixels per pixel (0 if
  /// none is). A level that odd sizes made up to 0.5 % coarser (2.0005 for 2) counts as fine enough.
  int levelFor(double downsample) const;

  /// The same among all levels, the reduced ones too: for the screen, not for analysis.
  int viewLevelFor(double downsample) const;
};

const char* toString(MppOrigin origin);

/// The sentence for a slide without mpp: names the file and says how to give one.
Error unknownMpp(const Slide& slide);

/// Why no model can read the slide: it is fluorescence, or its mpp is not known. Nothing where one can.
std::optional<Error> unfitForModels(const Slide& slide);

}  // namespace geneglass
