// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/case/case.h"

namespace geneglass {

/// An overlay that was shown when a snapshot was taken.
struct ShownOverlay {
  std::string name;    ///< as the list of overlays has it
  double opacity = 1;  ///< 0 to 1
  bool operator==(const ShownOverlay&) const = default;
};

/// What was taken into the tray, without its picture. The picture holds what the view showed: slide, maps,
/// annotation lines and labels, legend and scale bar.
struct TraySnapshot {
  std::string id = {};       ///< a UUID: names its picture in the case
  std::string taken = {};    ///< ISO 8601 in UTC, to the second: "2026-11-29T01:15:00Z"
  std::string caption = {};  ///< the user's; one line or several
  CaseView view = {};        ///< `downsample`: level-0 pixels per pixel of the picture
  Size size = {};            ///< of the picture as taken, pixels; the longer side at most kTraySide
  std::string gene = {};     ///< symbol; empty for none
  std::string slide = {};    ///< Slide::hash, of the slide that is shown
  std::string model = {};    ///< Prediction::modelHash of what was predicted then; empty for none
  std::vector<ShownOverlay> overlays = {};  ///< from the lowest up
  std::vector<std::string> notes = {};  ///< sentences on what is provisional, withheld, unlike the training
  bool operator==(const TraySnapshot&) const = default;
};

inline constexpr int kTraySide = 2000;  ///< pixels a side that a picture of the tray has at most

/// Snapshots as a JSON list; those of a text that are none are left out.
std::string textOf(const std::vector<TraySnapshot>& snapshots);
std::vector<TraySnapshot> traySnapshotsOf(std::string_view text);

/// The tray of a case, in the user's order, and a snapshot's picture: the bytes of a PNG or JPEG file; empty
/// where the case has none. GUI thread, as all that follows.
std::vector<TraySnapshot> traySnapshots(const Case& document);
QByteArray trayPicture(const Case& document, const std::string& id);

/// A snapshot at the end of the tray, which takes one step. The picture is kept beside the list: no later
/// step copies it. It goes once it is neither in the tray nor in any step that can be undone or done again.
void addToTray(Case& document, const TraySnapshot& snapshot, const QByteArray& picture);

/// The tray with other captions, another order, or fewer snapshots: one step, `what` in the imperative.
void setTray(Case& document, const std::vector<TraySnapshot>& snapshots, const QString& what);

/// Where a snapshot was taken, for a canvas of so many screen pixels: all of it, as large as fits.
CaseView viewOn(Size canvas, const TraySnapshot& snapshot);

}  // namespace geneglass
