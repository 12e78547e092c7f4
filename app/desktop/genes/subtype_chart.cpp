// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/subtype_chart.h"

#include "app/desktop/charts/plot_library.h"

#include <QHelpEvent>
#include <QLabel>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/charts/chart_style.h"
#include "app/desktop/help/glossary.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

static const QString kMarkLayer = QStringLiteral("chosen");

constexpr double kGroupGap = 2;

SubtypeChart::SubtypeChart(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 130);
  m_chart->setAccessibleName(tr("Predicted genes by subtype"));
  m_chart->setAttribute(Qt::WA_TransparentForMouseEvents, false);
  explain(*this, QStringLiteral("subtype"));
  connect(m_chart, &QCustomPlot::mousePress, this, [this](QMouseEvent* press) {
    if (const int index = nearest(press->position()); index >= 0)
      Q_EMIT geneChosen(m_standings[static_cast<size_t>(index)].gene);
  });
  m_chart->addLayer(kMarkLayer);
  m_chart->layer(kMarkLayer)->setMode(QCPLayer::lmBuffered);
  showStandings({}, {});
}

void SubtypeChart::nameTitle() {
  QString title =
      tr("Predicted genes by subtype, in standard deviations of the training labels from their "
         "mean. Whisker: expected error √(1 − r²), r held out. Hollow: not predictable.");
  const auto isKnown = [](const GeneStanding& standing) { return !std::isnan(standing.spread); };
  if (std::ranges::any_of(m_standings, isKnown))
    title += tr(" Thick: how far the models of the training's folds lie apart (one standard deviation).");
  m_title->setText(title);
}

void SubtypeChart::showStandings(std::vector<GeneStanding> standings, const GenePanel& panel) {
  m_standings = std::move(standings);
  m_places.assign(m_standings.size(), 0);
  nameTitle();
  m_chart->clearPlottables();
  showEmptyText(*m_chart, m_standings.empty() ? tr("No prediction yet") : QString());
  QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
  double offset = 0;
  double lowest = -1;
  double highest = 1;
  for (size_t first = 0; first < m_standings.size();) {
    size_t end = first;
    while (end < m_standings.size() && m_standings[end].group == m_standings[first].group) ++end;
    const int group = m_standings[first].group;
    placeGroup(first, end, offset, QColor::fromRgb(panel.colourOf(group)));
    const QString name = QString::fromStdString(panel.nameOf(group));
    ticker->addTick(offset + double(end - first - 1) / 2, name.isEmpty() ? tr("other") : name);
    offset += double(end - first) + kGroupGap;
    first = end;
  }
  for (const GeneStanding& standing : m_standings) {
    lowest = std::min(lowest, standing.score - standing.expectedError);
    highest = std::max(highest, standing.score + standing.expectedError);
  }
  m_chart->xAxis->setTicker(ticker);
  m_chart->xAxis->setRange(-1.5, std::max(1.0, offset - kGroupGap + 0.5));
  m_chart->yAxis->setRange(lowest - 0.2, highest + 0.2);
  if (!m_standings.empty()) addMark();
  markChosen();
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void SubtypeChart::placeGroup(size_t first, size_t end, double offset, QColor colour) {
  for (size_t index = first; index < end; ++index) m_places[index] = offset + double(index - first);
  addPoints(first, end, true, colour);
  addPoints(first, end, false, colour);
}

static void addBars(QCPGraph* points, const QVector<double>& halves, const QPen& pen, double capWidth,
                    double gap) {
  auto* bars = new QCPErrorBars(points->keyAxis(), points->valueAxis());
  bars->setDataPlottable(points);
  bars->setData(halves);
  bars->setPen(pen);
  bars->setWhiskerWidth(capWidth);
  bars->setSymbolGap(gap);
}

void SubtypeChart::addPoints(size_t first, size_t end, bool wellPredicted, QColor colour) {
  QVector<double> places, scores, errors, spreads;
  for (size_t index = first; index < end; ++index) {
    if (m_standings[index].wellPredicted != wellPredicted) continue;
    places << m_places[index];
    scores << m_standings[index].score;
    errors << m_standings[index].expectedError;
    spreads << (std::isnan(m_standings[index].spread) ? 0 : m_standings[index].spread);
  }
  if (!wellPredicted) colour.setAlphaF(0.45f);
  QCPGraph* graph = m_chart->addGraph();
  graph->setLineStyle(QCPGraph::lsNone);
  graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colour, 1.2),
                                         wellPredicted ? QBrush(colour) : QBrush(Qt::NoBrush), 6));
  graph->setData(places, scores, true);
  addBars(graph, errors, QPen(colour, 1), 3, 6);
  addBars(graph, spreads, QPen(colour, 3, Qt::SolidLine, Qt::FlatCap), 0, 0);
}

/// The points stay as they are: of 20,000 they take longer than a frame.
void SubtypeChart::chooseGene(int gene) {
  if (std::exchange(m_gene, gene) == gene) return;
  markChosen();
  m_chart->layer(kMarkLayer)->replot();
}

/// On a layer of their own from the first, and then only moved: whatever comes or goes has all layers drawn.
void SubtypeChart::addMark() {
  m_chart->setCurrentLayer(kMarkLayer);
  m_line = new QCPItemStraightLine(m_chart);
  m_label = new QCPItemText(m_chart);
  m_chart->setCurrentLayer(QStringLiteral("main"));
  m_label->setPadding(QMargins(5, 2, 5, 0));
}

void SubtypeChart::markChosen() {
  if (!m_line || !m_label) return;
  const auto chosen = std::find_if(m_standings.begin(), m_standings.end(),
                                   [this](const GeneStanding& standing) { return standing.gene == m_gene; });
  const bool isThere = chosen != m_standings.end();
  m_line->setVisible(isThere);
  m_label->setVisible(isThere);
  if (!isThere) return;
  const double place = m_places[static_cast<size_t>(chosen - m_standings.begin())];
  m_line->point1->setCoords(place, 0);
  m_line->point2->setCoords(place, 1);
  QColor colour = palette().color(QPalette::WindowText);
  m_label->setColor(colour);
  colour.setAlphaF(0.5f);
  m_line->setPen(QPen(colour, 1));
  m_label->position->setCoords(place, m_chart->yAxis->range().upper);
  const bool right = place > m_chart->xAxis->range().center();
  m_label->setPositionAlignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
  m_label->setText(QString::fromStdString(chosen->symbol));
}

int SubtypeChart::nearest(QPointF position) const {
  constexpr double kReach = 12;  // screen pixels
  int best = -1;
  double least = kReach;
  for (size_t index = 0; index < m_standings.size(); ++index) {
    const double dx = m_chart->xAxis->coordToPixel(m_places[index]) - position.x();
    const double dy = m_chart->yAxis->coordToPixel(m_standings[index].score) - position.y();
    if (const double distance = std::hypot(dx, dy); distance < least) {
      least = distance;
      best = static_cast<int>(index);
    }
  }
  return best;
}

bool SubtypeChart::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int index = nearest(m_chart->mapFrom(this, help->pos()));
  if (index < 0) {
    QToolTip::hideText();
    return true;
  }
  const GeneStanding& standing = m_standings[static_cast<size_t>(index)];
  QString text = tr("%1: %2 ± %3")
                     .arg(QString::fromStdString(standing.symbol))
                     .arg(numberText(standing.score, 2))
                     .arg(numberText(standing.expectedError, 2));
  if (!std::isnan(standing.spread))
    text += tr("; fold models differ by %1").arg(numberText(standing.spread, 2));
  QToolTip::showText(help->globalPos(), text);
  return true;
}

}  // namespace geneglass
