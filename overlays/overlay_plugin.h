// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtPlugin>
#include <memory>

#include "inference/prediction/prediction.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/canvas/overlay.h"

namespace geneglass {

/// What there is to be drawn about. Everything but the slide may be missing. Shared and constant.
struct OverlayScene {
  std::shared_ptr<const Slide> slide;
  std::shared_ptr<const TissueMask> tissue;
  std::shared_ptr<const Prediction> prediction;
  int gene = -1;  ///< chosen gene, index into prediction->genes; -1 for none
};

/// Makes overlays. One .cpp a plugin; its metadata (name, order, on) is read before its code runs.
class OverlayPlugin {
 public:
  virtual ~OverlayPlugin() = default;

  /// An overlay for this scene, or the sentence why there is none ("Choose a gene to see its expression.").
  virtual Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const = 0;
};

}  // namespace geneglass

/// The number goes up with every change of Overlay, OverlayPlugin or OverlayScene: a plugin of another
/// version is refused.
#define GENEGLASS_OVERLAY_INTERFACE "org.geneglass.OverlayPlugin/2"
Q_DECLARE_INTERFACE(geneglass::OverlayPlugin, GENEGLASS_OVERLAY_INTERFACE)
