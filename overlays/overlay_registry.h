// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "overlays/overlay_metadata.h"

namespace geneglass {

/// One file of a plugin folder: loaded, or refused with the reason. Never unloaded.
struct OverlayEntry {
  QString identifier;  ///< from the metadata: "attention"
  QString name;        ///< for people: "Attention"
  QString version;     ///< its own, for people; empty where it says none
  int order = 0;       ///< the lowest is drawn first
  bool onAtStart = false;
  OverlayRole role = OverlayRole::Other;
  OverlayNeeds needs;
  const OverlayPlugin* plugin = nullptr;  ///< null when refused
  std::vector<OverlayControl> controls = {};
  std::shared_ptr<std::mutex> making =
      std::make_shared<std::mutex>();  ///< one overlay at a time; of all copies
  QString refusal;                     ///< one sentence; empty when loaded
  std::filesystem::path file;
};

/// Reads every shared library of the folders: metadata first, code only where the interface version fits. In
/// drawing order, refused ones last. Of two files with one identifier the first by folder, then file name is
/// loaded. A folder that does not exist has none, one that is given twice counts once.
std::vector<OverlayEntry> loadOverlays(const std::vector<std::filesystem::path>& folders);
inline std::vector<OverlayEntry> loadOverlays(const std::filesystem::path& folder) {
  return loadOverlays(std::vector{folder});
}

/// ../lib/geneglass/overlays from the program, in the build tree and where it is installed. Needs a
/// QCoreApplication.
std::filesystem::path overlayFolder();
/// Those that a call names, overlayFolder(), and the user's own: geneglass/overlays in ~/.local/share.
std::vector<std::filesystem::path> overlayFolders(const std::vector<std::filesystem::path>& named = {});

/// The border round a plugin's code: its exceptions become a sentence that names the overlay; what the
/// overlay throws later, while it is drawn, is reported once and leaves it blank. A refused entry gives its
/// refusal. The plugin sees what it needs of the scene and nothing else. Any thread.
Result<std::shared_ptr<const Overlay>> makeOverlay(const OverlayEntry& entry, const OverlayScene& scene);
/// Why makeOverlay() would give none, as far as the plugin can say without making it.
Result<void> mayMakeOverlay(const OverlayEntry& entry, const OverlayScene& scene);

}  // namespace geneglass
