// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/calls_view.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

#include "app/desktop/genes/class_bar.h"
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

/// How near which template is, by how many genes; never without that it was not tested.
QString templateText(const SlideCall& call) {
  const TemplateCall& of = *call.byTemplates;
  QStringList distances;
  for (size_t each = 0; each < of.classes.size(); ++each)
    distances << QStringLiteral("%1 %2").arg(QString::fromStdString(of.classes[each]),
                                             number(of.distance[each]));
  return CallsText::tr(
             "Nearest template, distances %1; p against chance, no FDR of a single slide. %2 of the "
             "templates' %3 genes are predicted, %4 of them well. %5. Research use only, not for diagnosis.\n"
             "%6 tiles, each by its nearest template, without a test:")
      .arg(distances.join(QStringLiteral(", ")))
      .arg(of.predicted)
      .arg(of.rows)
      .arg(of.wellPredicted)
      .arg(reliabilityText(call))
      .arg(call.classOfTile.size());
}

QString trustText(const Prediction& prediction, const SlideCall& call) {
  const CallFacts& facts = call.facts;
  if (call.byTemplates) return templateText(call);
  QString text = reliabilityText(call);
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

static QString templateCallText(const TemplateCall& call) {
  const QString text =
      call.isCalled() ? CallsText::tr("%1: %2 (p %3)") : CallsText::tr("%1: no call (nearest %2, p %3)");
  return text.arg(QString::fromStdString(call.target), QString::fromStdString(call.classes[call.nearest]),
                  number(call.p, 3));
}

QString callText(const SlideCall& call) {
  if (call.byTemplates) return templateCallText(*call.byTemplates);
  if (call.facts.isDiagnosis())
    return CallsText::tr("P(%1) %2")
        .arg(QString::fromStdString(call.facts.positive().name), number(call.probability()));
  QString chances = sharesText(call);
  if (!call.facts.ofTiles) {
    QStringList each;
    for (const size_t one : classesByShare(call))
      each << named(call.facts.classes[one], call.probabilities[one]);
    chances = each.join(QStringLiteral(", "));
  }
  return CallsText::tr("%1: %2").arg(QString::fromStdString(call.facts.target), chances);
}

QString reliabilityText(const SlideCall& call) {
  if (!call.byTemplates) return reliabilityText(call.facts);
  return CallsText::tr("Held-out accuracy: never tested against measured %1")
      .arg(QString::fromStdString(call.byTemplates->target));
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
  const Row row{new QWidget, new QLabel, new QLabel, new ClassBar};
  QFont large = row.value->font();
  large.setPointSizeF(large.pointSizeF() * 1.35);
  large.setBold(true);
  row.value->setFont(large);
  row.value->setWordWrap(true);
  row.reliability->setWordWrap(true);
  row.reliability->setAccessibleName(tr("How far it is to be believed"));
  auto* lines = new QVBoxLayout(row.widget);
  lines->setContentsMargins(0, 0, 0, 0);
  lines->setSpacing(2);
  lines->addWidget(row.value);
  lines->addWidget(row.reliability);
  lines->addWidget(row.tiles);
  layout()->addWidget(row.widget);
  m_rows.push_back(row);
}

void CallsView::showPrediction(const std::shared_ptr<const Prediction>& prediction) {
  const size_t count = prediction ? prediction->calls.size() : 0;
  setVisible(count > 0);
  while (m_rows.size() < count) addRow();
  for (size_t index = 0; index < m_rows.size(); ++index) {
    m_rows[index].widget->setVisible(index < count);
    if (index < count) showCall(m_rows[index], *prediction, prediction->calls[index]);
  }
}

void CallsView::showCall(const Row& row, const Prediction& prediction, const SlideCall& call) {
  const size_t done = prediction.grid.count(), all = done + prediction.waiting.size();
  const bool tooFew = double(done) < kLeastShare * double(all);
  QString text = callText(call);
  if (tooFew)
    text = waitingText(call);
  else if (done < all)
    text = tr("%1 so far, of %2 of %3 tiles").arg(text).arg(done).arg(all);
  if (isOutside(prediction) && !tooFew) text = tr("%1 of tissue unlike the training tissue").arg(text);
  row.value->setText(text);
  row.value->setAccessibleName(call.byTemplates ? tr("Subtype") : tr("Probability"));
  explain(*row.value, call.byTemplates ? QStringLiteral("nearest_template") : QStringLiteral("probability"));
  row.reliability->setText(trustText(prediction, call));
  explain(*row.reliability, call.byTemplates ? QStringLiteral("nearest_template") : QStringLiteral("auc"));
  row.tiles->setVisible(call.facts.ofTiles && !tooFew);
  if (call.facts.ofTiles) row.tiles->showCall(prediction, call);
  row.widget->setToolTip(explanation(call.facts));
}

}  // namespace geneglass
