// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <limits>

#include "overlays/overlay_control.h"
#include "tests/support/test_program.h"

namespace geneglass::overlay_control_test {

using Kind = OverlayControl::Kind;

static const QStringList kShapes{QStringLiteral("round"), QStringLiteral("square")};

class OverlayControlTest final : public QObject {
  Q_OBJECT

  static OverlayControl number(double value, double low, double high) {
    return {.key = QStringLiteral("width"),
            .name = QStringLiteral("Width"),
            .value = value,
            .low = low,
            .high = high};
  }
  static OverlayControl choice(double value, const QStringList& choices) {
    return {.key = QStringLiteral("shape"),
            .name = QStringLiteral("Shape"),
            .kind = Kind::Choice,
            .value = value,
            .choices = choices};
  }

 private Q_SLOTS:
  void whatCannotBeShownIsRefusedByItsReason_data() {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const QString outside = QStringLiteral("has a control '%1' that begins outside what it may be");
    QTest::addColumn<std::vector<OverlayControl>>("controls");
    QTest::addColumn<QString>("refusal");
    const auto row = [](const char* name, std::vector<OverlayControl> controls, const QString& refusal) {
      QTest::newRow(name) << std::move(controls) << refusal;
    };
    row("none", {}, {});
    row("of each kind",
        {number(2, 1, 3),
         choice(1, kShapes),
         {.key = QStringLiteral("on"), .name = QStringLiteral("On"), .kind = Kind::Tick, .value = 1}},
        {});
    row("no key", {{.key = {}, .name = QStringLiteral("Width")}},
        QStringLiteral("has a control without a key or a name"));
    row("no name", {{.key = QStringLiteral("width"), .name = {}}},
        QStringLiteral("has a control without a key or a name"));
    row("two", {number(2, 1, 3), number(1, 1, 3)}, QStringLiteral("has two controls 'width'"));
    row("above", {number(4, 1, 3)}, outside.arg(QLatin1String("width")));
    row("below", {number(0, 1, 3)}, outside.arg(QLatin1String("width")));
    row("no number", {number(kNone, 1, 3)}, outside.arg(QLatin1String("width")));
    row("turned round", {number(2, 3, 1)}, outside.arg(QLatin1String("width")));
    row("without an end", {number(2, 1, std::numeric_limits<double>::infinity())},
        outside.arg(QLatin1String("width")));
    row("nothing to choose", {choice(0, {})}, outside.arg(QLatin1String("shape")));
    row("third of two", {choice(2, kShapes)}, outside.arg(QLatin1String("shape")));
    row("half a tick",
        {{.key = QStringLiteral("on"), .name = QStringLiteral("On"), .kind = Kind::Tick, .value = 2}},
        outside.arg(QLatin1String("on")));
  }
  void whatCannotBeShownIsRefusedByItsReason() {
    QFETCH(std::vector<OverlayControl>, controls);
    QTEST(refusalOf(controls), "refusal");
  }

  void aValueThatMayNotBeBecomesTheNearestThatMay() {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const std::vector<OverlayControl> controls{
        number(2, 1, 3),
        choice(1, kShapes),
        {.key = QStringLiteral("on"), .name = QStringLiteral("On"), .kind = Kind::Tick}};
    using Values = std::vector<double>;
    QCOMPARE(fittingValues(controls, {}), (Values{2, 1, 0}));
    QCOMPARE(fittingValues(controls, {9, 9, 9}), (Values{3, 1, 1}));
    QCOMPARE(fittingValues(controls, {-9, -9, -9}), (Values{1, 0, 0}));
    QCOMPARE(fittingValues(controls, {1.5, 0.4, 0.6}), (Values{1.5, 0, 1}));
    QCOMPARE(fittingValues(controls, {kNone, kNone}), (Values{2, 1, 0}));
    QCOMPARE(fittingValues(controls, {3, 0, 1, 7, 8}), (Values{3, 0, 1}));
  }
};

}  // namespace geneglass::overlay_control_test

GENEGLASS_TEST(geneglass::overlay_control_test::OverlayControlTest)
#include "overlay_control_test.moc"
