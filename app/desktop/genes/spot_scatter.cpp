// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/spot_scatter.h"

#include "app/desktop/charts/plot_library.h"

#include <QLabel>
#include <cmath>
#include <filesystem>

#include "app/desktop/charts/chart_pair.h"
#include "app/desktop/charts/chart_style.h"
#include "app/desktop/help/glossary.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

/// "CD74 at 181 spots: r 0.60, 95 % 0.43 to 0.73".
QString titleOf(const MeasuredSpots& spots, const MeasuredGene& gene) {
  const auto figure = [](double value) { return numberText(value, 2); };
  QString title = SpotScatter::tr("%1 at %2 measured spots")
                      .arg(QString::fromStdString(gene.symbol), QString::number(spots.centres.size()));
  if (std::isnan(gene.r)) return title + SpotScatter::tr(": r not defined");
  title += SpotScatter::tr(": r %1").arg(figure(gene.r));
  if (std::isnan(gene.low)) return title + SpotScatter::tr(", counted in too few for an interval");
  return title + SpotScatter::tr(", 95 % interval %1 to %2").arg(figure(gene.low), figure(gene.high));
}

}  // namespace

SpotScatter::SpotScatter(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 150);
  m_chart->setAccessibleName(tr("The chosen gene measured against predicted, at the measured spots"));
  m_chart->yAxis->setLabel(tr("measured"));
  explain(*this, QStringLiteral("r-at-spots"));
}

void SpotScatter::showGene(const MeasuredSpots& spots, const std::string& symbol, const QString& unit) {
  const MeasuredGene* gene = symbol.empty() ? nullptr : spots.find(symbol);
  m_chart->clearPlottables();
  QString whyNone;
  if (symbol.empty())
    whyNone = tr("Choose a gene to see what was measured of it.");
  else if (!gene)
    whyNone = tr("%1 was not measured: “%2” does not count it.")
                  .arg(QString::fromStdString(symbol),
                       QString::fromStdString(std::filesystem::path(spots.file).filename().string()));
  showEmptyText(*m_chart, whyNone);
  m_title->setText(gene ? titleOf(spots, *gene) : tr("Measured spots"));
  if (gene) showPoints(*gene, unit);
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void SpotScatter::showPoints(const MeasuredGene& gene, const QString& unit) {
  const QVector<double> predicted(gene.predicted.begin(), gene.predicted.end());
  const QVector<double> measured(gene.measured.begin(), gene.measured.end());
  ChartExtent across, up;
  for (const double value : predicted) across.add(value);
  for (const double value : measured) up.add(value);
  across.fit(*m_chart->xAxis);
  up.fit(*m_chart->yAxis);
  m_chart->xAxis->setLabel(unit.isEmpty() ? tr("predicted") : tr("predicted, %1").arg(unit));
  auto* points = m_chart->addGraph();
  points->setData(predicted, measured);
  points->setLineStyle(QCPGraph::lsNone);
  QColor colour = palette().color(QPalette::Highlight);
  colour.setAlpha(170);
  points->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, 5));
}

}  // namespace geneglass
