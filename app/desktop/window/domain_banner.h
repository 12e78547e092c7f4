// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "inference/prediction/prediction.h"

class QLabel;
class QPushButton;

namespace geneglass {

/// A line over a slide whose tissue is unlike what the model learnt from: says so, and that numbers are
/// withheld; its button shows them, and withholds them again. Nothing over other slides. GUI thread.
class DomainBanner final : public QFrame {
  Q_OBJECT

 public:
  explicit DomainBanner(QWidget* parent = nullptr);
  void showPrediction(const Prediction* prediction);  ///< as it is shown; null for none
  QString sentence() const;                           ///< empty where there is nothing to say

 Q_SIGNALS:
  void allWanted(bool all);

 private:
  QLabel* m_text;
  QPushButton* m_button;
  bool m_withheld = false;
};

}  // namespace geneglass
