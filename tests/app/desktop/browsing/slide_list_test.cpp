// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/slide_list_panel.h"

#include <QFile>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <atomic>

#include "app/desktop/workplace/typed_pixel_sizes.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/window_test_program.h"

namespace geneglass::slide_list_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

}  // namespace

class SlideListTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aFolderIsListedByNameWithNumbersInOrder();
  void aFolderWithoutSlidesIsRefused();
  void aManifestIsReadWithItsNamesAndPixelSizes();
  void aManifestThatSaysNothingIsRefused();
  void aThousandSlidesAreListedAtOnceAndOnlyThoseInViewAreRead();
  void aSlideThatCannotBeOpenedSaysSoAndTheNextOnesAreShown();
  void nextAndPreviousEndAtTheEnds();
  void aTypedPixelSizeIsRememberedByWhatTheSlideIs();

 private:
  std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }
  void write(const QString& name, const QByteArray& text) const {
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  QTemporaryDir m_folder;
};

void SlideListTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  std::filesystem::create_directory(path(QStringLiteral("slides")));
  std::filesystem::create_directory(path(QStringLiteral("empty")));
  std::filesystem::create_directory(path(QStringLiteral("many")));
  QVERIFY(testing::writeTissueSlide(path(QStringLiteral("slides/s2.tif")), {900, 700}));
  QVERIFY(testing::writeTissueSlide(path(QStringLiteral("slides/s10.tif")), {900, 700}, 0));
  write(QStringLiteral("slides/s1.svs"), "no slide");
  write(QStringLiteral("slides/notes.txt"), "no slide");
  for (int i = 0; i < 1000; ++i)
    std::filesystem::create_hard_link(path(QStringLiteral("slides/s2.tif")),
                                      path(QStringLiteral("many/%1.tif").arg(i)));
}

void SlideListTest::aFolderIsListedByNameWithNumbersInOrder() {
  const auto slides = slidesOfFolder(path(QStringLiteral("slides")));
  QVERIFY(slides);
  QCOMPARE(slides->size(), 3u);
  QCOMPARE((*slides)[0].name, QStringLiteral("s1.svs"));
  QCOMPARE((*slides)[1].name, QStringLiteral("s2.tif"));
  QCOMPARE((*slides)[2].name, QStringLiteral("s10.tif"));
}

void SlideListTest::aFolderWithoutSlidesIsRefused() {
  const auto empty = path(QStringLiteral("empty")), missing = path(QStringLiteral("missing"));
  QCOMPARE(slidesOfFolder(empty).error().sentence,
           "There is no slide in the folder '" + empty.string() + "'.");
  QCOMPARE(slidesOfFolder(missing).error().sentence,
           "Cannot list '" + missing.string() + "': No such file or directory.");
}

void SlideListTest::aManifestIsReadWithItsNamesAndPixelSizes() {
  write(QStringLiteral("list.csv"), "slide,case,name,mpp\nslides/s10.tif,A,Last one,0.25\n/abs/x.svs,B,,\n");
  const auto slides = slidesOfManifest(path(QStringLiteral("list.csv")));
  QVERIFY2(slides, slides ? "" : slides.error().sentence.c_str());
  QCOMPARE(slides->size(), 2u);
  QCOMPARE((*slides)[0].file, path(QStringLiteral("slides/s10.tif")));
  QCOMPARE((*slides)[0].name, QStringLiteral("Last one"));
  QCOMPARE(*(*slides)[0].mpp, 0.25);
  QCOMPARE((*slides)[1].file, std::filesystem::path("/abs/x.svs"));
  QCOMPARE((*slides)[1].name, QStringLiteral("x.svs"));
  QVERIFY(!(*slides)[1].mpp);
}

void SlideListTest::aManifestThatSaysNothingIsRefused() {
  const auto refusal = [this](const QByteArray& text) {
    write(QStringLiteral("bad.csv"), text);
    const auto slides = slidesOfManifest(path(QStringLiteral("bad.csv")));
    return slides ? QString() : QString::fromStdString(slides.error().sentence);
  };
  QVERIFY2(refusal("file,mpp\na,1\n").contains(QStringLiteral("it has no column 'slide'")),
           qPrintable(refusal("file,mpp\na,1\n")));
  QVERIFY(refusal("slide,mpp\n").contains(QStringLiteral("it names no slide")));
  QVERIFY(refusal("slide,mpp\n,1\n").contains(QStringLiteral("row 2: it names no slide")));
  QVERIFY2(refusal("slide,mpp\na.svs,huge\n")
               .contains(QStringLiteral("row 2: 'huge' are no micrometres per pixel")),
           qPrintable(refusal("slide,mpp\na.svs,huge\n")));
}

