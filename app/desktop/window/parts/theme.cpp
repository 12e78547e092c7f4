// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/theme.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QPainterPath>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleOption>
#include <optional>
#include <utility>

namespace geneglass {
namespace {

/// A cross, or two windows one before the other: Fusion's own are black.
QIcon titleBarIcon(bool close, const QColor& ink) {
  constexpr int kSide = 32;  // drawn at twice its size
  QPixmap pixmap(kSide, kSide);
  pixmap.setDevicePixelRatio(2);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::MiterJoin));
  if (close) {
    painter.drawLine(QPointF(4.5, 4.5), QPointF(11.5, 11.5));
    painter.drawLine(QPointF(11.5, 4.5), QPointF(4.5, 11.5));
  } else {
    painter.drawRect(QRectF(3.5, 6, 6.5, 6.5));
    painter.drawPolyline(QPolygonF({{6.5, 6}, {6.5, 3.5}, {12.5, 3.5}, {12.5, 9.5}, {10, 9.5}}));
  }
  return QIcon(pixmap);
}

constexpr int kMenuArrow = 9, kArrowRoom = kMenuArrow + 4;

bool opensMenu(const QStyleOption* option) {
  const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
  return button && (button->features & QStyleOptionToolButton::HasMenu);
}

/// Fusion, with check boxes and title bar buttons that can be seen on any grey, and buttons whose menu's
/// arrow stands beside the text, not in it.
class QuietStyle final : public QProxyStyle {
 public:
  QuietStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                         const QWidget* widget) const override {
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    return type == CT_ToolButton && opensMenu(option) ? size + QSize(kArrowRoom, 0) : size;
  }

  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override {
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (element != CE_ToolButtonLabel || !opensMenu(option))
      return QProxyStyle::drawControl(element, option, painter, widget);
    QStyleOptionToolButton label = *button;
    label.rect.adjust(0, 0, -kArrowRoom, 0);
    QProxyStyle::drawControl(element, &label, painter, widget);
  }

  QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override {
    if (which == SP_TitleBarCloseButton || which == SP_TitleBarNormalButton)
      return titleBarIcon(which == SP_TitleBarCloseButton,
                          QApplication::palette().color(QPalette::WindowText));
    return QProxyStyle::standardIcon(which, option, widget);
  }

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (element == PE_IndicatorArrowDown && opensMenu(option)) {
      const QRect whole = widget ? widget->rect() : option->rect;
      QStyleOption arrow = *option;
      arrow.rect =
          QRect(whole.right() - kArrowRoom, whole.center().y() - kMenuArrow / 2, kMenuArrow, kMenuArrow);
      return QProxyStyle::drawPrimitive(element, &arrow, painter, widget);
    }
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

/// The greys of one theme, and the colours of what must be seen.
struct Greys {
  QRgb window, base, alternate, raised, text, faint, accent, mid, dark, shadow, link;
  const char *bar, *edge, *welcome, *quiet, *separator, *message, *messageEdge, *messageText, *banner,
      *bannerEdge, *bannerText, *refusal;
};

constexpr Greys kDark{0x333333,  0x282828,  0x2D2D2D,  0x424242,  0xE2E2E2,  0x8E8E8E,  0x4C7FB0,  0x505050,
                      0x1E1E1E,  0x141414,  0x6AB2F6,  "#3b3b3b", "#2a2a2a", "#1f1f1f", "#b4b4b4", "#282828",
                      "#5a4a1f", "#8a7336", "#fff3d0", "#7a2e1c", "#b3563f", "#ffe9e2", "#f0c060"};
constexpr Greys kLight{0xEFEFEF,  0xFFFFFF,  0xF5F5F5,  0xE4E4E4,  0x1E1E1E,  0x6B6B6B,  0x2F6CA8,  0xB4B4B4,
                       0xA0A0A0,  0x808080,  0x1A5A96,  "#dedede", "#c4c4c4", "#f8f8f8", "#555555", "#cccccc",
                       "#fff3cf", "#d9bd66", "#4a3b08", "#fbe0d8", "#c9674c", "#6b1e0a", "#8a5a00"};

const Greys& greysOf(bool dark) {
  return dark ? kDark : kLight;
}

}  // namespace

