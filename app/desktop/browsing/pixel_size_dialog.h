// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>
#include <optional>

#include "viewer/slide/slide.h"

namespace geneglass {

/// Asks how large a pixel of a slide is, which is remembered by what the slide is; what was typed can be
/// forgotten. GUI thread.
class PixelSizeDialog final : public QDialog {
  Q_OBJECT

 public:
  PixelSizeDialog(std::shared_ptr<const Slide> slide, QWidget* parent);

 Q_SIGNALS:
  /// The slide is to be opened anew with these micrometres per level-0 pixel; none: as its file says.
  void chosen(std::optional<double> mpp);
};

}  // namespace geneglass
