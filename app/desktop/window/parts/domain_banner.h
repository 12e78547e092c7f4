// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <filesystem>

#include "app/desktop/session/model_advice.h"
#include "inference/prediction/prediction.h"

class QLabel;
class QPushButton;

namespace geneglass {

/// A line over a slide whose tissue is unlike what the model learnt from: says so, and that numbers are
/// withheld; its button shows them, and withholds them again. Where another model learnt from such tissue, a
/// second button takes it. Nothing over other slides. GUI thread.
class DomainBanner final : public QFrame {
  Q_OBJECT

 public:
  explicit DomainBanner(QWidget* parent = nullptr);
  void showPrediction(const Prediction* prediction);  ///< as it is shown; null for none
  void showAdvice(const ModelAdvice& advice);
  QString sentence() const;  ///< empty where there is nothing to say

 Q_SIGNALS:
  void allWanted(bool all);
  void modelWanted(const std::filesystem::path& folder);

 private:
  QLabel* m_text;
  QLabel* m_advice;  ///< of other models
  QPushButton* m_take;
  QPushButton* m_button;
  std::filesystem::path m_suited;
  bool m_withheld = false;
};

}  // namespace geneglass
