// SPDX-License-Identifier: GPL-3.0-or-later
#include <xcb/xcb.h>

#include <QCheckBox>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/window/main_window.h"
#include "tests/support/made_profile.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::picture_panel_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

QString visibleText(const QWidget& panel) {
  QStringList texts;
  for (const QLabel* label : panel.findChildren<QLabel*>())
    if (!label->isHidden()) texts << label->text();
  return texts.join(QLatin1Char('\n'));
}

template <typename Widget>
Widget* named(const QWidget& parent, const char* accessibleName) {
  for (Widget* widget : parent.findChildren<Widget*>())
    if (widget->accessibleName() == QLatin1String(accessibleName)) return widget;
  return nullptr;
}

}  // namespace

class PicturePanelTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void movingAnySliderReadsAndUploadsNothing();
  void theKeysChooseWhichStainIsShown();
  void aDoubleClickResetsOneSliderAndTheButtonAll();
  void theReasonWhyAProfileIsRefusedStandsInThePanel();
  void theReasonWhyStainsWereNotEstimatedStandsInThePanel();
  void anotherSlideIsShownAsScannedAgain();
  void aScreensProfileFileIsUsedOrRefusedWithASentence();
  void theSystemsScreenProfileIsFound();
  void filesAreAlwaysSrgb();

 private:
  QTemporaryDir m_folder;
};

void PicturePanelTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void PicturePanelTest::movingAnySliderReadsAndUploadsNothing() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy stains(&session, &SlideSession::stainsRead);
  session.open(slide);
  QVERIFY(stains.wait(kPatience));
  QTRY_VERIFY_WITH_TIMEOUT(window.canvas().lastFrame().plan.sharp &&
                               window.canvas().lastFrame().plan.want.empty() &&
                               session.loader()->pending() == 0,
                           kPatience);
  QSignalSpy arrived(&session, &SlideSession::tileArrived);
  const auto* panel = window.findChild<PicturePanel*>();
  QVERIFY(panel);
  QImage before = window.canvas().grabPicture();
  for (const char* name : {"Brightness", "Contrast", "Gamma"}) {
    auto* slider = named<QSlider>(*panel, name);
    QVERIFY(slider);
    for (int step = 1; step <= 8; ++step) {
      slider->setValue(slider->value() + 2);
      const QImage now = window.canvas().grabPicture();
      const FrameReport& frame = window.canvas().lastFrame();
      QCOMPARE(frame.uploadedTiles + frame.uploadedProfiles + frame.uploadedHeatmaps, 0);
      QVERIFY(frame.plan.sharp);
      QVERIFY(now != before);
      before = now;
    }
  }
  QCOMPARE(session.loader()->pending(), 0);
  QCOMPARE(arrived.count(), 0);
}

void PicturePanelTest::theKeysChooseWhichStainIsShown() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  window.activateWindow();
  QSignalSpy stains(&session, &SlideSession::stainsRead);
  session.open(slide);
  QVERIFY(stains.wait(kPatience));
  const auto* state = window.findChild<QLabel*>(QStringLiteral("colourState"));
  QTest::keyClick(&window.canvas(), Qt::Key_H);
  QCOMPARE(window.canvas().displayColour().stain, StainView::Haematoxylin);
  QCOMPARE(state->text(), QStringLiteral("haematoxylin only (stain vectors of this slide)"));
  QVERIFY(window.canvas().displayColour().stains == session.colours().stains.stains);
  QTest::keyClick(&window.canvas(), Qt::Key_E);
  QCOMPARE(window.canvas().displayColour().stain, StainView::Eosin);
  named<QComboBox>(window, "Stain vectors")->setCurrentIndex(1);
  QCOMPARE(state->text(), QStringLiteral("eosin only (standard stain vectors)"));
  QVERIFY(window.canvas().displayColour().stains == StainVectors{});
  QTest::keyClick(&window.canvas(), Qt::Key_A);
  QVERIFY(window.canvas().displayColour().isIdentity());
  QCOMPARE(state->text(), QString());
}