QPalette themePalette(bool dark) {
  const Greys& greys = greysOf(dark);
  const QColor raised = QColor::fromRgb(greys.raised);
  QPalette palette;
  for (const auto& [role, colour] :
       {std::pair(QPalette::Window, greys.window), std::pair(QPalette::WindowText, greys.text),
        std::pair(QPalette::Base, greys.base), std::pair(QPalette::AlternateBase, greys.alternate),
        std::pair(QPalette::Text, greys.text), std::pair(QPalette::Button, greys.raised),
        std::pair(QPalette::ButtonText, greys.text), std::pair(QPalette::ToolTipBase, greys.base),
        std::pair(QPalette::ToolTipText, greys.text), std::pair(QPalette::PlaceholderText, greys.faint),
        std::pair(QPalette::Highlight, greys.accent), std::pair(QPalette::Link, greys.link),
        std::pair(QPalette::Midlight, greys.raised), std::pair(QPalette::Mid, greys.mid),
        std::pair(QPalette::Dark, greys.dark), std::pair(QPalette::Shadow, greys.shadow)})
    palette.setColor(role, QColor::fromRgb(colour));
  palette.setColor(QPalette::BrightText, Qt::white);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Light, dark ? raised.lighter(120) : QColor(Qt::white));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, QColor::fromRgb(greys.faint));
  palette.setColor(QPalette::Disabled, QPalette::Highlight, raised);
  return palette;
}

QString themeSheet(bool dark, double points) {
  const Greys& greys = greysOf(dark);
  const auto rule = [](const char* text, const auto&... values) {
    QString written = QString::fromLatin1(text);
    ((written = written.arg(values)), ...);
    return written;
  };
  const auto name = [](const char* colour) { return QString::fromLatin1(colour); };
  const auto size = [points](double share) { return QString::number(points * share, 'f', 1); };
  return rule(
             "#messageBar { background: %1; border-bottom: 1px solid %2; } #messageBar QLabel { color: %3; }",
             name(greys.message), name(greys.messageEdge), name(greys.messageText)) +
         rule(
             "#domainBanner { background: %1; border-bottom: 1px solid %2; }"
             "#domainBanner QLabel { color: %3; font-weight: bold; }",
             name(greys.banner), name(greys.bannerEdge), name(greys.bannerText)) +
         rule("#chartTitle { color: %1; font-size: %2pt; } #hint { color: %1; }", name(greys.quiet),
              size(0.9)) +
         rule("QLabel[refusal=\"true\"] { color: %1; }", name(greys.refusal)) +
         rule("#welcome { color: %1; font-size: %2pt; background: %3; }", name(greys.quiet), size(1.3),
              name(greys.welcome)) +
         rule(
             "#paneName { color: %1; background: %2; }"
             "#paneName[active=\"true\"] { color: #ffffff; background: %3; }",
             name(greys.quiet), name(greys.bar), QColor::fromRgb(greys.accent).name()) +
         rule(
             "#divider { color: %1; } QDockWidget { font-weight: bold; }"
             "QDockWidget::title { background: %2; padding: 0.4em 0.6em; }"
             "QMainWindow::separator { width: 4px; height: 4px; background: %3; }"
             "QStatusBar::item { border: none; }",
             name(greys.edge), name(greys.bar), name(greys.separator)) +
         rule(
             "QHeaderView::section { background: %1; border: none; border-right: 1px solid %2; "
             "padding: 0.3em; }",
             name(greys.bar), name(greys.edge));
}

bool systemIsDark() {
  // Before any palette of ours was set.
  static const bool dark = [] {
    const QPalette desktop = QApplication::palette();
    return desktop.color(QPalette::Window).lightness() < desktop.color(QPalette::WindowText).lightness();
  }();
  return dark;
}

void applyTheme(QApplication& application, Theme theme) {
  const bool system = systemIsDark();
  const bool dark = theme == Theme::System ? system : theme == Theme::Dark;
  static std::optional<bool> shown;
  if (shown == dark) return;
  if (!shown) QApplication::setStyle(new QuietStyle);
  shown = dark;
  QApplication::setPalette(themePalette(dark));
  application.setStyleSheet(themeSheet(dark, QApplication::font().pointSizeF()));
}

}  // namespace geneglass
