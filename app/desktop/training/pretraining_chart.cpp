// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/pretraining_chart.h"

#include "app/desktop/charts/plot_library.h"

#include <QVBoxLayout>
#include <cmath>

#include "app/desktop/charts/chart_pair.h"
#include "app/desktop/charts/chart_style.h"

namespace geneglass {
namespace {

constexpr QRgb kLossColour = 0xE69F00;
constexpr QRgb kAccuracyColour = 0x56B4E9;
constexpr qsizetype kMostDots = 40;  ///< of a line; more of them hide it

}  // namespace

PretrainingChart::PretrainingChart(QWidget* parent) : QWidget(parent), m_chart(new QCustomPlot) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_chart);
  m_chart->setMinimumSize(480, 300);
  m_chart->setAccessibleName(tr("Loss and accuracy of nearest neighbours by step"));
  const ChartPair charts = makeChartPair(*m_chart, tr("loss"), tr("neighbours of the class, %"), tr("step"));
  m_losses = charts.upper;
  m_accuracy = charts.lower;
  m_chart->legend->setVisible(false);
  showCurve({});
}

void PretrainingChart::addLine(QCPAxisRect& rect, const QVector<double>& steps, const QVector<double>& values,
                               const QColor& colour) {
  QCPGraph* graph = m_chart->addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
  graph->setPen(QPen(colour, 1.8));
  graph->setData(steps, values, true);
  if (steps.size() <= kMostDots)
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 5));
}

void PretrainingChart::sayWhyNoAccuracy() {
  auto* text = new QCPItemText(m_chart);  // until the chart's items are cleared
  text->setClipToAxisRect(false);
  text->position->setType(QCPItemPosition::ptAxisRectRatio);
  text->position->setAxisRect(m_accuracy);
  text->position->setCoords(0.5, 0.5);
  text->setColor(palette().color(QPalette::PlaceholderText));
  text->setText(tr("Measured at the end of an epoch, where tiles of known class are there."));
}

void PretrainingChart::showCurve(const PretrainingCurve& curve) {
  m_chart->clearPlottables();
  QVector<double> steps, losses, judgedAt, accuracies;
  ChartExtent lossExtent, accuracyExtent;
  for (const ContrastCurve::Row& row : curve.rows) {
    steps << row.step;
    losses << row.loss;
    lossExtent.add(row.loss);
    if (std::isnan(row.neighbourAccuracy)) continue;
    judgedAt << row.step;
    accuracies << 100 * row.neighbourAccuracy;
    accuracyExtent.add(accuracies.back());
  }
  showEmptyText(*m_chart, steps.isEmpty() ? tr("No step has been told yet.") : QString());
  if (!steps.isEmpty() && accuracies.isEmpty()) sayWhyNoAccuracy();
  if (!steps.isEmpty()) addLine(*m_losses, steps, losses, QColor(kLossColour));
  if (!accuracies.isEmpty()) addLine(*m_accuracy, judgedAt, accuracies, QColor(kAccuracyColour));
  for (QCPAxisRect* rect : {m_losses, m_accuracy})
    rect->axis(QCPAxis::atBottom)->setRange(0, steps.isEmpty() ? 1 : 1.02 * steps.back());
  lossExtent.fit(*m_losses->axis(QCPAxis::atLeft));
  if (!accuracies.isEmpty()) accuracyExtent.add(std::max(0.0, accuracyExtent.low - 5));
  if (!accuracies.isEmpty()) accuracyExtent.add(std::min(100.0, accuracyExtent.high + 5));
  accuracyExtent.fit(*m_accuracy->axis(QCPAxis::atLeft));
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace geneglass
