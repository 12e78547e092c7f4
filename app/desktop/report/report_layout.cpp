// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_layout.h"

#include <algorithm>

namespace geneglass {
namespace {

const TextStyle kTitle{18, true};
const TextStyle kSubtitle{11, true};
const TextStyle kHeading{12, true, QColor(0x00, 0x4A, 0x7C)};
const TextStyle kCaption{8};
const QColor kInk(0x20, 0x20, 0x20);
const QColor kGrey(0x8A, 0x8A, 0x8A);
const QColor kHeadBackground(0xEC, 0xEC, 0xEC);
constexpr double kFactName = 110;     ///< points
constexpr double kHalfPage = 300;     ///< points: two figures with their captions to a page
constexpr double kCaptionPlace = 60;  ///< points kept free below a figure that fills a page

TextStyle styleOf(TextTone tone) {
  switch (tone) {
    case TextTone::Plain:
      return {9};
    case TextTone::Strong:
      return {9, true};
    case TextTone::Note:
      return {8, false, QColor(0x60, 0x60, 0x60)};
    case TextTone::Warning:
      return {9, true, QColor(0xA0, 0x30, 0x00)};
    case TextTone::Alarm:
      break;
  }
  return {11, true, QColor(0xB0, 0x10, 0x00)};
}

void write(ReportPages& pages, const ReportText& text) {
  pages.text(text.text, styleOf(text.tone));
  pages.space(3);
}

void write(ReportPages& pages, const ReportFacts& facts) {
  PageTable table;
  for (const ReportFact& fact : facts)
    table.rows.push_back(
        {{{kFactName, fact.name, styleOf(TextTone::Note)}, {pages.width() - kFactName, fact.value, {8}}}});
  pages.table(table);
}

std::vector<double> widthsOf(const ReportTable& table, double width) {
  double shares = 0;
  for (const ReportColumn& column : table.columns) shares += column.share;
  std::vector<double> widths;
  for (const ReportColumn& column : table.columns) widths.push_back(width * column.share / shares);
  return widths;
}

void write(ReportPages& pages, const ReportTable& table) {
  const std::vector<double> widths = widthsOf(table, pages.width());
  const auto alignment = [&](size_t i) {
    return table.columns[i].toTheRight ? Qt::AlignRight : Qt::AlignLeft;
  };
  PageTable laid;
  laid.head.emplace();
  laid.head->background = kHeadBackground;
  for (size_t i = 0; i < widths.size(); ++i)
    laid.head->cells.push_back({widths[i], table.columns[i].title, {8, true, kInk, alignment(i)}});
  for (const ReportRow& row : table.rows) {
    PageRow& made = laid.rows.emplace_back();
    if (row.titleColour) {
      made.withNext = true;
      made.cells = {{pages.width(), row.cells.front(), {8, true, QColor::fromRgb(*row.titleColour)}}};
      continue;
    }
    for (size_t i = 0; i < std::min(widths.size(), row.cells.size()); ++i) {
      made.cells.push_back({widths[i], row.cells[i], {8, false, row.grey ? kGrey : kInk, alignment(i)}});
      if (table.columns[i].isScale) made.cells.back().place = row.place;
    }
  }
  pages.table(laid);
  pages.space(4);
}

void write(ReportPages& pages, const ReportFigure& figure) {
  const double most = figure.half ? kHalfPage : pages.height() - kCaptionPlace;
  const double scale = std::min(pages.width() / figure.width, most / figure.height);
  pages.picture(
      figure.width * scale, figure.height * scale,
      [&figure](QPainter& painter, const QRectF& place) {
        figure.paint(painter, place);
        painter.setPen(QPen(QColor(0xB0, 0xB0, 0xB0), 4));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place);
      },
      figure.caption, kCaption);
  pages.space(8);
}

}  // namespace

QPageSize pageSizeOf(ReportPaper paper) {
  return QPageSize(paper == ReportPaper::A4 ? QPageSize::A4 : QPageSize::Letter);
}

void layOut(const ReportContent& content, ReportPages& pages) {
  pages.text(content.title, kTitle);
  for (const QString& subtitle : content.subtitles) pages.text(subtitle, kSubtitle);
  pages.space(2);
  for (const ReportText& notice : content.notices) write(pages, notice);
  for (const ReportSection& section : content.sections) {
    if (section.onNewPage) pages.pageBreak();
    pages.heading(section.title, kHeading);
    for (const ReportBlock& block : section.blocks)
      std::visit([&pages](const auto& kind) { write(pages, kind); }, block);
  }
}

}  // namespace geneglass
