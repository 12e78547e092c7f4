// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "viewer/canvas/plate.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass {
namespace {

QString numberText(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < 0.001 || size >= 100000)) return QString::number(value, 'g', 3);
  return QString::number(value, 'f', size >= 100 ? 0 : size >= 1 || size == 0 ? 2 : 4);
}

QString ordinal(double percent) {
  const QString number = QString::number(percent);
  const int whole = static_cast<int>(percent);
  if (percent != whole || (whole % 100 >= 11 && whole % 100 <= 13)) return number + QStringLiteral("th");
  const int digit = whole % 10;
  return number + (digit == 1   ? QStringLiteral("st")
                   : digit == 2 ? QStringLiteral("nd")
                   : digit == 3 ? QStringLiteral("rd")
                                : QStringLiteral("th"));
}

/// One layer's texts and where its threshold stands on the bar.
struct Entry {
  QString title;
  QString low;
  QString high;
  QString note;
  QImage colours;
  double thresholdPlace = -1;  ///< 0..1 along the bar; negative where it cuts nothing off
};

bool cutsOff(const Heatmap& map, const ValueRange& range) {
  return !map.sorted.empty() && range.threshold > map.sorted.front();
}

Entry entryFor(const Heatmap& map, const HeatmapStyle& style) {
  const ValueRange range = valueRange(map, style);
  Entry entry{
      map.unit.isEmpty() || map.name.contains(map.unit) ? map.name
                                                        : QStringLiteral("%1 (%2)").arg(map.name, map.unit),
      numberText(range.low), numberText(range.high), rangeText(map, style), colourTable(style.colours)};
  const double span = range.high - range.low;
  if (cutsOff(map, range) && span > 0)
    entry.thresholdPlace = std::clamp((range.threshold - range.low) / span, 0.0, 1.0);
  return entry;
}

/// Sizes in device pixels.
struct Layout {
  explicit Layout(const QPainter& painter)
      : unit(plateUnit(painter)), titleFont(plateFont(painter, 9, true)), textFont(plateFont(painter, 8)) {}

  double heightOf(const Entry& entry) const {
    const double text = QFontMetricsF(textFont).height();
    return QFontMetricsF(titleFont).height() + 4 * unit + barHeight() + 4 * unit + text +
           (entry.note.isEmpty() ? 0 : text);
  }
  double widthOf(const Entry& entry) const {
    return std::max({220 * unit, QFontMetricsF(titleFont).horizontalAdvance(entry.title),
                     QFontMetricsF(textFont).horizontalAdvance(entry.note)});
  }
  double barHeight() const { return 12 * unit; }

  double unit;
  QFont titleFont;
  QFont textFont;
};

/// Under the threshold the bar is pale, as those cells are not drawn.
void paintBar(QPainter& painter, const Layout& layout, const QRectF& bar, const Entry& entry) {
  painter.drawImage(bar, entry.colours);
  if (entry.thresholdPlace >= 0) {
    const double x = bar.left() + entry.thresholdPlace * bar.width();
    painter.fillRect(QRectF(bar.topLeft(), QPointF(x, bar.bottom())), QColor(255, 255, 255, 190));
    painter.setPen(QPen(plateInk(), 2 * layout.unit, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x, bar.top() - 3 * layout.unit), QPointF(x, bar.bottom() + 3 * layout.unit));
  }
  painter.setPen(QPen(plateFaintInk(), layout.unit));
  painter.drawRect(bar);
}

void paintEntry(QPainter& painter, const Layout& layout, const QRectF& area, const Entry& entry) {
  const double textHeight = QFontMetricsF(layout.textFont).height();
  painter.setFont(layout.titleFont);
  painter.setPen(plateInk());
  const QString title = QFontMetricsF(layout.titleFont).elidedText(entry.title, Qt::ElideRight, area.width());
  painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, title);
  QRectF bar(area.left(), area.top() + QFontMetricsF(layout.titleFont).height() + 4 * layout.unit,
             area.width(), layout.barHeight());
  paintBar(painter, layout, bar, entry);
  QRectF line(area.left(), bar.bottom() + 4 * layout.unit, area.width(), textHeight);
  painter.setFont(layout.textFont);
  painter.setPen(plateInk());
  painter.drawText(line, Qt::AlignLeft | Qt::AlignTop, entry.low);
  painter.drawText(line, Qt::AlignRight | Qt::AlignTop, entry.high);
  painter.setPen(plateFaintInk());
  painter.drawText(line.translated(0, textHeight), Qt::AlignLeft | Qt::AlignTop, entry.note);
}

}  // namespace

QString rangeText(const Heatmap& heatmap, const HeatmapStyle& style) {
  QStringList parts;
  if (heatmap.sorted.empty()) parts += QCoreApplication::translate("Legend", "no values");
  if (style.range == HeatmapStyle::Range::Percentile)
    parts += QCoreApplication::translate("Legend", "%1 to %2 percentile")
                 .arg(ordinal(style.low), ordinal(style.high));
  const ValueRange range = valueRange(heatmap, style);
  if (cutsOff(heatmap, range))
    parts += QCoreApplication::translate("Legend", "below %1 not shown").arg(numberText(range.threshold));
  return parts.join(QStringLiteral(", "));
}

void paintLegend(QPainter& painter, QSizeF screen, const std::vector<OverlayLayer>& layers) {
  painter.save();
  const Layout layout(painter);
  std::vector<Entry> entries;
  for (const OverlayLayer& layer : layers)
    if (const auto map = layer.overlay ? layer.overlay->heatmap() : nullptr)
      entries.push_back(entryFor(*map, layer.style));
  const double border = 10 * layout.unit;
  const double gap = 8 * layout.unit;
  double width = 0;
  double height = 2 * border - gap;
  for (const Entry& entry : entries) {
    width = std::max(width, layout.widthOf(entry));
    height += layout.heightOf(entry) + gap;
  }
  width = std::min(width, screen.width() - 4 * border);
  QRectF plate(screen.width() - width - 2 * border - 12 * layout.unit,
               screen.height() - height - 12 * layout.unit, width + 2 * border, height);
  if (const QRectF scaleBar = scaleBarRoom(painter, screen); plate.left() < scaleBar.right() + gap)
    plate.moveBottom(scaleBar.top() - gap);
  if (!entries.empty()) paintPlate(painter, plate);
  double top = plate.top() + border;
  for (const Entry& entry : entries) {
    const double entryHeight = layout.heightOf(entry);
    paintEntry(painter, layout, {plate.left() + border, top, width, entryHeight}, entry);
    top += entryHeight + gap;
  }
  painter.restore();
}

}  // namespace geneglass
