// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/legend.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

#include "viewer/canvas/plate.h"
#include "viewer/canvas/scale_bar.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QString valueText(double value) {
  const double size = std::abs(value);
  if (size != 0 && (size < 0.001 || size >= 100000)) return shortNumber(value, 3);
  return numberText(value, size >= 100 ? 0 : size >= 1 || size == 0 ? 2 : 4);
}

QString ordinal(double percent) {
  const QString number = shortNumber(percent, 6);
  if (QLocale().language() == QLocale::German) return number + QLatin1Char('.');
  const int whole = static_cast<int>(percent);
  if (percent != whole || (whole % 100 >= 11 && whole % 100 <= 13)) return number + QStringLiteral("th");
  const int digit = whole % 10;
  return number + (digit == 1   ? QStringLiteral("st")
                   : digit == 2 ? QStringLiteral("nd")
                   : digit == 3 ? QStringLiteral("rd")
                                : QStringLiteral("th"));
}

constexpr double kSmallHeight = 560;  ///< of a picture, in units of plateUnit(), as what follows
constexpr QSizeF kTiny(170, 200);

/// One layer's texts and where its threshold stands on the bar.
struct Entry {
  const Heatmap* several = nullptr;  ///< things in colours of their own; null: one
  QString title = {};
  QString low = {};
  QString high = {};
  QString note = {};
  QImage colours = {};
  double thresholdPlace = -1;                ///< 0..1 along the bar; negative where it cuts nothing off
  QString name = {};                         ///< the title without its unit, which stands under the bar then
  QString unit = {};                         ///< empty: the name has it
  std::vector<OverlayKey::Line> lines = {};  ///< of what an overlay paints itself: colours with their meaning
};

bool cutsOff(const Heatmap& map, const ValueRange& range) {
  return !map.sorted.empty() && range.threshold > map.sorted.front();
}

QString titleOf(ColourMix mix) {
  switch (mix) {
    case ColourMix::Sum:
      return QCoreApplication::translate("Legend", "Genes together, colours added");
    case ColourMix::Highest:
      return QCoreApplication::translate("Legend", "Genes together, the highest on its scale");
    case ColourMix::TwoWay:
      break;
  }
  return QCoreApplication::translate("Legend", "Two genes against each other");
}

Entry entryFor(const Heatmap& map, const HeatmapStyle& style) {
  const ValueRange range = valueRange(map, style);
  if (map.mix) return {.several = &map, .title = titleOf(*map.mix), .note = rangeText(map, style)};
  Entry entry{nullptr,
              map.unit.isEmpty() || map.name.contains(map.unit)
                  ? map.name
                  : QStringLiteral("%1 (%2)").arg(map.name, map.unit),
              valueText(range.low),
              valueText(range.high),
              rangeText(map, style),
              colourTable(style.colours)};
  const double span = range.high - range.low;
  if (cutsOff(map, range) && span > 0)
    entry.thresholdPlace = std::clamp((range.threshold - range.low) / span, 0.0, 1.0);
  entry.name = map.name;
  if (!map.name.contains(map.unit)) entry.unit = map.unit;
  return entry;
}

/// As many lines as there is room for, and how many more there are.
Entry entryFor(OverlayKey key, size_t mostLines) {
  if (key.lines.size() > mostLines) {
    const QString more =
        QCoreApplication::translate("Legend", "and %1 more").arg(key.lines.size() - mostLines);
    key.note = key.note.isEmpty() ? more : QStringLiteral("%1, %2").arg(more, key.note);
    key.lines.resize(mostLines);
  }
  return {.title = key.title, .note = key.note, .name = key.title, .lines = std::move(key.lines)};
}

/// "FSCN1 (held-out r 0.77): 4.20 to 8.61 log2 expression"
QString textOf(const Heatmap::Scale& scale) {
  return QCoreApplication::translate("Legend", "%1: %2 to %3 %4")
      .arg(scale.name, valueText(scale.low), valueText(scale.high), scale.unit)
      .trimmed();
}

constexpr auto kWrapped = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

/// Sizes in device pixels.
struct Layout {
  Layout(double plateUnit, QSizeF screen)
      : unit(plateUnit),
        titleFont(plateFont(unit, 9, true)),
        textFont(plateFont(unit, 8)),
        isSmall(screen.height() < kSmallHeight * unit),
        isTiny(screen.width() < kTiny.width() * unit || screen.height() < kTiny.height() * unit) {}

