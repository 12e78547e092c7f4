// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRgb>
#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace geneglass {

/// How a piece of text is meant; the writers say what that looks like.
enum class TextTone { Plain, Strong, Note, Warning, Alarm };

struct ReportText {
  QString text;  ///< may have several lines
  TextTone tone = TextTone::Plain;
};

/// One thing that is so, with its name: "Pixel size", "0.25 x 0.25 um, from the scanner".
struct ReportFact {
  QString name;
  QString value;
};
using ReportFacts = std::vector<ReportFact>;

struct ReportColumn {
  QString title;
  double share = 1;  ///< of the table's width, against the other columns
  bool toTheRight = false;
  bool isScale = false;  ///< of each row's `place`, drawn; its cells have no text
};

/// A row of a table, with a cell a column; or, with a colour, one cell that is the title of those below it.
struct ReportRow {
  std::vector<QString> cells;
  bool grey = false;  ///< to be disregarded
  std::optional<QRgb> titleColour = {};
  std::optional<double> place = {};  ///< 0 (below all others) to 1 (above them)
};

struct ReportTable {
  std::vector<ReportColumn> columns;
  std::vector<ReportRow> rows;
};

/// A picture with its legend and scale bar.
struct ReportFigure {
  /// Paints into a place of the figure's proportions. Any thread, one at a time.
  using Paint = std::function<void(QPainter& painter, const QRectF& place)>;
  double width = 1;  ///< screen pixels, as its letters are measured in
  double height = 1;
  Paint paint;
  QString caption;    ///< may be empty
  bool half = false;  ///< half a page at most: there are more of its kind
};

using ReportBlock = std::variant<ReportText, ReportFacts, ReportTable, ReportFigure>;

struct ReportSection {
  QString title;
  std::vector<ReportBlock> blocks;
  bool onNewPage = false;
};

/// All that a report says, in words, made once: each writer only lays it out. Plain values, but for the
/// painting of figures.
struct ReportContent {
  QString fileTitle;  ///< for the title bar of a viewer
  QString title;
  QStringList subtitles;            ///< slide, institution, case, date
  std::vector<ReportText> notices;  ///< before any number
  std::vector<ReportSection> sections;
  QString footer;      ///< under every page
  std::string origin;  ///< what reopens its slide, see report_origin.h; JSON
};

/// Every text of it but the origin.
void eachText(ReportContent& content, const std::function<void(QString&)>& change);

}  // namespace geneglass
