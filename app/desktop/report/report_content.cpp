// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_content.h"

namespace geneglass {
namespace {

using ChangeText = std::function<void(QString&)>;

void eachOf(ReportText& text, const ChangeText& change) {
  change(text.text);
}

void eachOf(ReportFacts& facts, const ChangeText& change) {
  for (ReportFact& fact : facts) change(fact.name), change(fact.value);
}

void eachOf(ReportTable& table, const ChangeText& change) {
  for (ReportColumn& column : table.columns) change(column.title);
  for (ReportRow& row : table.rows)
    for (QString& cell : row.cells) change(cell);
}

void eachOf(ReportFigure& figure, const ChangeText& change) {
  change(figure.caption);
}

}  // namespace

void eachText(ReportContent& content, const ChangeText& change) {
  for (QString* text : {&content.fileTitle, &content.title, &content.footer}) change(*text);
  for (QString& subtitle : content.subtitles) change(subtitle);
  for (ReportText& notice : content.notices) change(notice.text);
  for (ReportSection& section : content.sections) {
    change(section.title);
    for (ReportBlock& block : section.blocks)
      std::visit([&change](auto& kind) { eachOf(kind, change); }, block);
  }
}

}  // namespace geneglass
