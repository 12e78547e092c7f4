// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <semaphore>

#include "app/desktop/case/case_file.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/gene_table.h"
#include "app/desktop/session/prediction_status.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/recent_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::window_test {
namespace {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

/// Share of pixels that differ by more than a few steps.
double difference(const QImage& a, const QImage& b) {
  if (a.size() != b.size()) return 1;
  qint64 different = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      different +=
          std::abs(qRed(p) - qRed(q)) + std::abs(qGreen(p) - qGreen(q)) + std::abs(qBlue(p) - qBlue(q)) > 24;
    }
  return double(different) / (double(a.width()) * a.height());
}

}  // namespace

class WindowTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aDroppedCaseOpensWithItsSlideOrSaysWhichOneIsMissing();
  void aDroppedBadFileIsSaidInTheWindowAndTheSlideStays();
  void anOpeningThatTakesLongCanBeCancelled();
  void aSlideWithoutPixelSizeOffersToSetIt();
  void aClickOnAGeneShowsItsMapInTheNextFrame();
  void theWindowAnswersWhileItPredictsAndIsPanned();
  void theKeyPSwitchesTheColourProfile();
  void aSlideWithoutAProfileHasNothingToSwitch();
  void recentFilesAreTheNewestTenWithoutDoubles();
  void theFirstSlideBesideNothingTakesTheOnlyPane();
  void twoSlidesAreOpenSideBySideAndThePanelsFollowTheOneThatIsTouched();
  void theOtherSlideStaysWhenItsNeighbourIsClosedWhilePredicting();

 private:
  /// Small tiles are many: they keep a prediction running for a while.
  std::filesystem::path model(int tilePixels) const {
    return m_folder.filePath(QString::number(tilePixels)).toStdString();
  }
  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }
  static void drop(MainWindow& window, const std::filesystem::path& file);

  QTemporaryDir m_folder;
};

void WindowTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  for (const int tilePixels : {16, 64}) QVERIFY(testing::writeRandomPackage(model(tilePixels), tilePixels));
  QVERIFY(testing::writeTissueSlide(path("small.tif"), {2000, 1500}));
  QVERIFY(testing::writeTissueSlide(path("other.tif"), {1800, 1600}));
  QVERIFY(testing::writeTissueSlide(path("large.tif"), {6000, 4000}));
  QVERIFY(testing::writeTissueSlide(path("without-mpp.tif"), {2000, 1500}, 0));
  QFile damaged(m_folder.filePath(QStringLiteral("damaged.tif")));
  QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(QByteArray(5000, 'x')) == 5000);
}

void WindowTest::drop(MainWindow& window, const std::filesystem::path& file) {
  QMimeData mime;
  mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
  QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent dropped(QPointF(50, 50), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &dropped);
}

void WindowTest::aDroppedCaseOpensWithItsSlideOrSaysWhichOneIsMissing() {
  const auto made = [this](const char* name, const std::string& slide) {
    const CaseContent content{{slide, std::string(64, 'a'), {2000, 1500}}, {}, {}, 0, {}};
    const auto file = CaseFile::create(path(name), content);
    if (!file) qFatal("%s", file.error().sentence.c_str());
    return path(name);
  };
  const auto whole = made("whole.geneglass", "small.tif"), alone = made("alone.geneglass", "gone.tif");
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  drop(window, whole);
  QVERIFY(opened.wait(kPatience));
  QCOMPARE(window.session().opened().slide->file.filename().string(), std::string("small.tif"));
  drop(window, alone);
  QTRY_VERIFY_WITH_TIMEOUT(window.messages().isVisible(), kPatience);
  QTRY_COMPARE_WITH_TIMEOUT(
      window.messages().sentence(),
      QStringLiteral("'%1' is the case of the slide 'gone.tif', which does not lie beside it.")
          .arg(QString::fromStdString(alone.string())),
      kPatience);
  QCOMPARE(window.session().opened().slide->file.filename().string(), std::string("small.tif"));
}

