// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace geneglass::testing {

/// A folder with counts.tsv and spots.tsv: 8 x 6 spots, `pitch` level-0 pixels apart, of `first` (more to the
/// right), TP53 (more downwards) and MUC2 (the same everywhere).
inline std::filesystem::path writeSpotFiles(const std::filesystem::path& folder, int pitch = 200,
                                            const std::string& first = "VIM") {
  std::filesystem::create_directories(folder);
  std::ofstream counts(folder / "counts.tsv"), places(folder / "spots.tsv");
  counts << "\t" << first << "\tTP53\tMUC2\tREST\n";
  places << "x\ty\tpixel_x\tpixel_y\n";
  for (int y = 1; y <= 6; ++y)
    for (int x = 1; x <= 8; ++x) {
      counts << x << "x" << y << "\t" << x << "\t" << y << "\t7\t" << 100 - x - y << "\n";
      places << x << "\t" << y << "\t" << pitch * x << "\t" << pitch * y << "\n";
    }
  return folder;
}

}  // namespace geneglass::testing
