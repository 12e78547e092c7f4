// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/picture/channel_panel.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/window/main_window.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::channel_panel_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

template <typename Widget>
Widget* named(const QWidget& parent, const char* accessibleName) {
  for (Widget* widget : parent.findChildren<Widget*>())
    if (widget->accessibleName() == QLatin1String(accessibleName)) return widget;
  return nullptr;
}

std::vector<Channel> twoChannels() {
  std::vector<Channel> channels(2);
  channels[0] = {"DAPI", 0x0000ff, 0, 400, 0, 4095, "12-bit counts", 10, true};
  channels[1] = {"CD8", 0xff0000, 0, 800, 0, 4095, "12-bit counts", 20, true};
  return channels;
}

bool isSharp(MainWindow& window) {
  const FrameReport& frame = window.canvas().lastFrame();
  return frame.plan.sharp && frame.plan.want.empty() && window.session().loader()->pending() == 0;
}

/// The means of red, green and blue over the canvas, 0..255.
std::array<double, 3> meansOf(MainWindow& window) {
  const QImage picture = window.canvas().grabPicture();
  std::array<double, 3> sums{};
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) {
      const QRgb pixel = picture.pixel(x, y);
      sums[0] += qRed(pixel);
      sums[1] += qGreen(pixel);
      sums[2] += qBlue(pixel);
    }
  for (double& sum : sums) sum /= double(picture.width()) * picture.height();
  return sums;
}

}  // namespace

class ChannelPanelTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aSlideWithoutChannelsHidesIt();
  void theControlsSayWhatIsWanted();
  void blackStaysBelowBright();
  void resetGivesTheChannelsAsTheyOpened();
  void aChannelThatIsTurnedOffLeavesThePictureAtOnce();
  void nothingIsPredictedFromAFluorescenceSlide();

 private:
  QTemporaryDir m_folder;
};

void ChannelPanelTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void ChannelPanelTest::aSlideWithoutChannelsHidesIt() {
  ChannelPanel panel;
  panel.showChannels(twoChannels(), twoChannels());
  QVERIFY(!panel.isHidden());
  panel.showChannels({}, {});
  QVERIFY(panel.isHidden());
  QVERIFY(panel.findChildren<QCheckBox*>().isEmpty());
}

void ChannelPanelTest::theControlsSayWhatIsWanted() {
  ChannelPanel panel;
  QSignalSpy chosen(&panel, &ChannelPanel::chosen);
  panel.showChannels(twoChannels(), twoChannels());
  QVERIFY(!chosen.wait(100));  // showing is no choice
  named<QCheckBox>(panel, "Show DAPI")->setChecked(false);
  named<QSlider>(panel, "Brightest of CD8")->setValue(500);
  QVERIFY(chosen.wait(kPatience));
  QCOMPARE(chosen.count(), 1);  // both at once
  QVERIFY(!panel.channels()[0].shown && panel.channels()[1].shown);
  QCOMPARE(panel.channels()[1].high, 4095 * 0.25);
  QCOMPARE(named<QLabel>(panel, "Range of CD8")->text(), QStringLiteral("0 to 1023.8, 12-bit counts"));
  QVERIFY(!named<QSlider>(panel, "Brightest of DAPI")->isEnabled());
}

void ChannelPanelTest::blackStaysBelowBright() {
  ChannelPanel panel;
  panel.showChannels(twoChannels(), twoChannels());
  for (const int step : {0, 1, 500, 1000}) {
    named<QSlider>(panel, "Black of DAPI")->setValue(step);
    QVERIFY(panel.channels()[0].low < panel.channels()[0].high);
    named<QSlider>(panel, "Brightest of DAPI")->setValue(1000 - step);
    QVERIFY(panel.channels()[0].low < panel.channels()[0].high);
  }
}

void ChannelPanelTest::resetGivesTheChannelsAsTheyOpened() {
  ChannelPanel panel;
  std::vector<Channel> now = twoChannels();
  now[1].high = 99;
  panel.showChannels(twoChannels(), now);
  named<QCheckBox>(panel, "Show DAPI")->setChecked(false);
  QTest::mouseClick(named<QPushButton>(panel, "Reset the channels"), Qt::LeftButton);
  QCOMPARE(panel.channels(), twoChannels());
  QVERIFY(named<QCheckBox>(panel, "Show DAPI")->isChecked());
}

void ChannelPanelTest::aChannelThatIsTurnedOffLeavesThePictureAtOnce() {
  GENEGLASS_NEED(slide, "slides/unsupported-vectra.qptiff");
  Workplace workplace;
  MainWindow window(workplace);
  window.resize(1500, 950);
  window.show();
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  window.session().open(slide);
  QVERIFY(opened.wait(kPatience));
  QTRY_VERIFY_WITH_TIMEOUT(isSharp(window), kPatience);
  const auto before = meansOf(window);
  const Viewport view = window.canvas().viewport();
  auto* panel = window.findChild<ChannelPanel*>();
  QVERIFY(panel && panel->channels().size() == 3);
  QSignalSpy shown(&window.session(), &SlideSession::channelsShown);
  named<QCheckBox>(*panel, "Show DAPI")->setChecked(false);
  QVERIFY(shown.wait(kPatience));
  QCOMPARE(window.canvas().viewport(), view);
  // Nothing else is blue there but what lies around the slide.
  QTRY_VERIFY_WITH_TIMEOUT(isSharp(window) && meansOf(window)[2] < before[2] - 3, kPatience);
  const auto after = meansOf(window);
  QVERIFY(std::abs(after[0] - before[0]) < 1 && std::abs(after[1] - before[1]) < 1);
  QVERIFY(!window.session().channels()[0].shown);
  panel->parentWidget()->setEnabled(true);
  window.grab().save(QString::fromStdString((testing::outputFolder() / "channels.png").string()));
}

void ChannelPanelTest::nothingIsPredictedFromAFluorescenceSlide() {
  GENEGLASS_NEED(slide, "slides/unsupported-vectra.qptiff");
  Slide facts;
  facts.file = slide;
  facts.channels = twoChannels();
  facts.mpp = Mpp{0.5, 0.5};
  QVERIFY(unfitForModels(facts));
  QCOMPARE(
      unfitForModels(facts)->sentence,
      "'" + slide.string() +
          "' is a fluorescence slide (2 channels): models read stained colour slides only, so nothing is "
          "predicted from it.");
  facts.channels.clear();
  QVERIFY(!unfitForModels(facts));
}

}  // namespace geneglass::channel_panel_test

GENEGLASS_WINDOW_TEST(geneglass::channel_panel_test::ChannelPanelTest)
#include "channel_panel_test.moc"
