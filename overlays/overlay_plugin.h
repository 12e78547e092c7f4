// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtPlugin>
#include <memory>

#include "inference/prediction/genes_together.h"
#include "inference/prediction/measured_spots.h"
#include "inference/prediction/prediction.h"
#include "inference/prediction/sharpened_maps.h"
#include "inference/tissue/tissue_mask.h"
#include "overlays/overlay_control.h"
#include "viewer/canvas/overlay.h"

namespace geneglass {

/// What there is to be drawn about. Everything but the slide may be missing. Shared and constant. A plugin is
/// given only what its metadata says it needs.
struct OverlayScene {
  std::shared_ptr<const Slide> slide;
  std::shared_ptr<const TissueMask> tissue;
  std::shared_ptr<const Prediction> prediction;
  int gene = -1;                               ///< chosen gene, index into prediction->genes; -1 for none
  std::shared_ptr<const MeasuredSpots> spots;  ///< null where none were opened
  std::shared_ptr<const SharpenedMaps>
      sharpened;  ///< of the prediction's model; null where none were asked for
  std::shared_ptr<const GenesTogether> together;  ///< of the prediction; null where none were chosen
  std::vector<double> settings = {};              ///< of the plugin's controls, one each, as they may be
  bool operator==(const OverlayScene&) const = default;
};

/// Makes overlays. One .cpp a plugin; its metadata (name, order, needs, role) is read before its code runs.
/// An overlay lives as long as what it needs and its settings are the same; one that is switched off is not
/// made. Any thread, one at a time: those of genes that may be chosen next are made behind the window.
class OverlayPlugin {
 public:
  virtual ~OverlayPlugin() = default;

  /// What the user may set. Asked once, when the plugin is loaded.
  virtual std::vector<OverlayControl> controls() const { return {}; }

  /// Why there is nothing to draw in this scene ("Choose a gene to see its expression."). At once: it is
  /// asked of overlays that are switched off too.
  virtual Result<void> mayMake(const OverlayScene& scene) const {
    Q_UNUSED(scene);
    return {};
  }

  /// An overlay for a scene that mayMake() has nothing against, or the sentence why there is none.
  virtual Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const = 0;
};

}  // namespace geneglass

/// The number goes up with every change of what a plugin is compiled against: a plugin of another number is
/// refused. tests/overlays/overlay_interface_test.cpp holds it to that.
#define GENEGLASS_OVERLAY_INTERFACE "org.geneglass.OverlayPlugin/19"
Q_DECLARE_INTERFACE(geneglass::OverlayPlugin, GENEGLASS_OVERLAY_INTERFACE)