void SlideListTest::aThousandSlidesAreListedAtOnceAndOnlyThoseInViewAreRead() {
  const auto openings = std::make_shared<std::atomic<int>>(0);
  Workplace workplace(usualMemoryBudget(), [openings](const auto& file, auto mpp) {
    ++*openings;
    return openSlide(file, mpp);
  });
  SlideListPanel panel(workplace);
  panel.resize(300, 600);
  panel.show();
  QVERIFY(QTest::qWaitForWindowExposed(&panel));
  QSignalSpy listed(&panel, &SlideListPanel::listed);
  QSignalSpy read(&panel.slides(), &QAbstractItemModel::dataChanged);
  panel.listFolder(path(QStringLiteral("many")));
  QVERIFY(listed.wait(kPatience));
  QCOMPARE(panel.slides().rowCount(), 1000);
  QTRY_VERIFY_WITH_TIMEOUT(panel.slides().isGlanced(0), kPatience);
  auto* view = panel.findChild<QListView*>();
  QElapsedTimer clock;
  clock.start();
  view->scrollToBottom();
  qInfo("scrolling to the end took %lld ms", static_cast<long long>(clock.elapsed()));
  QTRY_VERIFY_WITH_TIMEOUT(panel.slides().isGlanced(999), kPatience);
  QVERIFY2(*openings < 120, qPrintable(QString::number(*openings)));
  QVERIFY(!panel.slides().isGlanced(500));
}

void SlideListTest::aSlideThatCannotBeOpenedSaysSoAndTheNextOnesAreShown() {
  Workplace workplace;
  SlideListPanel panel(workplace);
  panel.resize(300, 600);
  panel.show();
  panel.listFolder(path(QStringLiteral("slides")));
  SlideList& slides = panel.slides();
  QTRY_VERIFY_WITH_TIMEOUT(slides.rowCount() == 3 && slides.isGlanced(2), kPatience);
  const auto text = [&](int row) { return slides.index(row).data(Qt::AccessibleTextRole).toString(); };
  QCOMPARE(text(0), QStringLiteral("s1.svs, cannot be opened"));
  QVERIFY(slides.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("s1.svs")));
  QCOMPARE(text(1), QStringLiteral("s2.tif, not predicted"));
  QCOMPARE(text(2), QStringLiteral("s10.tif, pixel size unknown"));
  slides.setState(path(QStringLiteral("slides/s2.tif")), SlideList::State::Predicting);
  QCOMPARE(text(1), QStringLiteral("s2.tif, predicting"));
  slides.setState(path(QStringLiteral("slides/s2.tif")), SlideList::State::Predicted);
  QCOMPARE(text(1), QStringLiteral("s2.tif, predicted"));
  SlideGlance glance{{}, {}, true};
  glance.part = KeptTiles{3, 12};
  slides.setState(path(QStringLiteral("slides/s2.tif")), SlideList::State::Unknown);
  slides.takeGlance(path(QStringLiteral("slides/s2.tif")), glance);
  QCOMPARE(text(1), QStringLiteral("s2.tif, partly predicted: 3 of 12 tiles"));
  slides.forgetPredictions();
  QCOMPARE(text(1), QStringLiteral("s2.tif, not looked at yet"));
}

void SlideListTest::nextAndPreviousEndAtTheEnds() {
  Workplace workplace;
  SlideListPanel panel(workplace);
  QSignalSpy said(&panel, &SlideListPanel::said), wanted(&panel, &SlideListPanel::slideWanted);
  panel.step(1);
  QCOMPARE(said.takeFirst().at(0).toString(),
           QStringLiteral("No slides are listed: open one, or choose a folder in the panel Slides."));
  panel.showOpen(path(QStringLiteral("slides/s2.tif")));  // its folder is listed
  QTRY_COMPARE_WITH_TIMEOUT(panel.slides().rowCount(), 3, kPatience);
  panel.step(1);
  QCOMPARE(wanted.takeFirst().at(0).value<ListedSlide>().name, QStringLiteral("s10.tif"));
  panel.showOpen(path(QStringLiteral("slides/s10.tif")));
  panel.step(1);
  QCOMPARE(said.takeFirst().at(0).toString(), QStringLiteral("This is the last slide of the list."));
  panel.showOpen(path(QStringLiteral("slides/s1.svs")));
  panel.step(-1);
  QCOMPARE(said.takeFirst().at(0).toString(), QStringLiteral("This is the first slide of the list."));
  QVERIFY(wanted.isEmpty());
}

void SlideListTest::aTypedPixelSizeIsRememberedByWhatTheSlideIs() {
  const auto slide = path(QStringLiteral("slides/s10.tif")), copy = path(QStringLiteral("slides/copy.tif"));
  const auto open = withTypedPixelSize(openSlide);
  const auto before = open(slide, {});
  QVERIFY(before && !before->slide->mpp);
  rememberPixelSize(before->slide->hash, 0.4);
  std::filesystem::copy_file(slide, copy);
  for (const auto& file : {slide, copy}) {
    const auto opened = open(file, {});
    QVERIFY(opened && opened->slide->mpp);
    QCOMPARE(opened->slide->mpp->x, 0.4);
    QCOMPARE(opened->slide->mppOrigin, MppOrigin::User);
  }
  QCOMPARE(open(slide, 0.3)->slide->mpp->x, 0.3);  // asked for now
  forgetPixelSize(before->slide->hash);
  QVERIFY(!open(copy, {})->slide->mpp);
  std::filesystem::remove(copy);
}

}  // namespace geneglass::slide_list_test

GENEGLASS_WINDOW_TEST(geneglass::slide_list_test::SlideListTest)
#include "slide_list_test.moc"