  /// Of a text in lines no longer than `width`.
  static double heightIn(double width, const QFont& font, const QString& text) {
    if (text.isEmpty()) return 0;
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e4), int(kWrapped), text).height();
  }
  /// With its unit where one line has both.
  QString titleOf(const Entry& entry, double width) const {
    const QFontMetricsF size(titleFont);
    if (isTiny) return size.elidedText(entry.title, Qt::ElideRight, width);
    const bool isCut = size.horizontalAdvance(entry.title) > width;
    return isCut && !entry.unit.isEmpty() ? entry.name : entry.title;
  }
  /// Between the ends of the bar, where the title has no room for it; empty where there is none either.
  QString unitOf(const Entry& entry, double width) const {
    if (isSmall) return {};
    const QFontMetricsF size(textFont);
    const bool fits = size.horizontalAdvance(entry.low) + size.horizontalAdvance(entry.high) +
                          size.horizontalAdvance(entry.unit) + 16 * unit <
                      width;
    return fits && titleOf(entry, width) == entry.name ? entry.unit : QString();
  }
  QString noteOf(const Entry& entry, double width) const {
    if (isTiny) return {};
    const bool isSaid = titleOf(entry, width) == entry.title || !unitOf(entry, width).isEmpty();
    return isSaid ? entry.note : QStringLiteral("%1, %2").arg(entry.unit, entry.note);
  }
  double heightOf(const Entry& entry, double width) const {
    const double head = heightIn(width, titleFont, titleOf(entry, width)) + 4 * unit;
    const double note = heightIn(width, textFont, noteOf(entry, width));
    if (entry.several) return head + severalHeight(*entry.several) + note;
    const double ends = QFontMetricsF(textFont).height();
    if (!entry.lines.empty()) return head + double(entry.lines.size()) * ends + note;
    return head + (isSmall ? ends : barHeight() + 4 * unit + ends) + note;
  }
  double widthOf(const Entry& entry) const {
    double widest = 0;
    if (entry.several)
      for (const Heatmap::Scale& scale : entry.several->scales)
        widest = std::max(widest, QFontMetricsF(textFont).horizontalAdvance(textOf(scale)) + 16 * unit);
    for (const OverlayKey::Line& line : entry.lines)
      widest = std::max(widest, QFontMetricsF(textFont).horizontalAdvance(line.text) + keyIndent() + unit);
    const double text = std::max(QFontMetricsF(titleFont).horizontalAdvance(entry.title),
                                 QFontMetricsF(textFont).horizontalAdvance(entry.note));
    if (!entry.lines.empty()) return std::max(widest, std::ceil(text) + unit);
    return std::max({220 * unit, widest, std::ceil(text) + unit});  // a little more, or it is wrapped
  }
  double barHeight() const { return 12 * unit; }
  double squareSide() const { return 72 * unit; }
  double swatchWidth() const { return 28 * unit; }
  double keyIndent() const { return QFontMetricsF(textFont).height() + 4 * unit; }
  /// Half the picture's height for one list with its title and note.
  size_t mostLines(double screenHeight) const {
    return size_t(std::max(1.0, screenHeight / 2 / QFontMetricsF(textFont).height() - 2));
  }
  double severalHeight(const Heatmap& map) const {
    const double lines = double(map.scales.size()) * QFontMetricsF(textFont).height();
    if (*map.mix == ColourMix::TwoWay) return squareSide() + 6 * unit + lines;
    return isSmall ? lines : lines + double(map.scales.size()) * (barHeight() + 4 * unit);
  }

  double unit;
  QFont titleFont;
  QFont textFont;
  bool isSmall;  ///< the picture: what else stands under colours stands beside them
  bool isTiny;   ///< only names and colours, a line each, or nothing else would be seen
};