void PicturePanelTest::aDoubleClickResetsOneSliderAndTheButtonAll() {
  PicturePanel panel;
  panel.showSlide({});
  panel.show();
  named<QSlider>(panel, "Brightness")->setValue(20);
  named<QSlider>(panel, "Contrast")->setValue(150);
  named<QSlider>(panel, "Gamma")->setValue(130);
  QCOMPARE(panel.choice().brightness, 0.2);
  QCOMPARE(panel.choice().contrast, 1.5);
  QCOMPARE(panel.choice().gamma, 1.3);
  for (const char* words : {"+20 %", "+50 %", "1.30"})
    QVERIFY2(visibleText(panel).contains(QLatin1String(words)), words);
  QTest::mouseDClick(named<QSlider>(panel, "Contrast"), Qt::LeftButton);
  QCOMPARE(panel.choice().contrast, 1.0);
  QCOMPARE(panel.choice().brightness, 0.2);
  QTest::mouseClick(named<QPushButton>(panel, "Reset brightness, contrast and gamma"), Qt::LeftButton);
  QCOMPARE(panel.choice(), PictureChoice{});
}

void PicturePanelTest::theReasonWhyAProfileIsRefusedStandsInThePanel() {
  PicturePanel panel;
  Slide slide;
  panel.showSlide(slide);
  QVERIFY(visibleText(panel).contains(QStringLiteral("This slide has no colour profile.")));
  const QCheckBox* use = panel.findChild<QCheckBox*>();
  QVERIFY(!use->isEnabled() && !use->isChecked());
  slide.colourProfileRefusal = "The slide's colour profile is not used: it is for grey, not for RGB.";
  panel.showSlide(slide);
  QVERIFY(visibleText(panel).contains(QStringLiteral("it is for grey, not for RGB.")));
  slide.colourProfile = testing::srgbProfile();
  slide.colourProfileName = "ScanScope";
  panel.showSlide(slide);
  QVERIFY(visibleText(panel).contains(QStringLiteral("ScanScope")));
  QVERIFY(use->isEnabled() && use->isChecked());
}

void PicturePanelTest::theReasonWhyStainsWereNotEstimatedStandsInThePanel() {
  PicturePanel panel;
  panel.showSlide({});
  const auto* vectors = named<QComboBox>(panel, "Stain vectors");
  panel.showStains(estimateStains(Image(100, 100, opaque(255, 255, 255))));
  QVERIFY(visibleText(panel).contains(QStringLiteral("There is too little stained tissue")));
  QVERIFY(!vectors->isEnabled());
  QCOMPARE(vectors->currentText(), QStringLiteral("Ruifrok & Johnston"));
  panel.showStains({});
  QVERIFY(!visibleText(panel).contains(QStringLiteral("There is too little stained tissue")));
  QVERIFY(vectors->isEnabled());
  QCOMPARE(vectors->currentText(), QStringLiteral("From this slide"));
}

void PicturePanelTest::anotherSlideIsShownAsScannedAgain() {
  PicturePanel panel;
  panel.showSlide({});
  PictureChoice choice;
  choice.stain = StainView::Eosin;
  choice.gamma = 1.5;
  panel.choose(choice);
  QCOMPARE(named<QComboBox>(panel, "Which stains are shown")->currentText(), QStringLiteral("Eosin only"));
  panel.showSlide({});
  QCOMPARE(panel.choice(), PictureChoice{});
}

