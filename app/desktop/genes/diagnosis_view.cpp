// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/diagnosis_view.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace geneglass {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("DiagnosisView", text);
}

QString number(double value, int decimals = 2) {
  return QString::number(value, 'f', decimals);
}

}  // namespace

QString reliabilityText(const DiagnosisFacts& facts) {
  return say(facts.synthetic ? "held-out AUC %1 [%2, %3], %4 synthetic slides of %5 patients"
                             : "held-out AUC %1 [%2, %3], %4 slides of %5 patients")
      .arg(number(facts.auc), number(facts.aucLow), number(facts.aucHigh))
      .arg(facts.slides)
      .arg(facts.patients);
}

QString regionText(const Prediction& prediction) {
  if (!prediction.diagnosis || !prediction.waiting.empty() || prediction.grid.count() == 0) return {};
  const SlideDiagnosis& diagnosis = *prediction.diagnosis;
  if (diagnosis.regionTiles == 0) return say("no tumour region in %1 tiles").arg(prediction.grid.count());
  return say("tumour region %1 mm², %2 % of %3 tiles")
      .arg(number(diagnosis.regionMm2),
           number(100 * double(diagnosis.regionTiles) / double(prediction.grid.count()), 0))
      .arg(prediction.grid.count());
}

DiagnosisView::DiagnosisView(QWidget* parent)
    : QFrame(parent), m_value(new QLabel), m_reliability(new QLabel) {
  setFrameShape(QFrame::StyledPanel);
  setAccessibleName(tr("Diagnosis"));
  QFont large = m_value->font();
  large.setPointSizeF(large.pointSizeF() * 1.35);
  large.setBold(true);
  m_value->setFont(large);
  m_value->setAccessibleName(tr("Probability of tumour"));
  m_reliability->setWordWrap(true);
  m_reliability->setAccessibleName(tr("How far it is to be believed"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 5, 8, 6);
  layout->setSpacing(2);
  layout->addWidget(m_value);
  layout->addWidget(m_reliability);
  hide();
}

void DiagnosisView::showPrediction(const std::shared_ptr<const Prediction>& prediction) {
  setVisible(prediction && prediction->diagnosis);
  if (!prediction || !prediction->diagnosis) return;
  const SlideDiagnosis& diagnosis = *prediction->diagnosis;
  const QString name = QString::fromStdString(diagnosis.facts.positive);
  m_value->setText((prediction->waiting.empty() ? tr("P(%1) %2") : tr("P(%1) %2 so far"))
                       .arg(name, number(diagnosis.probability)));
  QString text = reliabilityText(diagnosis.facts);
  if (const QString region = regionText(*prediction); !region.isEmpty()) text += tr("; %1").arg(region);
  text += tr(". Calibrated, expected error %1.").arg(number(diagnosis.facts.calibrationError));
  if (diagnosis.facts.synthetic) text += tr(" Learnt from synthetic slides: it says nothing of real tissue.");
  m_reliability->setText(tr("%1 Research use only, not for diagnosis.").arg(text));
  setToolTip(tr("%1.\nCalibrated on held-out slides, expected error %2. Accuracy there at P = %3: %4.\nThe "
                "region: tiles that the model's classifier of single tiles calls tumour.")
                 .arg(QString::fromStdString(diagnosis.facts.statement),
                      number(diagnosis.facts.calibrationError, 3), number(diagnosis.facts.threshold),
                      number(diagnosis.facts.accuracy)));
}

}  // namespace geneglass