/// Under the threshold the bar is pale, as those cells are not drawn.
void paintBar(QPainter& painter, const Layout& layout, const QRectF& bar, const Entry& entry) {
  painter.fillRect(bar, Qt::white);
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

/// What one of several looks like from low to high, over white.
QImage rampOf(uint32_t colour) {
  QImage ramp(64, 1, QImage::Format_ARGB32_Premultiplied);
  for (int place = 0; place < ramp.width(); ++place) {
    const double high = place / double(ramp.width() - 1);
    ramp.setPixel(place, 0, mixed({&high, 1}, {&colour, 1}, ColourMix::Highest));
  }
  return ramp;
}

/// The first of two from left to right, the second from bottom to top.
QImage squareOf() {
  constexpr int kSide = 32;
  QImage square(kSide, kSide, QImage::Format_ARGB32_Premultiplied);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const std::array places{x / (kSide - 1.0), 1 - y / (kSide - 1.0)};
      square.setPixel(x, y, mixed(places, kTwoWayColours, ColourMix::TwoWay));
    }
  return square;
}

/// Returns where the next line begins.
double paintSeveral(QPainter& painter, const Layout& layout, const QRectF& area, const Heatmap& map) {
  const double textHeight = QFontMetricsF(layout.textFont).height();
  double top = area.top();
  const bool twoWay = *map.mix == ColourMix::TwoWay;
  painter.setFont(layout.textFont);
  painter.setPen(plateInk());
  if (twoWay) {
    const QRectF square(area.left(), top, layout.squareSide(), layout.squareSide());
    painter.drawImage(square, squareOf());
    top += layout.squareSide() + 6 * layout.unit;
  }
  for (size_t one = 0; one < map.scales.size(); ++one) {
    const QString way = !twoWay ? QString() : one == 0 ? QStringLiteral("→ ") : QStringLiteral("↑ ");
    const bool beside = layout.isSmall && !twoWay;
    const QRectF line = QRectF(area.left(), top, area.width(), textHeight)
                            .adjusted(beside ? layout.swatchWidth() + 6 * layout.unit : 0, 0, 0, 0);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignTop,
                     QFontMetricsF(layout.textFont)
                         .elidedText(way + textOf(map.scales[one]), Qt::ElideRight, line.width()));
    top += textHeight;
    if (twoWay) continue;
    const QRectF bar = beside ? QRectF(area.left(), line.top() + 2 * layout.unit, layout.swatchWidth(),
                                       textHeight - 4 * layout.unit)
                              : QRectF(area.left(), top, area.width(), layout.barHeight());
    painter.fillRect(bar, Qt::white);
    painter.drawImage(bar, rampOf(map.scales[one].colour));
    if (!beside) top += layout.barHeight() + 4 * layout.unit;
  }
  return top;
}

/// Returns where the next line begins.
double paintLines(QPainter& painter, const Layout& layout, const QRectF& area, const Entry& entry) {
  const QFontMetricsF size(layout.textFont);
  QRectF line(area.left(), area.top(), area.width(), size.height());
  painter.setFont(layout.textFont);
  for (const OverlayKey::Line& each : entry.lines) {
    const double border = 2 * layout.unit, side = size.height() - 2 * border;
    painter.fillRect(QRectF(line.left(), line.top() + border, side, side), each.colour);
    const QRectF text = line.adjusted(layout.keyIndent(), 0, 0, 0);
    painter.setPen(plateInk());
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop,
                     size.elidedText(each.text, Qt::ElideRight, text.width()));
    line.moveTop(line.bottom());
  }
  return line.top();
}

void paintEntry(QPainter& painter, const Layout& layout, const QRectF& area, const Entry& entry) {
  const double textHeight = QFontMetricsF(layout.textFont).height();
  painter.setFont(layout.titleFont);
  painter.setPen(plateInk());
  const QString title = layout.titleOf(entry, area.width());
  painter.drawText(area, int(kWrapped), title);
  const double under = area.top() + Layout::heightIn(area.width(), layout.titleFont, title) + 4 * layout.unit;
  if (entry.several || !entry.lines.empty()) {
    QRectF rest = area;
    rest.setTop(under);
    rest.setTop(entry.several ? paintSeveral(painter, layout, rest, *entry.several)
                              : paintLines(painter, layout, rest, entry));
    painter.setPen(plateFaintInk());
    painter.drawText(rest, int(kWrapped), layout.noteOf(entry, area.width()));
    return;
  }
  QRectF bar(area.left(), under, area.width(), layout.barHeight());
  QRectF line(area.left(), bar.bottom() + 4 * layout.unit, area.width(), textHeight);
  if (layout.isSmall) {
    const QFontMetricsF size(layout.textFont);
    line.moveTop(under);
    bar = line.adjusted(size.horizontalAdvance(entry.low) + 5 * layout.unit, 2 * layout.unit,
                        -size.horizontalAdvance(entry.high) - 5 * layout.unit, -2 * layout.unit);
  }
  paintBar(painter, layout, bar, entry);
  painter.setFont(layout.textFont);
  painter.setPen(plateInk());
  painter.drawText(line, Qt::AlignLeft | Qt::AlignTop, entry.low);
  painter.drawText(line, Qt::AlignRight | Qt::AlignTop, entry.high);
  painter.setPen(plateFaintInk());
  painter.drawText(line, Qt::AlignHCenter | Qt::AlignTop, layout.unitOf(entry, area.width()));
  painter.drawText(QRectF(line.bottomLeft(), area.bottomRight()), int(kWrapped),
                   layout.noteOf(entry, area.width()));
}

