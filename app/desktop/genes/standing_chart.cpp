// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/standing_chart.h"

#include "app/desktop/charts/plot_library.h"

#include <QLabel>
#include <algorithm>
#include <cmath>

#include "app/desktop/charts/chart_pair.h"
#include "app/desktop/charts/chart_style.h"
#include "app/desktop/help/glossary.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kDistributionSteps =
    20;  ///< bars of the distribution, each of as many predictions as the others

const GeneFacts* factsOf(const ModelPackage& package, const std::string& symbol) {
  const auto found = std::ranges::find(package.genes, symbol, &GeneFacts::symbol);
  return found == package.genes.end() ? nullptr : &*found;
}

}  // namespace

double expectedErrorOf(const GeneFacts& facts) {
  const double r = std::clamp(facts.heldOutR, 0.0, 1.0);
  return facts.trainingDeviation * std::sqrt(1 - r * r);
}

StandingChart::StandingChart(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 120);
  m_chart->setAccessibleName(tr("The predicted value among the training's predictions"));
  m_chart->yAxis->setLabel(tr("density"));
  m_chart->yAxis->setTickLabels(false);
  explain(*this, QStringLiteral("standing"));
}

void StandingChart::showNothing(const QString& why) {
  m_chart->clearPlottables();
  showEmptyText(*m_chart, why);
  m_title->clear();
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

QString StandingChart::sentence() const {
  return m_title->text();
}

void StandingChart::showGene(const Prediction& prediction, const ModelPackage& package, int gene) {
  const GenePrediction& shown = prediction.genes[size_t(gene)];
  const QString symbol = QString::fromStdString(shown.symbol);
  const GeneFacts* facts = factsOf(package, shown.symbol);
  if (prediction.withheld) return showNothing(tr("Withheld: this tissue is unlike the training tissue."));
  if (!shown.wellPredicted) return showNothing(tr("%1 cannot be predicted by this model.").arg(symbol));
  if (!facts || facts->predictionQuantiles.size() < 2)
    return showNothing(tr("The model does not say what it predicted in training."));
  if (std::isnan(shown.value)) return showNothing(tr("%1 has not been read yet.").arg(symbol));
  const double error = expectedErrorOf(*facts);
  m_chart->clearPlottables();
  showEmptyText(*m_chart, {});
  m_title->setText(tr("%1 predicted %2 ± %3 %4 (one expected error), percentile %5 of the predictions for "
                      "cases not learnt from; held-out r %6 [%7, %8]")
                       .arg(symbol, numberText(shown.value, 2), numberText(error, 2),
                            QString::fromStdString(prediction.labelUnit), numberText(shown.percentile, 0),
                            numberText(shown.heldOutR, 2), numberText(shown.ciLow, 2),
                            numberText(shown.ciHigh, 2)));
  m_chart->xAxis->setLabel(QString::fromStdString(prediction.labelUnit));
  showDistribution(*facts);
  showValue(shown.value, error);
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

/// Between percentiles as many predictions each: the nearer they lie, the higher.
void StandingChart::showDistribution(const GeneFacts& facts) {
  const std::vector<float>& quantiles = facts.predictionQuantiles;
  QVector<double> places, heights;
  double highest = 0;
  const auto at = [&](int step) {
    return double(quantiles[size_t(step) * (quantiles.size() - 1) / size_t(kDistributionSteps)]);
  };
  for (int step = 0; step < kDistributionSteps; ++step) {
    const double width = std::max(at(step + 1) - at(step), 1e-6);
    for (const double place : {at(step), at(step + 1)}) {
      places << place;
      heights << 1 / width;
    }
    highest = std::max(highest, 1 / width);
  }
  QCPGraph* steps = m_chart->addGraph();
  steps->setData(places, heights, true);
  steps->setPen(QPen(palette().color(QPalette::Mid).lighter(150)));
  steps->setBrush(palette().color(QPalette::Mid));
  m_chart->yAxis->setRange(0, 1.15 * highest);
  ChartExtent extent;
  for (const double place : {at(0), at(kDistributionSteps)}) extent.add(place);
  extent.fit(*m_chart->xAxis);
}

void StandingChart::showValue(double value, double error) {
  const double height = m_chart->yAxis->range().upper / 2;
  QCPGraph* point = m_chart->addGraph();
  point->setData({value}, {height});
  const QColor ink(0xE6, 0x9F, 0x00);
  point->setLineStyle(QCPGraph::lsNone);
  point->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, ink, 8));
  auto* bars = new QCPErrorBars(m_chart->xAxis, m_chart->yAxis);
  bars->setErrorType(QCPErrorBars::etKeyError);
  bars->setDataPlottable(point);
  bars->setData({error});
  bars->setPen(QPen(ink, 2));
  const QCPRange axis = m_chart->xAxis->range();
  m_chart->xAxis->setRange(std::min(axis.lower, value - 1.1 * error),
                           std::max(axis.upper, value + 1.1 * error));
}

}  // namespace geneglass
