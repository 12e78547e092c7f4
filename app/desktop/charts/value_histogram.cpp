// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/value_histogram.h"

#include "app/desktop/charts/plot_library.h"

#include <QLabel>
#include <algorithm>
#include <cmath>

#include "app/desktop/charts/chart_style.h"

namespace geneglass {

constexpr int kMostBins = 48;
constexpr int kRowHeight = 13;  ///< pixels between the lines of labels over the bars

ValueHistogram::ValueHistogram(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 110);
  m_chart->setAccessibleName(tr("Histogram of the chosen map's values"));
  m_chart->yAxis->setLabel(tr("number"));
  showLayer({}, tr("Choose a gene to see its values."));
}

void ValueHistogram::showLayer(const std::optional<OverlayLayer>& layer, const QString& whyNone) {
  const auto heatmap = layer ? layer->overlay->heatmap() : nullptr;
  const bool any = heatmap && !heatmap->sorted.empty();
  m_chart->clearPlottables();
  showEmptyText(*m_chart, any ? QString() : whyNone);
  m_title->setText(any ? tr("Values: %1").arg(heatmap->name) : tr("Values"));
  if (any) {
    const ValueRange range = valueRange(*heatmap, layer->style);
    m_chart->xAxis->setLabel(heatmap->unit);
    showBars(*heatmap);
    // The ends of the range may lie beyond the values.
    for (const double end : {double(range.low), double(range.high)}) {
      const QCPRange axis = m_chart->xAxis->range();
      const double margin = 0.03 * std::max(axis.upper, end) - 0.03 * std::min(axis.lower, end);
      if (!axis.contains(end))
        m_chart->xAxis->setRange(std::min(axis.lower, end - margin), std::max(axis.upper, end + margin));
    }
    showMark(range.low, Qt::SolidLine, tr("first colour"), 0);
    showMark(range.high, Qt::SolidLine, tr("last colour"), 0);
    if (range.threshold > heatmap->sorted.front())
      showMark(range.threshold, Qt::DashLine, tr("hidden below"), 1);
  }
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void ValueHistogram::showBars(const Heatmap& heatmap) {
  const double least = heatmap.sorted.front();
  const double most = heatmap.sorted.back();
  // Enough tiles a bin to show a shape.
  const int bins = std::clamp(int(2 * std::sqrt(double(heatmap.sorted.size()))), 4, kMostBins);
  const double width = most > least ? (most - least) / bins : 1;
  QVector<double> middles(bins), counts(bins, 0);
  for (int bin = 0; bin < bins; ++bin) middles[bin] = least + (bin + 0.5) * width;
  for (const float value : heatmap.sorted) ++counts[std::clamp(int((value - least) / width), 0, bins - 1)];
  auto* bars = new QCPBars(m_chart->xAxis, m_chart->yAxis);
  bars->setWidth(width);
  bars->setPen(Qt::NoPen);
  bars->setBrush(palette().color(QPalette::Mid).lighter(150));
  bars->setData(middles, counts, true);
  m_chart->xAxis->setRange(least - width, least + (bins + 1) * width);
  const double highest = *std::max_element(counts.begin(), counts.end());
  m_chart->yAxis->setRange(0, 1.3 * highest);
  QSharedPointer<QCPAxisTickerFixed> wholeNumbers(new QCPAxisTickerFixed);
  wholeNumbers->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
  m_chart->yAxis->setTicker(wholeNumbers);
}

void ValueHistogram::showMark(double value, Qt::PenStyle style, const QString& text, int row) {
  const QColor colour = palette().color(QPalette::WindowText);
  auto* line = new QCPItemStraightLine(m_chart);
  line->point1->setCoords(value, 0);
  line->point2->setCoords(value, 1);
  line->setPen(QPen(colour, 1, style));
  auto* label = new QCPItemText(m_chart);
  label->position->setCoords(value, m_chart->yAxis->range().upper);
  const bool atLeft = value < m_chart->xAxis->range().center();
  label->setPositionAlignment((atLeft ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop);
  label->setPadding(QMargins(4, 1 + kRowHeight * row, 4, 0));
  label->setText(text);
  QFont font = this->font();
  font.setPixelSize(10);
  label->setFont(font);
  label->setColor(colour);
}

}  // namespace geneglass