/// Where all of it stands.
struct PlacedLegend {
  PlacedLegend(double unit, QSizeF screen, const std::vector<OverlayLayer>& layers)
      : layout(unit, screen), border((layout.isSmall ? 6 : 10) * unit), gap(8 * unit) {
    for (const OverlayLayer& layer : layers) {
      if (!layer.overlay) continue;
      if (const auto map = layer.overlay->heatmap()) entries.push_back(entryFor(*map, layer.style));
      if (OverlayKey key = layer.overlay->key(); !key.lines.empty())
        entries.push_back(entryFor(std::move(key), layout.mostLines(screen.height())));
    }
    if (entries.empty()) return;
    for (const Entry& entry : entries) width = std::max(width, layout.widthOf(entry));
    width = std::min(width, screen.width() - 4 * border);
    double height = 2 * border - gap;
    for (const Entry& entry : entries) height += layout.heightOf(entry, width) + gap;
    plate = {screen.width() - width - 2 * border - 12 * unit, screen.height() - height - 12 * unit,
             width + 2 * border, height};
    if (const QRectF scaleBar = scaleBarRoom(unit, screen); plate.left() < scaleBar.right() + gap)
      plate.moveBottom(scaleBar.top() - gap);
  }

  Layout layout;
  double border, gap;
  std::vector<Entry> entries = {};
  double width = 0;  ///< of the texts
  QRectF plate = {};
};

}  // namespace

QString rangeText(const Heatmap& heatmap, const HeatmapStyle& style) {
  QStringList parts;
  if (heatmap.mix) parts += QCoreApplication::translate("Legend", "each 2nd to 98th percentile");
  if (heatmap.sorted.empty()) parts += QCoreApplication::translate("Legend", "no values");
  if (!heatmap.mix && style.range == HeatmapStyle::Range::Percentile)
    parts += QCoreApplication::translate("Legend", "%1 to %2 percentile")
                 .arg(ordinal(style.low), ordinal(style.high));
  const ValueRange range = valueRange(heatmap, style);
  if (!heatmap.mix && cutsOff(heatmap, range))
    parts += QCoreApplication::translate("Legend", "below %1 not shown").arg(valueText(range.threshold));
  if (std::ranges::find(heatmap.values, kStillToCome) != heatmap.values.end())
    parts += QCoreApplication::translate("Legend", "hatched: not computed yet");
  if (std::ranges::find(heatmap.values, kLeftOut) != heatmap.values.end())
    parts += QCoreApplication::translate("Legend", "dotted: not predicted");
  return parts.join(QStringLiteral(", "));
}

void paintLegend(QPainter& painter, QSizeF screen, const std::vector<OverlayLayer>& layers) {
  const PlacedLegend placed(plateUnit(painter), screen, layers);
  if (placed.entries.empty()) return;
  painter.save();
  paintPlate(painter, placed.plate);
  double top = placed.plate.top() + placed.border;
  for (const Entry& entry : placed.entries) {
    const double height = placed.layout.heightOf(entry, placed.width);
    paintEntry(painter, placed.layout, {placed.plate.left() + placed.border, top, placed.width, height},
               entry);
    top += height + placed.gap;
  }
  painter.restore();
}

QRectF legendRoom(double unit, QSizeF screen, const std::vector<OverlayLayer>& layers) {
  return PlacedLegend(unit, screen, layers).plate;
}

}  // namespace geneglass
