// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <memory>

#include "inference/prediction/prediction.h"

class QLabel;

namespace geneglass {

/// "P(tumour) 0.93", never without the held-out AUC, its interval, its calibration and what it is for;
/// nothing where the model has no diagnosis. GUI thread.
class DiagnosisView final : public QFrame {
  Q_OBJECT

 public:
  explicit DiagnosisView(QWidget* parent = nullptr);
  void showPrediction(const std::shared_ptr<const Prediction>& prediction);  ///< null for none

 private:
  QLabel* m_value;
  QLabel* m_reliability;
};

/// "held-out AUC 0.98 [0.95, 1.00], 120 slides of 60 patients", or "synthetic slides"
QString reliabilityText(const DiagnosisFacts& facts);

/// "tumour region 12.30 mm², 34 % of 615 tiles"; "no tumour region in 54
/// tiles"; empty while tiles wait.
QString regionText(const Prediction& prediction);

}  // namespace geneglass
