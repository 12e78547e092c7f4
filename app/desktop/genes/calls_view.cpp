// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/calls_view.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

#include "app/desktop/help/glossary.h"
#include "inference/prediction/withheld.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

struct CallsText {
  Q_DECLARE_TR_FUNCTIONS(CallsText)
};

QString number(double value, int decimals = 2) {
  return numberText(value, decimals);
}

QString named(const ClassFacts& facts, double value) {
  return QStringLiteral("%1 %2").arg(QString::fromStdString(facts.name), number(value));
}

QString interval(const ClassFacts& facts) {
  return QStringLiteral(" [%1, %2]").arg(number(facts.aucLow), number(facts.aucHigh));
}

QString areaText(const CallFacts& facts) {
  if (facts.isDiagnosis()) return number(facts.positive().auc) + interval(facts.positive());
  QStringList areas;
  for (const ClassFacts& each : facts.classes) areas << named(each, each.auc) + interval(each);
  return areas.join(QStringLiteral(", "));
}

QString explanation(const CallFacts& facts) {
  const QString begin = CallsText::tr("%1.\nCalibrated on held-out slides, expected error %2. ")
                            .arg(QString::fromStdString(facts.statement), number(facts.calibrationError, 3));
  if (facts.ofTiles) return QString::fromStdString(facts.statement);
  if (!facts.isDiagnosis())
    return begin + CallsText::tr("Accuracy of the likeliest class there: %1.").arg(number(facts.accuracy));
  return begin + CallsText::tr(
                     "Accuracy there at P = %1: %2.\nThe region: tiles that the model's classifier of single "
                     "tiles calls %3.")
                     .arg(number(facts.threshold), number(facts.accuracy),
                          QString::fromStdString(facts.positive().name));
}

QString trustText(const Prediction& prediction, const SlideCall& call) {
  const CallFacts& facts = call.facts;
  QString text = reliabilityText(facts);
  if (facts.ofTiles)
    return CallsText::tr(
               "%1 tiles, each of the class it most resembles: %2. Research use only, not for diagnosis.")
        .arg(call.classOfTile.size())
        .arg(text);
  if (const QString region = regionText(prediction, call); !region.isEmpty())
    text += CallsText::tr("; %1").arg(region);
  text += CallsText::tr(". Calibrated, expected error %1.").arg(number(facts.calibrationError));
  if (facts.synthetic)
    text += CallsText::tr(" Learnt from synthetic slides: it says nothing of real tissue.");
  return CallsText::tr("%1 Research use only, not for diagnosis.").arg(text);
}

}  // namespace

QString callText(const SlideCall& call) {
  if (call.facts.isDiagnosis())
    return CallsText::tr("P(%1) %2")
        .arg(QString::fromStdString(call.facts.positive().name), number(call.probability()));
  QStringList chances;
  for (const size_t each : classesByShare(call))
    if (!call.facts.ofTiles)
      chances << named(call.facts.classes[each], call.probabilities[each]);
    else if (call.probabilities[each] > 0)
      chances << CallsText::tr("%1 %2 %").arg(QString::fromStdString(call.facts.classes[each].name),
                                              number(100 * call.probabilities[each], 0));
  return CallsText::tr("%1: %2").arg(QString::fromStdString(call.facts.target),
                                     chances.join(QStringLiteral(", ")));
}

QString reliabilityText(const CallFacts& facts) {
  if (facts.ofTiles) return CallsText::tr("an imported classifier, not judged here");
  const QString text = facts.synthetic ? CallsText::tr("held-out AUC %1, %2 synthetic slides of %3 patients")
                                       : CallsText::tr("held-out AUC %1, %2 slides of %3 patients");
  return text.arg(areaText(facts)).arg(facts.slides).arg(facts.patients);
}

QString regionText(const Prediction& prediction, const SlideCall& call) {
  if (!call.facts.isDiagnosis() || !prediction.waiting.empty() || prediction.grid.count() == 0) return {};
  const QString name = QString::fromStdString(call.facts.positive().name);
  if (call.regionTiles == 0)
    return CallsText::tr("no %1 region in %2 tiles").arg(name).arg(prediction.grid.count());
  return CallsText::tr("%1 region %2 mm², %3 % of %4 tiles")
      .arg(name, number(call.regionMm2),
           number(100 * double(call.regionTiles) / double(prediction.grid.count()), 0))
      .arg(prediction.grid.count());
}

/// "P(tumour): after 25 % of the tiles"
static QString waitingText(const SlideCall& call) {
  const QString name = call.facts.isDiagnosis()
                           ? CallsText::tr("P(%1)").arg(QString::fromStdString(call.facts.positive().name))
                           : QString::fromStdString(call.facts.target);
  return CallsText::tr("%1: after %2 % of the tiles").arg(name, number(100 * CallsView::kLeastShare, 0));
}

CallsView::CallsView(QWidget* parent) : QFrame(parent) {
  setFrameShape(QFrame::StyledPanel);
  setAccessibleName(tr("Diagnosis"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 5, 8, 6);
  layout->setSpacing(6);
  hide();
}

void CallsView::addRow() {
  const Row row{new QWidget, new QLabel, new QLabel};
  QFont large = row.value->font();
  large.setPointSizeF(large.pointSizeF() * 1.35);
  large.setBold(true);
  row.value->setFont(large);
  row.value->setWordWrap(true);
  row.value->setAccessibleName(tr("Probability"));
  row.reliability->setWordWrap(true);
  explain(*row.value, QStringLiteral("probability"));
  explain(*row.reliability, QStringLiteral("auc"));
  row.reliability->setAccessibleName(tr("How far it is to be believed"));
  auto* lines = new QVBoxLayout(row.widget);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(2);
  lines->addWidget(row.value);
  lines->addWidget(row.reliability);
  layout()->addWidget(row.widget);
  m_rows.push_back(row);
}

void CallsView::showPrediction(const std::shared_ptr<const Prediction>& prediction) {
  const size_t count = prediction ? prediction->calls.size() : 0;
  setVisible(count > 0);
  while (m_rows.size() < count) addRow();
  for (size_t index = 0; index < m_rows.size(); ++index) {
    const Row& row = m_rows[index];
    row.widget->setVisible(index < count);
    if (index >= count) continue;
    const SlideCall& call = prediction->calls[index];
    const size_t done = prediction->grid.count(), all = done + prediction->waiting.size();
    const bool tooFew = double(done) < kLeastShare * double(all);
    QString text = callText(call);
    if (tooFew)
      text = waitingText(call);
    else if (done < all)
      text = tr("%1 so far, of %2 of %3 tiles").arg(text).arg(done).arg(all);
    if (isOutside(*prediction) && !tooFew) text = tr("%1 of tissue unlike the training tissue").arg(text);
    row.value->setText(text);
    row.reliability->setText(trustText(*prediction, call));
    row.widget->setToolTip(explanation(call.facts));
  }
}

}  // namespace geneglass
