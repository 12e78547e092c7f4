// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <vector>

#include "overlays/overlay_plugin.h"

namespace geneglass {

/// One file of the plugin folder: loaded, or refused with the reason. Never unloaded.
struct OverlayEntry {
  QString identifier;  ///< from the metadata: "attention"
  QString name;        ///< for people: "Attention"
  int order = 0;       ///< the lowest is drawn first
  bool onAtStart = false;
  const OverlayPlugin* plugin = nullptr;  ///< null when refused
  QString refusal;                        ///< one sentence; empty when loaded
  std::filesystem::path file;
};

/// Reads every plugin file of a folder: metadata first, code only where the interface version fits. In
/// drawing order, refused ones last. A folder that does not exist has none.
std::vector<OverlayEntry> loadOverlays(const std::filesystem::path& folder);

/// Beside the program (build tree) or in ../lib/geneglass/overlays (installed); GENEGLASS_OVERLAYS overrides.
std::filesystem::path overlayFolder();

}  // namespace geneglass
