// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_chart.h"

#include "app/desktop/charts/plot_library.h"

#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "app/desktop/charts/chart_pair.h"
#include "app/desktop/charts/chart_style.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kLeastEpochs = 10;  ///< the axis is no shorter
constexpr double kFinalFold = -1;

/// Told apart by colour-blind eyes, on dark grey; more folds than these go round the colour circle.
QColor colourOfFold(int fold) {
  constexpr std::array<QRgb, 6> kDistinct{0xE69F00, 0x56B4E9, 0x2FBF93, 0xCC79A7, 0xF0E442, 0xD55E00};
  if (fold < int(kDistinct.size())) return QColor(kDistinct[size_t(fold)]);
  return QColor::fromHsv((fold * 47) % 360, 140, 230);
}

int numberOfFold(const std::string& fold) {
  bool isNumber = false;
  const int number = QString::fromStdString(fold).toInt(&isNumber);
  return isNumber && number >= 0 ? number : int(kFinalFold);
}

}  // namespace

QString foldName(const std::string& fold) {
  const int number = numberOfFold(fold);
  return number < 0 ? TrainingChart::tr("all cases") : TrainingChart::tr("fold %1").arg(number + 1);
}

TrainingChart::TrainingChart(QWidget* parent)
    : QWidget(parent),
      m_chart(new QCustomPlot),
      m_losses(m_chart->axisRect()),
      m_correlation(nullptr),
      m_legend(m_chart->legend) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_chart);
  m_chart->setMinimumSize(480, 300);
  m_chart->setAccessibleName(tr("Loss and held-out r of each epoch"));
  const ChartPair charts =
      makeChartPair(*m_chart, tr("loss: training – –, validation ——"), tr("held-out r"), tr("epoch"));
  m_correlation = charts.lower;
  buildLegend();
  showRuns({}, tr("No epoch has ended yet."));
}

/// Beside the charts, where it hides no line.
void TrainingChart::buildLegend() {
  m_losses->insetLayout()->take(m_legend);
  auto* column = new QCPLayoutGrid;
  column->addElement(0, 0, m_legend);
  column->addElement(1, 0, new QCPLayoutElement(m_chart));
  column->setRowStretchFactor(0, 0.001);
  m_chart->plotLayout()->addElement(0, 1, column);
  m_chart->plotLayout()->setColumnStretchFactor(1, 0.001);
  m_legend->setFillOrder(QCPLayoutGrid::foRowsFirst);
  m_legend->setWrap(18);
  m_legend->setBrush(Qt::NoBrush);
  m_legend->setBorderPen(Qt::NoPen);
  m_legend->setTextColor(palette().color(QPalette::WindowText));
  QFont font = this->font();
  font.setPointSizeF(0.85 * font.pointSizeF());
  m_legend->setFont(font);
}

void TrainingChart::nameCorrelation(const QString& name) {
  m_correlation->axis(QCPAxis::atLeft)->setLabel(name);
}

void TrainingChart::showRuns(const std::vector<CurveRun>& runs, const QString& whyNone, bool means) {
  m_chart->clearPlottables();
  showEmptyText(*m_chart, runs.empty() ? whyNone : QString());
  m_legend->setVisible(!runs.empty());
  for (const CurveRun& run : runs) {
    const int fold = numberOfFold(run.fold);
    addRun(run, fold < 0 ? palette().color(QPalette::WindowText) : colourOfFold(fold), means);
  }
  if (!runs.empty()) fitAxes(runs);
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void TrainingChart::addRun(const CurveRun& run, const QColor& colour, bool mean) {
  QVector<double> epochs, training, validation, correlation;
  for (const EpochReport& report : run.epochs) {
    epochs << report.epoch;
    training << report.trainingLoss;
    validation << report.validationLoss;
    correlation << report.validationR;
  }
  const auto addLine = [&](QCPAxisRect* rect, const QVector<double>& values, Qt::PenStyle style) {
    QCPGraph* graph = m_chart->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    graph->setPen(QPen(colour, style == Qt::SolidLine ? 1.8 : 1.1, style));
    graph->setData(epochs, values, true);
    if (epochs.size() == 1)
      graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5));
    graph->removeFromLegend();
    return graph;
  };
  QCPGraph* trained = addLine(m_losses, training, Qt::DashLine);
  QCPGraph* judged = addLine(m_losses, validation, Qt::SolidLine);
  addLine(m_correlation, correlation, Qt::SolidLine);
  const int best = mean ? -1 : bestEpochOf(run);
  const EpochReport& told = best < 0 ? run.epochs.back() : run.epochs[size_t(best)];
  QString name = foldName(run.fold);
  if (!std::isnan(told.validationR)) name += tr(": r %1").arg(numberText(told.validationR, 2));
  if (best >= 0) {
    name += tr(", epoch %1").arg(told.epoch);
    markKept(told, colour);
  }
  QCPGraph* shown = std::isnan(told.validationLoss) ? trained : judged;
  shown->setName(name);
  shown->addToLegend();
}

void TrainingChart::markKept(const EpochReport& kept, const QColor& colour) {
  const QVector<double> at{double(kept.epoch)};
  for (const auto& [rect, value] :
       {std::pair(m_losses, kept.validationLoss), std::pair(m_correlation, kept.validationR)}) {
    QCPGraph* dot = m_chart->addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    dot->setLineStyle(QCPGraph::lsNone);
    dot->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 8));
    dot->setData(at, {value}, true);
    dot->removeFromLegend();
  }
}

void TrainingChart::fitAxes(const std::vector<CurveRun>& runs) {
  ChartExtent losses, correlations;
  int last = kLeastEpochs;
  for (const CurveRun& run : runs)
    for (const EpochReport& report : run.epochs) {
      losses.add(report.trainingLoss);
      losses.add(report.validationLoss);
      correlations.add(report.validationR);
      last = std::max(last, report.epoch);
    }
  for (QCPAxisRect* rect : {m_losses, m_correlation}) rect->axis(QCPAxis::atBottom)->setRange(0, last + 1);
  losses.fit(*m_losses->axis(QCPAxis::atLeft));
  correlations.add(0);
  correlations.fit(*m_correlation->axis(QCPAxis::atLeft));
}

}  // namespace geneglass