void WindowTest::aDroppedBadFileIsSaidInTheWindowAndTheSlideStays() {
  const auto slide = path("small.tif");
  const auto damaged = path("damaged.tif");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy opened(&session, &SlideSession::slideOpened);
  QSignalSpy refused(&session, &SlideSession::slideRefused);
  drop(window, slide);
  QVERIFY(opened.wait(kPatience));
  drop(window, damaged);
  QVERIFY(refused.wait(kPatience));
  QVERIFY(window.messages().isVisible());
  QVERIFY2(window.messages().sentence().contains(QStringLiteral("damaged.tif")),
           qPrintable(window.messages().sentence()));
  QVERIFY(window.windowTitle().startsWith(QStringLiteral("small.tif")));
  QVERIFY(window.canvas().isVisible());
  window.messages().dismiss();
  QVERIFY(!window.messages().isVisible());
}

void WindowTest::anOpeningThatTakesLongCanBeCancelled() {
  const auto answer = std::make_shared<std::binary_semaphore>(0);
  const auto stalled = [answer](const std::filesystem::path&, std::optional<double>) {
    answer->acquire();
    return Result<OpenedSlide>(fail("too late"));
  };
  std::shared_ptr<const std::atomic<int>> openings;
  {
    Workplace workplace(usualMemoryBudget(), stalled, std::chrono::milliseconds(1));
    openings = workplace.openings();
    MainWindow window(workplace);
    SlideSession& session = window.session();
    window.show();
    QSignalSpy cancelled(&session, &SlideSession::openingCancelled);
    QSignalSpy takesLong(&session, &SlideSession::openingTakesLong);
    session.open("/share/stalled.svs");
    QVERIFY(takesLong.wait(kPatience));
    QVERIFY(window.messages().isVisible());
    QVERIFY2(window.messages().sentence().contains(QStringLiteral("stalled.svs")),
             qPrintable(window.messages().sentence()));
    QPushButton* cancel = nullptr;
    for (QPushButton* button : window.messages().findChildren<QPushButton*>())
      if (button->isVisible() && button->text() == QStringLiteral("Cancel")) cancel = button;
    QVERIFY2(cancel, "no Cancel is offered");
    cancel->click();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!window.messages().isVisible());
    session.open("/share/stalled.svs");
  }
  QCOMPARE(openings->load(), 2);  // window and session ended and waited for neither
  answer->release();
  QTRY_COMPARE_WITH_TIMEOUT(openings->load(), 1, kPatience);
  answer->release();
  QTRY_COMPARE_WITH_TIMEOUT(openings->load(), 0, kPatience);
}

void WindowTest::aSlideWithoutPixelSizeOffersToSetIt() {
  const auto slide = path("without-mpp.tif");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy refused(&session, &SlideSession::predictionRefused);
  workplace.useModel(model(64));
  session.open(slide);
  QVERIFY(refused.wait(kPatience));
  bool offered = false;
  for (const QPushButton* button : window.messages().findChildren<QPushButton*>())
    offered |= button->isVisible() && button->text().contains(QStringLiteral("µm per pixel"));
  QVERIFY(offered);
}

void WindowTest::aClickOnAGeneShowsItsMapInTheNextFrame() {
  const auto slide = path("small.tif");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy finished(&session, &SlideSession::predictionFinished);
  workplace.useModel(model(64));
  session.open(slide);
  QVERIFY(finished.wait(kPatience));
  QTRY_VERIFY_WITH_TIMEOUT(window.canvas().lastFrame().plan.sharp, kPatience);
  window.overlayChoice().setOn(OverlayRole::Expression, false);
  QVERIFY(!window.overlays().upperHeatmap());
  const QImage before = window.canvas().grabPicture();
  auto* view = window.findChild<GenePanelView*>()->findChild<QTableView*>();
  QVERIFY(view);
  const QModelIndex row = view->model()->index(2, GeneTable::Symbol);
  QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(row).center());
  const QString symbol = row.data().toString();
  const auto shown = window.overlays().upperHeatmap();
  QVERIFY2(shown, "the click chose no heatmap");
  QVERIFY2(shown->overlay->heatmap()->name.startsWith(symbol), qPrintable(shown->overlay->heatmap()->name));
  const QImage after = window.canvas().grabPicture();
  const double changed = difference(before, after);
  if (changed <= 0.1)
    after.save(QString::fromStdString((testing::outputFolder() / "gene-click.png").string()));
  QVERIFY2(changed > 0.1, qPrintable(QString::number(changed)));
}

