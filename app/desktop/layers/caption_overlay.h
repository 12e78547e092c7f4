// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>

#include "inference/prediction/prediction.h"
#include "viewer/canvas/overlay.h"

namespace geneglass {

/// What a prediction is, for people: the model's statement and that it is for research use only; first, where
/// so, that the slide is unlike the training tissue.
QString modelCaption(const Prediction& prediction);

/// "Provisional: 64 of 667 tiles computed." while tiles wait, else empty.
QString provisionalCaption(const Prediction& prediction);

/// A sentence on a light plate in the upper left corner.
class CaptionOverlay final : public Overlay {
 public:
  /// `most`: of the picture's height. Where the sentence takes more, it ends with "… Research use only.".
  explicit CaptionOverlay(QString text, double most = 1) : m_text(std::move(text)), m_most(most) {}
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  QString m_text;
  double m_most;
};

}  // namespace geneglass
