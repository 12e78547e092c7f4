// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include "overlays/overlay_plugin.h"

namespace geneglass {

/// What an overlay is for, so that the program needs to know none by name.
enum class OverlayRole {
  Other,
  Map,         ///< "map": colours the slide
  Expression,  ///< "expression": the map of the chosen gene's expression
  Together,    ///< "together": the map of several genes
  Evidence,    ///< "evidence": the map of a diagnosis
  Spots,       ///< "spots": what was measured of the chosen gene
  ScaleBar,    ///< "scale_bar": left out of files, which get one of their own
};

/// One of the roles that colour the slide: two of them mix to mud.
bool isMap(OverlayRole role);

/// Whether it hides tissue: a map, or measured spots, which may lie over one.
inline bool coloursSlide(OverlayRole role) {
  return isMap(role) || role == OverlayRole::Spots;
}

/// What of a scene an overlay is made from, besides the slide. "gene" is of the prediction, so it gives both.
struct OverlayNeeds {
  bool tissue = false;
  bool prediction = false;
  bool gene = false;
  bool spots = false;
  bool sharpened = false;
  bool together = false;
};

/// The scene without what is not needed: while this is the same, so is the overlay.
OverlayScene partsOf(const OverlayScene& scene, const OverlayNeeds& needs);

/// What a plugin says of itself before its code runs.
struct OverlayMetadata {
  QString identifier;  ///< "attention"
  QString name;        ///< for people: "Attention"
  QString version;     ///< its own, for people; empty where it says none
  int order = 0;       ///< the lowest is drawn first
  bool onAtStart = false;
  OverlayRole role = OverlayRole::Other;
  OverlayNeeds needs;
  QString refusal;  ///< why it cannot be used, to follow the file's name: "does not say its name in ..."
};

/// Of QPluginLoader::metaData(). As much as can be read, and the first refusal.
OverlayMetadata readOverlayMetadata(const QJsonObject& outer);

}  // namespace geneglass
