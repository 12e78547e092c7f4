// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/theme.h"

#include <QApplication>
#include <QPalette>
#include <QRegularExpression>
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "tests/support/window_test_program.h"

namespace geneglass::theme_test {
namespace {

/// Relative luminance of WCAG 2.
double luminance(const QColor& colour) {
  const auto linear = [](double part) {
    return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
  return std::max(one, other) / std::min(one, other);
}

}  // namespace

class ThemeTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void textStandsOutInBothThemes();
  void noSizeOfLettersIsFixed();
  void anOpenWindowTakesTheOtherColours();
};

void ThemeTest::textStandsOutInBothThemes() {
  for (const bool dark : {true, false}) {
    const QPalette palette = themePalette(dark);
    for (const auto& [ink, paper] :
         {std::pair(QPalette::WindowText, QPalette::Window), std::pair(QPalette::Text, QPalette::Base),
          std::pair(QPalette::ButtonText, QPalette::Button),
          std::pair(QPalette::ToolTipText, QPalette::ToolTipBase)})
      QVERIFY2(contrast(palette.color(ink), palette.color(paper)) >= 7, dark ? "dark" : "light");
    QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4);
    QCOMPARE(palette.color(QPalette::Window).lightness() < 128, dark);
  }
}

void ThemeTest::noSizeOfLettersIsFixed() {
  static const QRegularExpression kFixed(QStringLiteral("font-size: *[0-9.]+px"));
  for (const bool dark : {true, false}) QVERIFY(!themeSheet(dark, 9).contains(kFixed));
  QVERIFY(themeSheet(true, 20).contains(QStringLiteral("font-size: 18.0pt")));
}

void ThemeTest::anOpenWindowTakesTheOtherColours() {
  QWidget window;
  window.show();
  applyTheme(*qApp, Theme::Dark);
  QVERIFY(window.palette().color(QPalette::Window).lightness() < 128);
  applyTheme(*qApp, Theme::Light);
  QVERIFY(window.palette().color(QPalette::Window).lightness() > 128);
}

}  // namespace geneglass::theme_test

GENEGLASS_WINDOW_TEST(geneglass::theme_test::ThemeTest)

#include "theme_test.moc"
