// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

namespace geneglass {

static QPalette darkPalette() {
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

void applyTheme(QApplication& application) {
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setPalette(darkPalette());
  application.setStyleSheet(
      QStringLiteral("#messageBar { background: #5a4a1f; border-bottom: 1px solid #8a7336; }"
                     "#messageBar QLabel { color: #fff3d0; }"
                     "#chartTitle { color: #b4b4b4; font-size: 11px; }"
                     "#welcome { color: #8e8e8e; font-size: 16px; background: #1f1f1f; }"
                     "#divider { color: #454545; }"
                     "QDockWidget { font-weight: bold; }"
                     "QDockWidget::title { background: #3b3b3b; padding: 5px 8px; }"
                     "QMainWindow::separator { width: 4px; height: 4px; background: #282828; }"
                     "QStatusBar::item { border: none; }"
                     "QHeaderView::section { background: #3b3b3b; border: none; border-right: 1px solid "
                     "#2a2a2a; padding: 4px; }"));
}

}  // namespace geneglass