void WindowTest::theWindowAnswersWhileItPredictsAndIsPanned() {
  const auto slide = path("large.tif");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy progress(&session, &SlideSession::predictionProgress);
  workplace.useModel(model(16));
  session.open(slide);
  QVERIFY(progress.wait(kPatience));
  Viewport view = window.canvas().viewport();
  view.downsample /= 8;
  window.canvas().setViewport(view);
  QElapsedTimer sinceTick;
  qint64 longestGap = 0;
  QTimer ticks, pans;
  connect(&ticks, &QTimer::timeout, this, [&] { longestGap = std::max(longestGap, sinceTick.restart()); });
  connect(&pans, &QTimer::timeout, this, [&] {
    window.canvas().setViewport(window.canvas().viewport().pannedBy({-12, 7}));
  });
  sinceTick.start();
  ticks.start(5);
  pans.start(30);
  QVERIFY(progress.wait(kPatience));
  QVERIFY2(session.isPredicting(), "the prediction ended too soon to measure anything");
  auto* cancel = window.findChild<PredictionStatus*>()->findChild<QPushButton*>();
  QVERIFY(cancel->isVisible());
  cancel->click();
  QVERIFY(!session.isPredicting() && !cancel->isVisible());
  qInfo("longest gap of a 5 ms timer while predicting and panning: %lld ms", longestGap);
}

void WindowTest::theKeyPSwitchesTheColourProfile() {
  GENEGLASS_NEED(slide, "slides/tcga-cr-7395-no-mpp.svs");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  window.activateWindow();
  session.open(slide);
  QSignalSpy read(&session, &SlideSession::colourRead);
  QVERIFY(read.wait(kPatience));
  const auto* state = window.findChild<QLabel*>(QStringLiteral("colourState"));
  QVERIFY(state);
  QVERIFY(window.canvas().displayColour().showsProfile());
  QCOMPARE(state->text(), QStringLiteral("Colour profile on"));
  QTest::keyClick(&window.canvas(), Qt::Key_P);
  QVERIFY(!window.canvas().displayColour().showsProfile());
  QCOMPARE(state->text(), QStringLiteral("Colour profile off"));
  QTest::keyClick(&window.canvas(), Qt::Key_P);
  QVERIFY(window.canvas().displayColour().showsProfile());
}

void WindowTest::aSlideWithoutAProfileHasNothingToSwitch() {
  const auto slide = path("small.tif");
  Workplace workplace;
  MainWindow window(workplace);
  SlideSession& session = window.session();
  window.show();
  QSignalSpy opened(&session, &SlideSession::slideOpened);
  session.open(slide);
  QVERIFY(opened.wait(kPatience));
  QTest::keyClick(&window.canvas(), Qt::Key_P);
  const auto* state = window.findChild<QLabel*>(QStringLiteral("colourState"));
  QVERIFY(state);
  QCOMPARE(state->text(), QString());
  QCOMPARE(state->toolTip(), QStringLiteral("This slide has no colour profile."));
  QVERIFY(window.canvas().displayColour().isIdentity());
}

void WindowTest::recentFilesAreTheNewestTenWithoutDoubles() {
  forgetRecentFiles();
  for (int number = 0; number < 12; ++number) rememberFile(QString::number(number));
  rememberFile(QStringLiteral("5"));
  QCOMPARE(recentFiles().join(QLatin1Char(' ')), QStringLiteral("5 11 10 9 8 7 6 4 3 2"));
  forgetRecentFiles();
  QVERIFY(recentFiles().isEmpty());
}

