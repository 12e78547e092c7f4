// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/theme.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOption>

namespace geneglass {
namespace {

/// A cross, or two windows one before the other, in light lines: Fusion's own are black.
QIcon titleBarIcon(bool close) {
  constexpr int kSide = 32;  // drawn at twice its size
  QPixmap pixmap(kSide, kSide);
  pixmap.setDevicePixelRatio(2);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(QColor(0xD0, 0xD0, 0xD0), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
  if (close) {
    painter.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5));
    painter.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5));
  } else {
    painter.drawRect(QRectF(3.5, 6, 6.5, 6.5));
    painter.drawPolyline(QPolygonF({{6.5, 6}, {6.5, 3.5}, {12.5, 3.5}, {12.5, 9.5}, {10, 9.5}}));
  }
  return QIcon(pixmap);
}

/// Fusion, with check boxes and title bar buttons that can be seen on dark grey.
class QuietStyle final : public QProxyStyle {
 public:
  QuietStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

  QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override {
    if (which == SP_TitleBarCloseButton || which == SP_TitleBarNormalButton)
      return titleBarIcon(which == SP_TitleBarCloseButton);
    return QProxyStyle::standardIcon(which, option, widget);
  }

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (element != PE_IndicatorCheckBox) return QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool focus = option->state & State_HasFocus;
    const QPalette& palette = option->palette;
    const QRectF box = QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(focus ? palette.color(QPalette::Highlight).lighter(130) : QColor(0x8E, 0x8E, 0x8E));
    painter->setBrush(palette.brush(option->state & State_On ? QPalette::Highlight : QPalette::Base));
    painter->drawRoundedRect(box, 2, 2);
    if (option->state & State_On) {
      QPainterPath tick(QPointF(box.left() + 0.2 * box.width(), box.top() + 0.52 * box.height()));
      tick.lineTo(box.left() + 0.42 * box.width(), box.top() + 0.74 * box.height());
      tick.lineTo(box.left() + 0.82 * box.width(), box.top() + 0.28 * box.height());
      painter->setBrush(Qt::NoBrush);
      painter->setPen(QPen(Qt::white, 1.8));
      painter->drawPath(tick);
    }
    painter->restore();
  }
};

QPalette darkPalette() {
  const QColor window(0x33, 0x33, 0x33), base(0x28, 0x28, 0x28), raised(0x42, 0x42, 0x42),
      text(0xE2, 0xE2, 0xE2), faint(0x8E, 0x8E, 0x8E), accent(0x4C, 0x7F, 0xB0);
  QPalette palette;
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, text);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, QColor(0x2D, 0x2D, 0x2D));
  palette.setColor(QPalette::Text, text);
  palette.setColor(QPalette::Button, raised);
  palette.setColor(QPalette::ButtonText, text);
  palette.setColor(QPalette::BrightText, Qt::white);
  palette.setColor(QPalette::ToolTipBase, base);
  palette.setColor(QPalette::ToolTipText, text);
  palette.setColor(QPalette::PlaceholderText, faint);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, accent.lighter(140));
  palette.setColor(QPalette::Light, raised.lighter(120));
  palette.setColor(QPalette::Midlight, raised);
  palette.setColor(QPalette::Mid, QColor(0x50, 0x50, 0x50));
  palette.setColor(QPalette::Dark, QColor(0x1E, 0x1E, 0x1E));
  palette.setColor(QPalette::Shadow, QColor(0x14, 0x14, 0x14));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, faint);
  palette.setColor(QPalette::Disabled, QPalette::Highlight, raised);
  return palette;
}

}  // namespace

void applyTheme(QApplication& application) {
  QApplication::setStyle(new QuietStyle);
  QApplication::setPalette(darkPalette());
  application.setStyleSheet(
      QStringLiteral("#messageBar { background: #5a4a1f; border-bottom: 1px solid #8a7336; }"
                     "#messageBar QLabel { color: #fff3d0; }"
                     "#domainBanner { background: #7a2e1c; border-bottom: 1px solid #b3563f; }"
                     "#domainBanner QLabel { color: #ffe9e2; font-weight: bold; }"
                     "#chartTitle { color: #b4b4b4; font-size: 11px; }"
                     "#hint { color: #b4b4b4; }"
                     "QLabel[refusal=\"true\"] { color: #f0c060; }"
                     "#welcome { color: #8e8e8e; font-size: 16px; background: #1f1f1f; }"
                     "#paneName { color: #b4b4b4; background: #3b3b3b; }"
                     "#paneName[active=\"true\"] { color: #ffffff; background: #4c7fb0; }"
                     "#divider { color: #454545; }"
                     "QDockWidget { font-weight: bold; }"
                     "QDockWidget::title { background: #3b3b3b; padding: 5px 8px; }"
                     "QMainWindow::separator { width: 4px; height: 4px; background: #282828; }"
                     "QStatusBar::item { border: none; }"
                     "QHeaderView::section { background: #3b3b3b; border: none; border-right: 1px solid "
                     "#2a2a2a; padding: 4px; }"));
}

}  // namespace geneglass
