// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <memory>
#include <vector>

#include "inference/prediction/prediction.h"

class QLabel;

namespace geneglass {

class ClassBar;

/// What the model calls the slide, one call below the other: "P(tumour) 0.93", "CMS: CMS2 0.71, ...", once a
/// share of the tiles is computed; never without the held-out AUC, its interval, its calibration and what it
/// is for; marked where the tissue is unlike the training tissue; nothing where the model makes no call. GUI
/// thread.
class CallsView final : public QFrame {
  Q_OBJECT

 public:
  static constexpr double kLeastShare = 0.25;  ///< of the tiles: a call of fewer is not shown

  explicit CallsView(QWidget* parent = nullptr);
  void showPrediction(const std::shared_ptr<const Prediction>& prediction);  ///< null for none

 private:
  struct Row {
    QWidget* widget;
    QLabel* value;
    QLabel* reliability;
    ClassBar* tiles;  ///< shown of a call of tiles
  };
  void addRow();
  void showCall(const Row& row, const Prediction& prediction, const SlideCall& call);
  std::vector<Row> m_rows;  ///< as many as a prediction had calls at most; those that are too many are hidden
};

/// "P(tumour) 0.93"; of more than two classes "CMS: CMS2 0.71, CMS1 0.20, CMS3 0.09", the likeliest first; of
/// tiles "tissue: tumour 41 %, stroma 20 %", and by templates what the slide is called: "CMS: CMS2 (p
/// 0.001)", "CMS: no call (nearest CMS2, p 0.210)"
QString callText(const SlideCall& call);

/// "held-out AUC 0.98 [0.95, 1.00], 120 slides of 60 patients", or "synthetic slides"; of more than two
/// classes "held-out AUC CMS1 0.91 [0.85, 0.95], CMS2 ..."; of tiles that it was not judged here, or never
/// tested
QString reliabilityText(const CallFacts& facts);
QString reliabilityText(const SlideCall& call);

/// "tumour region 12.30 mm², 34 % of 615 tiles"; "no tumour region in 54
/// tiles"; empty while tiles wait, and for more than two classes.
QString regionText(const Prediction& prediction, const SlideCall& call);

}  // namespace geneglass