void WindowTest::theFirstSlideBesideNothingTakesTheOnlyPane() {
  Workplace workplace;
  MainWindow window(workplace);
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  window.openBeside(path("small.tif"));
  QCOMPARE(window.panes().size(), size_t{1});
  window.openBeside(path("other.tif"));  // while the first is on its way
  QCOMPARE(window.panes().size(), size_t{2});
  QVERIFY(opened.count() > 0 || opened.wait(kPatience));
}

void WindowTest::twoSlidesAreOpenSideBySideAndThePanelsFollowTheOneThatIsTouched() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  workplace.useModel(model(64));
  SlideSession& first = window.session();
  QSignalSpy firstFinished(&first, &SlideSession::predictionFinished);
  first.open(path("small.tif"));
  QVERIFY(firstFinished.wait(kPatience));
  window.openBeside(path("other.tif"));
  SlideSession& second = window.session();
  QVERIFY(&first != &second);
  QSignalSpy secondFinished(&second, &SlideSession::predictionFinished);
  QVERIFY(secondFinished.wait(kPatience));
  QCOMPARE(window.panes().size(), size_t{2});
  QVERIFY(window.windowTitle().startsWith(QStringLiteral("other.tif")));
  const auto shownValues = [table = window.findChild<GenePanelView*>()->findChild<QTableView*>()->model()] {
    QStringList values;
    for (int row = 0; row < table->rowCount(); ++row)
      values << table->index(row, GeneTable::Value).data().toString();
    return values;
  };
  const QStringList ofSecond = shownValues();

  SlidePane& left = *window.panes().front();
  QTest::mouseClick(&left.canvas(), Qt::LeftButton);
  QCOMPARE(&window.session(), &first);
  QVERIFY(window.windowTitle().startsWith(QStringLiteral("small.tif")));
  QVERIFY(!ofSecond.isEmpty() && shownValues() != ofSecond);
  const int ofOther = second.scene().gene, chosen = ofOther == 1 ? 2 : 1;
  first.chooseGene(chosen);
  QTRY_COMPARE_WITH_TIMEOUT(first.scene().gene, chosen, kPatience);
  QCOMPARE(second.scene().gene, ofOther);
  QVERIFY(left.overlays().upperHeatmap());
  const QString shown = left.overlays().upperHeatmap()->overlay->heatmap()->name;
  QVERIFY(shown.startsWith(QString::fromStdString(first.scene().prediction->genes[size_t(chosen)].symbol)));
  window.overlayChoice().setOn(OverlayRole::Expression, false);  // of both: the choice is shared
  QVERIFY(!left.overlays().upperHeatmap() && !window.panes().back()->overlays().upperHeatmap());
}

void WindowTest::theOtherSlideStaysWhenItsNeighbourIsClosedWhilePredicting() {
  Workplace workplace;
  MainWindow window(workplace);
  window.show();
  workplace.useModel(model(16));
  QSignalSpy progress(&window.session(), &SlideSession::predictionProgress);
  window.session().open(path("large.tif"));
  QVERIFY(progress.wait(kPatience));
  const MemoryShare alone = workplace.share();
  window.openBeside(path("other.tif"));
  QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
  QVERIFY(opened.wait(kPatience));
  QVERIFY(!(workplace.share() == alone));
  QTest::mouseClick(&window.panes().front()->canvas(), Qt::LeftButton);
  SlideSession& other = window.panes().back()->session();
  QSignalSpy finished(&other, &SlideSession::predictionFinished);
  window.closePane();
  QCOMPARE(window.panes().size(), size_t{1});
  QCOMPARE(&window.session(), &other);
  QVERIFY(window.windowTitle().startsWith(QStringLiteral("other.tif")));
  QVERIFY(workplace.share() == alone);
  QVERIFY(finished.wait(kPatience));
  window.closePane();
  QCOMPARE(window.panes().size(), size_t{1});
}

}  // namespace geneglass::window_test

GENEGLASS_WINDOW_TEST(geneglass::window_test::WindowTest)
#include "window_test.moc"