void PicturePanelTest::aScreensProfileFileIsUsedOrRefusedWithASentence() {
  const auto file = std::filesystem::path(m_folder.path().toStdString()) / "screen.icc";
  const auto write = [&](const std::vector<uint8_t>& bytes) {
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  write(testing::wideGamutProfile(testing::Gamut::Adobe));
  ScreenProfile screen = readScreenProfile({file, {}});
  QCOMPARE(screen.name, std::string("made: Adobe"));
  QVERIFY(!screen.bytes.empty() && screen.refusal.empty());
  write(testing::greyProfile());
  screen = readScreenProfile({file, {}});
  QVERIFY(screen.bytes.empty());
  QCOMPARE(screen.refusal,
           std::string("The screen's colour profile is not used: it is for grey, not for RGB."));
  PicturePanel panel;
  panel.showScreen(PicturePanel::Screen::File, screen, QStringLiteral("/somewhere/screen.icc"));
  QVERIFY(
      visibleText(panel).contains(QStringLiteral("it is for grey, not for RGB. The screen counts as sRGB.")));
  QCOMPARE(named<QComboBox>(panel, "Profile of the screen")->currentText(),
           QStringLiteral("File: screen.icc…"));
  const ScreenProfile none = readScreenProfile({"/nowhere/none.icc", {}});
  QCOMPARE(none.refusal,
           std::string("Cannot read the screen's profile '/nowhere/none.icc': No such file or directory."));
}

void PicturePanelTest::theSystemsScreenProfileIsFound() {
  auto* x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
  if (!x11) QSKIP("no X11: the window system tells nothing of its screen");
  QVERIFY(systemScreenProfile().empty());
  xcb_connection_t* connection = x11->connection();
  const auto asked = xcb_intern_atom(connection, 0, 12, "_ICC_PROFILE");
  auto* atom = xcb_intern_atom_reply(connection, asked, nullptr);
  QVERIFY(atom);
  const std::vector<uint8_t> bytes = testing::wideGamutProfile(testing::Gamut::ProPhoto);
  const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
  xcb_change_property(connection, XCB_PROP_MODE_REPLACE, root, atom->atom, XCB_ATOM_CARDINAL, 8,
                      static_cast<uint32_t>(bytes.size()), bytes.data());
  const std::vector<uint8_t> found = systemScreenProfile();
  xcb_delete_property(connection, root, atom->atom);
  free(atom);
  QCOMPARE(found, bytes);
  QVERIFY(systemScreenProfile().empty());
}

void PicturePanelTest::filesAreAlwaysSrgb() {
  Slide slide;
  slide.colourProfile = testing::wideGamutProfile(testing::Gamut::Adobe);
  const SlideColours onScreen =
      makeColours(slide, {testing::wideGamutProfile(testing::Gamut::ProPhoto), {}, {}});
  QVERIFY(onScreen.toScreen && onScreen.toSrgb && onScreen.srgbToScreen);
  QVERIFY(onScreen.toScreen->values != onScreen.toSrgb->values);
  QCOMPARE(fileColour(onScreen, {}).cube(), onScreen.toSrgb);
  QCOMPARE(screenColour(onScreen, {}).cube(), onScreen.toScreen);
  PictureChoice off;
  off.useProfile = false;
  QVERIFY(!fileColour(onScreen, off).cube());
  QCOMPARE(screenColour(onScreen, off).cube(), onScreen.srgbToScreen);
  const SlideColours plain = makeColours(slide, {});
  QCOMPARE(plain.toScreen, plain.toSrgb);
  QCOMPARE(colourSentence(fileColour(onScreen, {})), QStringLiteral("Colours: slide profile → sRGB."));
  off.stain = StainView::Eosin;
  off.brightness = 0.1;
  off.contrast = 0.8;
  off.gamma = 1.2;
  QCOMPARE(colourSentence(fileColour(onScreen, off)),
           QStringLiteral("Colours: eosin only (standard stain vectors), brightness +10 %, contrast -20 %, "
                          "gamma 1.20."));
  QCOMPARE(colourSentence({}), QString());
}

}  // namespace geneglass::picture_panel_test

GENEGLASS_WINDOW_TEST(geneglass::picture_panel_test::PicturePanelTest)
#include "picture_panel_test.moc"
