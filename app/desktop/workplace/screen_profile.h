// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace geneglass {

/// Where the screen's profile comes from: a file, else these bytes, else the screen counts as sRGB.
struct ScreenSource {
  std::optional<std::filesystem::path> file;
  std::vector<uint8_t> bytes;
};

/// The ICC profile of the screen.
struct ScreenProfile {
  std::vector<uint8_t> bytes;  ///< empty: the screen counts as sRGB
  std::string name;            ///< empty without bytes
  std::string refusal;         ///< a sentence, where there is a profile that cannot be used
};

/// Reads and checks it. Blocks on the disk; any thread.
ScreenProfile readScreenProfile(const ScreenSource& source);

/// What the window system says the first screen's profile is: on X11 the property _ICC_PROFILE of the root
/// window (ICC Profiles in X, 0.4). Nothing where it says none, or on Wayland. GUI thread.
std::vector<uint8_t> systemScreenProfile();

}  // namespace geneglass
