// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QTest>

#include "app/desktop/layers/overlay_panel.h"
#include "app/desktop/layers/overlay_settings.h"
#include "tests/app/desktop/layers/counting_plugin.h"
#include "tests/support/window_test_program.h"

namespace geneglass::plugin_controls_test {

using testing::sceneWithGene;
using Values = std::vector<double>;

static const QStringList kShapes{QStringLiteral("round"), QStringLiteral("square")};

/// Draws nothing, and says what it was set to.
class SetOverlay final : public Overlay {
 public:
  explicit SetOverlay(Values settings) : m_settings(std::move(settings)) {}
  QString textAt(Point) const override {
    QStringList texts;
    for (const double value : m_settings) texts << QString::number(value);
    return texts.join(u' ');
  }

 private:
  Values m_settings;
};

class SetPlugin final : public OverlayPlugin {
 public:
  mutable int made = 0;
  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    ++made;
    return std::make_unique<SetOverlay>(scene.settings);
  }
};

class PluginControlsTest final : public QObject {
  Q_OBJECT

  SetPlugin m_plugin;

  OverlayEntry entry() const {
    OverlayEntry made = testing::entryOf("set", &m_plugin);
    made.controls = {{.key = QStringLiteral("width"),
                      .name = QStringLiteral("Width"),
                      .value = 2,
                      .low = 1,
                      .high = 9,
                      .unit = QStringLiteral("px")},
                     {.key = QStringLiteral("shape"),
                      .name = QStringLiteral("Shape"),
                      .kind = OverlayControl::Kind::Choice,
                      .choices = kShapes},
                     {.key = QStringLiteral("dashed"),
                      .name = QStringLiteral("Dashed"),
                      .kind = OverlayControl::Kind::Tick,
                      .value = 1}};
    return made;
  }

 private Q_SLOTS:
  void whatTheUserSetsMakesTheOverlayAnewAndNothingElseDoes() {
    OverlayChoice choice({entry()});
    OverlayStack stack(choice);
    const OverlayPanel panel(stack);
    stack.setScene(sceneWithGene(0));
    QCOMPARE(stack.textAt({}), QStringLiteral("2 0 1"));
    QDoubleSpinBox* width = nullptr;
    for (QDoubleSpinBox* each : panel.findChildren<QDoubleSpinBox*>())
      if (each->accessibleName() == QStringLiteral("Width of set")) width = each;
    QVERIFY(width);
    QCOMPARE(width->suffix(), QStringLiteral(" px"));
    const int before = m_plugin.made;
    width->setValue(7);
    QCOMPARE(stack.textAt({}), QStringLiteral("7 0 1"));
    for (QComboBox* each : panel.findChildren<QComboBox*>())
      if (each->accessibleName() == QStringLiteral("Shape of set")) each->setCurrentIndex(1);
    for (QCheckBox* each : panel.findChildren<QCheckBox*>())
      if (each->text() == QStringLiteral("Dashed")) each->click();
    QCOMPARE(stack.textAt({}), QStringLiteral("7 1 0"));
    QCOMPARE(m_plugin.made, before + 3);
    choice.setSetting(0, 0, 7);
    stack.setScene(sceneWithGene(0));
    QCOMPARE(m_plugin.made, before + 3);
  }

  void theyAreSeenWhileTheOverlayIs() {
    OverlayChoice choice({entry(), testing::entryOf("bare", &m_plugin)});
    OverlayStack stack(choice);
    OverlayPanel panel(stack);
    const auto controls = panel.findChildren<PluginControls*>();
    QCOMPARE(controls.size(), 2);
    QVERIFY(controls[0]->isHidden() && controls[1]->isHidden());
    stack.setScene(sceneWithGene(0));
    QCOMPARE(int(controls[0]->isHidden()) + int(controls[1]->isHidden()), 1);  // one plugin has none
    choice.setOn(0, false);
    QVERIFY(controls[0]->isHidden() && controls[1]->isHidden());
  }

  void theyAreKeptWithTheCaseByTheirKeys() {
    OverlayChoice choice({entry()});
    choice.setSetting(0, 0, 5);
    choice.setSetting(0, 2, 0);
    const std::string text = textOf(overlaySettings(choice));
    OverlayChoice again({entry()});
    bringBack(*overlaySettingsOf(text), again);
    QCOMPARE(again.wishes()[0].settings, (Values{5, 0, 0}));

    OverlayEntry newer = entry();  // another control first, one gone, a smaller range
    newer.controls = {{.key = QStringLiteral("sharp"), .name = QStringLiteral("Sharp"), .value = 0.5},
                      newer.controls[0]};
    newer.controls[1].high = 3;
    OverlayChoice changed({newer});
    bringBack(*overlaySettingsOf(text), changed);
    QCOMPARE(changed.wishes()[0].settings, (Values{0.5, 3}));
  }

  void aCaseWithoutThemAndOneThatWasWrittenByHandDoNoHarm() {
    for (const char* text : {R"([{"overlay": "set", "on": true}])",
                             R"([{"overlay": "set", "on": true, "controls": {"width": "wide"}}])",
                             R"([{"overlay": "set", "on": true, "controls": 3}])",
                             R"([{"overlay": "set", "on": true, "controls": {"colour": 3}}])"}) {
      OverlayChoice choice({entry()});
      if (const auto settings = overlaySettingsOf(text)) bringBack(*settings, choice);
      QCOMPARE(choice.wishes()[0].settings, (Values{2, 0, 1}));
    }
    OverlayChoice choice({entry()});
    bringBack(*overlaySettingsOf(R"([{"overlay": "set", "on": true, "controls": {"width": 1e9}}])"), choice);
    QCOMPARE(choice.wishes()[0].settings, (Values{9, 0, 1}));
  }
};

}  // namespace geneglass::plugin_controls_test

GENEGLASS_WINDOW_TEST(geneglass::plugin_controls_test::PluginControlsTest)
#include "plugin_controls_test.moc"
