// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "viewer/slide/slide.h"

class QLabel;
class QLineEdit;

namespace geneglass {

/// Asks for a place on a slide; what is none is said in the dialog, which stays. GUI thread.
class GoToDialog final : public QDialog {
  Q_OBJECT

 public:
  GoToDialog(std::shared_ptr<const Slide> slide, Point now, QWidget* parent);  ///< now: level-0 pixels

  void accept() override;

 Q_SIGNALS:
  void placeWanted(geneglass::Point slide);  ///< level-0 pixels

 private:
  const std::shared_ptr<const Slide> m_slide;
  QLineEdit* m_place;
  QLabel* m_refusal;
};

}  // namespace geneglass
