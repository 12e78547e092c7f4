// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/tool_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QEvent>
#include <QIcon>
#include <QPainter>
#include <QPainterPath>

namespace geneglass {
namespace {

constexpr int kSide = 20;  ///< of the square that the pictures are drawn in

QString translated(const char* text) {
  return QCoreApplication::translate("ToolChoice", text);
}

void addWand(QPainterPath& path) {
  const QPointF tip(13, 7);
  path.moveTo(3, 17);
  path.lineTo(12, 8);
  for (const QPointF ray : {QPointF(0, -5), QPointF(5, 0), QPointF(3.5, -3.5)}) {
    path.moveTo(tip + ray / 3);
    path.lineTo(tip + ray);
  }
}

/// The tool's picture in a square of 20.
QPainterPath pictureOf(AnnotatingTool tool) {
  QPainterPath path;
  switch (tool) {
    case AnnotatingTool::Select:
      path.addPolygon(QPolygonF({{5, 2}, {5, 16}, {9, 12}, {12, 18}, {14, 17}, {11, 11}, {16, 11}, {5, 2}}));
      break;
    case AnnotatingTool::Rectangle:
      path.addRect(3, 5, 14, 10);
      break;
    case AnnotatingTool::Ellipse:
      path.addEllipse(2, 4, 16, 12);
      break;
    case AnnotatingTool::Polygon:
      path.addPolygon(QPolygonF({{3, 8}, {10, 2}, {17, 7}, {14, 17}, {6, 17}, {3, 8}}));
      break;
    case AnnotatingTool::Freehand:
      path.moveTo(3, 12);
      path.cubicTo(2, 2, 17, 2, 16, 9);
      path.cubicTo(16, 17, 5, 19, 3, 12);
      break;
    case AnnotatingTool::Wand:
      addWand(path);
      break;
    case AnnotatingTool::Brush:
      path.moveTo(17, 2);
      path.lineTo(9, 10);
      path.addEllipse(3, 10, 8, 7);
      break;
    case AnnotatingTool::Eraser:
      path.addPolygon(QPolygonF({{8, 16}, {3, 11}, {12, 3}, {17, 8}, {8, 16}}));
      path.moveTo(7, 7);
      path.lineTo(12, 12);
      break;
    case AnnotatingTool::Point:
      path.addEllipse(7, 7, 6, 6);
      break;
    case AnnotatingTool::Counter:
      for (const QPointF at : {QPointF(4, 12), QPointF(13, 4), QPointF(12, 14), QPointF(4, 4)})
        path.addEllipse(at, 2.2, 2.2);
      break;
    case AnnotatingTool::Ruler:
      path.moveTo(3, 16);
      path.lineTo(16, 3);
      path.moveTo(1, 14);
      path.lineTo(5, 18);
      path.moveTo(14, 1);
      path.lineTo(18, 5);
      break;
    case AnnotatingTool::Angle:
      path.moveTo(16, 3);
      path.lineTo(3, 16);
      path.lineTo(18, 16);
      path.moveTo(9, 10);
      path.quadTo(12, 12, 12, 16);
      break;
  }
  return path;
}

/// Fine enough for any screen.
QIcon iconOf(AnnotatingTool tool, const QColor& ink) {
  constexpr int kFiner = 4;
  QPixmap pixmap(kFiner * kSide, kFiner * kSide);
  pixmap.setDevicePixelRatio(kFiner);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(pictureOf(tool));
  return pixmap;
}

}  // namespace

AnnotatingToolBar::AnnotatingToolBar(ToolChoice& choice, QWidget* parent)
    : QToolBar(tr("Annotating"), parent) {
  setObjectName(QStringLiteral("annotating"));
  const int side = 5 * fontMetrics().height() / 4;
  setIconSize({side, side});
  auto* one = new QActionGroup(this);
  for (const ToolFacts& facts : annotatingTools()) {
    QAction* action =
        addAction(iconOf(facts.tool, palette().color(QPalette::ButtonText)), translated(facts.name));
    action->setCheckable(true);
    action->setShortcut(facts.key);
    action->setToolTip(
        tr("%1 (%2): %3").arg(translated(facts.name), action->shortcut().toString(), translated(facts.hint)));
    action->setChecked(facts.tool == choice.tool());
    one->addAction(action);
    connect(action, &QAction::triggered, this, [this, &choice, facts] {
      choice.setTool(facts.tool);
      Q_EMIT hint(translated(facts.hint));
    });
    connect(&choice, &ToolChoice::changed, action,
            [action, &choice, facts] { action->setChecked(choice.tool() == facts.tool); });
  }
}

void AnnotatingToolBar::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) {
    const auto tools = annotatingTools();
    for (qsizetype i = 0; i < actions().size() && size_t(i) < tools.size(); ++i)
      actions()[i]->setIcon(iconOf(tools[size_t(i)].tool, palette().color(QPalette::ButtonText)));
  }
  QToolBar::changeEvent(event);
}

}  // namespace geneglass
