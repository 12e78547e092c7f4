// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/benchmark/view_benchmark.h"
#include "viewer/foundation/geometry.h"

namespace geneglass {

/// What the program was called for.
struct Call {
  std::vector<std::filesystem::path> slides;      ///< each in a pane of its own
  std::optional<size_t> memory;                   ///< bytes for tiles, textures and maps; none: the usual
  std::vector<std::filesystem::path> overlays;    ///< folders of plugins beside the usual ones
  std::optional<std::filesystem::path> model;     ///< none: the shipped one
  std::optional<double> mpp;                      ///< micrometres per level-0 pixel; none: as the file says
  std::string gene;                               ///< empty for none
  std::optional<std::filesystem::path> spots;     ///< the folder of those measured on the slide
  std::optional<std::filesystem::path> caseFile;  ///< none: the one beside the slide
  std::optional<std::filesystem::path> snapshot;
  std::optional<std::filesystem::path> report;
  std::optional<Rect> region;  ///< level-0 pixels
  Size size{1600, 1000};       ///< of the snapshot, pixels
  std::vector<std::string>
      shown;           ///< overlays that the snapshot shows beside those that are on, by identifier
  bool plain = false;  ///< the snapshot has nothing beside slide and maps
  std::optional<ViewBenchmarkOptions> bench;
  bool json = false;  ///< how the benchmark prints

  bool needsNoWindow() const { return snapshot || report || bench; }
};

/// The parsed call, or the exit status of one that ends here: 0 after help or version, 2 with the usage on
/// standard error.
std::variant<Call, int> parseCall(int count, const char* const* words);

}  // namespace geneglass
