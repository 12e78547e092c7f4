// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/value_histogram.h"

#include "app/desktop/charts/plot_library.h"

#include <QLabel>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/charts/chart_style.h"
#include "app/desktop/help/glossary.h"

namespace geneglass {

constexpr int kMostBins = 48;

ValueHistogram::ValueHistogram(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 110);
  m_chart->setAccessibleName(tr("Histogram of the chosen map's values"));
  m_chart->setAccessibleDescription(
      tr("Its marks are dragged with the mouse; by keys they are the numbers in the panel Overlays."));
  m_chart->setToolTip(tr("Drag the ends of the colours, or the dashed line below which nothing is shown"));
  m_chart->yAxis->setLabel(tr("number"));
  m_chart->setObjectName(QStringLiteral("valueChart"));
  m_chart->setMouseTracking(true);
  m_chart->installEventFilter(this);
  explain(*this, QStringLiteral("histogram"));
  showLayer({}, tr("Choose a gene to see its values."));
}

void ValueHistogram::showLayer(const std::optional<OverlayLayer>& layer, const QString& whyNone) {
  const auto heatmap = layer ? layer->overlay->heatmap() : nullptr;
  const bool any = heatmap && !heatmap->mix && !heatmap->sorted.empty();
  m_layer = any ? layer : std::nullopt;
  if (!any) m_held = Mark::None;
  m_chart->clearPlottables();
  const bool several = heatmap && heatmap->mix;
  showEmptyText(*m_chart, any       ? QString()
                          : several ? tr("Several genes are shown: each has values of its own.")
                                    : whyNone);
  m_title->setText(any ? tr("Values: %1").arg(heatmap->name) : tr("Values"));
  if (any) {
    const QCPRange before = m_chart->xAxis->range();
    m_chart->xAxis->setLabel(heatmap->unit);
    showBars(*heatmap);
    if (m_held != Mark::None) m_chart->xAxis->setRange(before);  // nothing runs away under the hand
    showMarks(*heatmap);
  }
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void ValueHistogram::showMarks(const Heatmap& heatmap) {
  const ValueRange range = valueRange(heatmap, m_layer->style);
  const double threshold = std::max(range.threshold, heatmap.sorted.front());
  // The ends of the range may lie beyond the values.
  for (const double end : {double(range.low), double(range.high)}) {
    const QCPRange axis = m_chart->xAxis->range();
    const double margin = 0.03 * std::max(axis.upper, end) - 0.03 * std::min(axis.lower, end);
    if (!axis.contains(end) && m_held == Mark::None)
      m_chart->xAxis->setRange(std::min(axis.lower, end - margin), std::max(axis.upper, end + margin));
  }
  showMark(range.low, Qt::SolidLine, tr("first colour"), 0);
  showMark(range.high, Qt::SolidLine, tr("last colour"), 0);
  const bool cuts = range.threshold > heatmap.sorted.front();
  showMark(threshold, Qt::DashLine, cuts ? tr("hidden below") : QString(), 1);
}

ValueHistogram::Mark ValueHistogram::markAt(double pixel) const {
  constexpr double kReach = 7;  // pixels
  if (!m_layer) return Mark::None;
  const Heatmap& heatmap = *m_layer->overlay->heatmap();
  const ValueRange range = valueRange(heatmap, m_layer->style);
  Mark nearest = Mark::None;
  double least = kReach;
  for (const auto& [mark, value] :
       {std::pair(Mark::Threshold, std::max(range.threshold, heatmap.sorted.front())),
        std::pair(Mark::Low, range.low), std::pair(Mark::High, range.high)}) {
    const double away = std::abs(m_chart->xAxis->coordToPixel(double(value)) - pixel);
    if (away > least) continue;
    least = away;
    nearest = mark;
  }
  return nearest;
}

/// The first colour stays below the last.
void ValueHistogram::drag(double pixel) {
  const Heatmap& heatmap = *m_layer->overlay->heatmap();
  HeatmapStyle style = m_layer->style;
  const bool percent = style.range == HeatmapStyle::Range::Percentile;
  const double value = std::clamp(m_chart->xAxis->pixelToCoord(pixel), m_chart->xAxis->range().lower,
                                  m_chart->xAxis->range().upper);
  const double place = percent ? std::round(10 * heatmap.percentileAt(value)) / 10 : value;
  if (m_held == Mark::Low)
    style.low = std::min(place, style.high);
  else if (m_held == Mark::High)
    style.high = std::max(place, style.low);
  else
    style.threshold = place;
  if (!(style == m_layer->style)) Q_EMIT styleChosen(style);
}

bool ValueHistogram::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  if (type == QEvent::MouseButtonPress || type == QEvent::MouseMove || type == QEvent::MouseButtonRelease) {
    const double pixel = static_cast<const QMouseEvent&>(*event).position().x();
    if (type == QEvent::MouseButtonPress) m_held = markAt(pixel);
    if (type == QEvent::MouseButtonRelease && std::exchange(m_held, Mark::None) != Mark::None)
      showLayer(std::optional(m_layer), {});
    if (m_held != Mark::None && m_layer) drag(pixel);
    m_chart->setCursor(markAt(pixel) != Mark::None ? Qt::SplitHCursor : Qt::ArrowCursor);
  }
  return QWidget::eventFilter(watched, event);
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
  bars->setAntialiased(false);  // some milliseconds a frame, for edges that are upright
  bars->setAntialiasedFill(false);
  bars->setBrush(palette().color(QPalette::PlaceholderText));
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
  const QFont font = chartFont(*m_chart);
  label->setPadding(QMargins(4, 1 + QFontMetrics(font).height() * row, 4, 0));
  label->setText(text);
  label->setFont(font);
  label->setColor(colour);
}

}  // namespace geneglass
