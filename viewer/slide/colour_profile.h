// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Larger profiles are refused: real ones take at most a few hundred KiB.
constexpr size_t kLargestColourProfile = 16u << 20;

/// From the RGB of a slide to that of a screen, for the points of a grid. Linear light, for sRGB in its
/// primaries and not limited to 0..1, because that is nearly straight between two points: after the look-up
/// come the limits and sRGB's curve.
struct ColourCube {
  int size = 0;               ///< points a side
  std::vector<float> values;  ///< size^3 x (red, green, blue); the index of red runs fastest, blue slowest
};

/// The grid that `displayCube` makes: with it the look-up stays within CIE Delta E 2000 of 1 also for the
/// widest gamuts, rounding to 8 bits included.
constexpr int kDisplayCubeSize = 57;

/// What a file says of its colours.
struct EmbeddedProfile {
  std::vector<uint8_t> bytes;  ///< empty where there is none that can be used
  std::string name;
  std::string refusal;  ///< a sentence; empty unless there is a profile that cannot be used
};

/// What can be used of a file's ICC profile; nothing where it has no bytes. Any thread.
EmbeddedProfile embeddedProfile(std::vector<uint8_t> bytes);

/// What an ICC profile calls itself. Errors: damaged, too large, not for RGB, no profile of a device. Any
/// thread.
Result<std::string> colourProfileName(std::span<const uint8_t> profile);

/// The same of a screen's profile: no scanner's and no printer's will do.
Result<std::string> screenProfileName(std::span<const uint8_t> profile);

/// From the profile's RGB to sRGB: relative colorimetric with black point compensation. That keeps every
/// colour the screen can show as it was measured, which a perceptual intent, free to repaint everything, does
/// not promise; and it keeps dark nuclei apart where the scanner's black is not the screen's. Profiles with
/// perceptual tables alone are read through those. Takes some 30 ms: not on the GUI thread. Errors as above.
Result<ColourCube> displayCube(std::span<const uint8_t> profile, int size = kDisplayCubeSize);

/// From the slide's RGB to what a screen of this profile is sent, in the same way; either is sRGB where it
/// has no bytes. With a screen's profile the values end at 0 and 1, and sRGB's curve after the look-up gives
/// the numbers for the screen. Errors: as above, and the same of the screen's profile.
Result<ColourCube> screenCube(std::span<const uint8_t> slide, std::span<const uint8_t> screen,
                              int size = kDisplayCubeSize);

}  // namespace geneglass
