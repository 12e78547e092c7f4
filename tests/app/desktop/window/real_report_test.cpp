// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/report/report.h"
#include "app/desktop/snapshots/snapshot_tray.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "inference/regions/compare_regions.h"
#include "tests/support/shipped_section.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/slide/tile_loader.h"

namespace geneglass::real_report_test {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate
constexpr qint64 kMostBytes = 10'000'000;
constexpr std::array kGenes{"ERBB2", "IGKC", "FASN", "MGP"};

/// A report of the shipped section as a pathologist makes it: four genes, two regions compared, a ruler, a
/// counter. GENEGLASS_REPORTS names a folder in which the files are left, to be looked at.
class RealReportTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void itIsSmallAndOpensTheSameViewToThePixel();

 private:
  QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  static bool openPredicted(MainWindow& window, const std::function<void()>& open);
  static void drawOn(Case& document);
  static void takeSnapshot(MainWindow& window, const char* gene);
  static void compareOn(MainWindow& window);
  static QImage pictureOf(MainWindow& window);
  static bool shows(MainWindow& window, const char* gene);  ///< waits for its map
  static bool chooseGene(MainWindow& window, const char* gene);

  QTemporaryDir m_folder;
  std::filesystem::path m_model;
};

void RealReportTest::initTestCase() {
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  qputenv("GENEGLASS_CASES", path("own").toUtf8());
  m_model = testing::sourceFolder() / "resources/models/breast-her2st";
  std::filesystem::copy_file(testing::shippedSection() / "her2st-C5.tif",
                             path("her2st-C5.tif").toStdString());
}

bool RealReportTest::openPredicted(MainWindow& window, const std::function<void()>& open) {
  QSignalSpy finished(&window.session(), &SlideSession::predictionFinished);
  QSignalSpy found(&window.pane().keeper(), &CaseKeeper::opened);
  window.resize(1600, 1000);
  window.show();
  open();
  return finished.wait(kPatience) && (!found.isEmpty() || found.wait(kPatience));
}

void RealReportTest::drawOn(Case& document) {
  const Annotation tumour{{}, rectangleArea({1200, 1500, 3600, 6400}), "Tumour", "In situ", {}, {}, false};
  const Annotation stroma{{},   rectangleArea({5000, 1500, 3300, 6400}), "Stroma", {}, "beside the front", {},
                          false};
  const Annotation depth{{}, Path{{{1500, 2000}, {4300, 5200}}}, {}, "Depth", {}, {}, false};
  Places mitoses;
  for (int i = 0; i < 12; ++i) mitoses.points.push_back({2000.0 + 190 * i, 3000.0 + 130 * ((i * 7) % 12)});
  document.change(
      document.annotations()->with({tumour, stroma, depth, {{}, mitoses, "Mitosis", {}, {}, {}, false}}),
      QStringLiteral("Draw"));
}

bool RealReportTest::shows(MainWindow& window, const char* gene) {
  return QTest::qWaitFor(
      [&] {
        const OverlayScene& scene = window.session().scene();
        return scene.gene >= 0 && scene.prediction->genes[size_t(scene.gene)].symbol == gene &&
               window.overlays().upperHeatmap() &&
               window.overlays().upperHeatmap()->overlay->heatmap()->name.startsWith(QLatin1String(gene));
      },
      kPatience);
}

bool RealReportTest::chooseGene(MainWindow& window, const char* gene) {
  window.session().chooseGene(std::string(gene));
  return shows(window, gene);
}

void RealReportTest::takeSnapshot(MainWindow& window, const char* gene) {
  QVERIFY(chooseGene(window, gene));
  const Rect bounds = window.session().opened().slide->bounds;
  const double shift = gene == std::string("FASN") ? 0.3 : 0;
  const Rect seen{bounds.width * (0.1 + shift), bounds.height * (0.15 + shift), bounds.width * 0.6,
                  bounds.height * 0.5};
  SlidePicture picture{window.session().opened(), fit(seen, 1400, 1000), window.pane().fileLayers(), 1,
                       fileColour(window.session().colours(), {})};
  const Result<QImage> drawn = drawSlideAndMaps(picture, renderView);
  QVERIFY(drawn);
  QImage whole(1400, 1000, QImage::Format_RGB32);
  {
    QPainter painter(&whole);
    paintWithLegend(painter, QRectF(whole.rect()), picture, *drawn);
  }
  QBuffer png;
  png.open(QIODevice::WriteOnly);
  whole.save(&png, "PNG");
  const Prediction& prediction = *window.session().scene().prediction;
  addToTray(window.pane().document(),
            {.id = gene,
             .caption = std::string("Where ") + gene + " is predicted",
             .view = {picture.view.centre, picture.view.downsample, 0},
             .size = {1400, 1000},
             .gene = gene,
             .slide = prediction.slideHash,
             .model = prediction.modelHash,
             .overlays = {{"Gene expression", 0.5}}},
            png.data());
}

void RealReportTest::compareOn(MainWindow& window) {
  const AnnotationSet& drawn = *window.pane().document().annotations();
  const auto compared = compareRegions(*window.session().scene().prediction, regionNamed(drawn, "Tumour"),
                                       regionNamed(drawn, "Stroma"), {}, {});
  QVERIFY2(compared, compared ? "" : compared.error().sentence.c_str());
  window.pane().document().changeEntry("regionTables", toJson(std::vector{*compared}),
                                       QStringLiteral("Compare"));
}

QImage RealReportTest::pictureOf(MainWindow& window) {
  for (int i = 0; i < 2; ++i) {
    [&] { QTRY_VERIFY_WITH_TIMEOUT(window.session().loader()->pending() == 0, kPatience); }();
    QTest::qWait(50);  // for what was asked for by the last picture
  }
  return window.canvas().grabPicture();
}

void RealReportTest::itIsSmallAndOpensTheSameViewToThePixel() {
  const CaseView view{{4321.5, 4567.25}, 3.3, 0.2};
  QImage looked;
  {
    Workplace workplace;
    MainWindow window(workplace);
    workplace.useModel(m_model);
    QVERIFY(openPredicted(window, [&] { window.session().open(path("her2st-C5.tif").toStdString()); }));
    drawOn(window.pane().document());
    for (const char* gene : kGenes) takeSnapshot(window, gene);
    compareOn(window);
    QVERIFY(chooseGene(window, "ERBB2"));
    window.pane().keptView().show(view);
    looked = pictureOf(window);
    for (const char* name : {"real.pdf", "real.html", "real-letter.pdf"}) {
      ReportRequest request = window.reportRequest();
      request.words = {
          QStringLiteral("S-26/104"),
          QStringLiteral("Invasive carcinoma with an in situ component.\nERBB2 is predicted high in both.")};
      request.layout.institution = QStringLiteral("Institute of Pathology");
      if (std::string(name) == "real-letter.pdf")
        request.layout.paper = ReportPaper::Letter, request.layout.allGenes = false;
      request.file = path(name).toStdString();
      QSignalSpy saved(window.findChild<FileSaver*>(), &FileSaver::saved);
      QElapsedTimer timer;
      timer.start();
      window.saveReport(request);
      QVERIFY2(saved.wait(kPatience), qPrintable(window.messages().sentence()));
      const qint64 bytes = QFile(path(name)).size();
      qInfo("%s: %.2f MB, %lld ms", name, double(bytes) / 1e6, timer.elapsed());
      QVERIFY(bytes < kMostBytes);
      if (const QString kept = qEnvironmentVariable("GENEGLASS_REPORTS"); !kept.isEmpty()) {
        QFile::remove(QDir(kept).filePath(QString::fromLatin1(name)));
        QFile::copy(path(name), QDir(kept).filePath(QString::fromLatin1(name)));
      }
    }
    QVERIFY(chooseGene(window, "MGP"));  // what the case remembers is another gene and view
    window.pane().keptView().show({{300, 200}, 6, 0});
  }
  Workplace workplace;
  MainWindow window(workplace);
  workplace.useModel(m_model);
  QVERIFY(openPredicted(window, [&] { window.openHere(path("real.pdf").toStdString()); }));
  QTRY_VERIFY_WITH_TIMEOUT(window.pane().keptView().view() == view, kPatience);
  QVERIFY(shows(window, "ERBB2"));
  QCOMPARE(window.pane().document().annotations()->all().size(), size_t{4});
  QCOMPARE(pictureOf(window), looked);
}

}  // namespace geneglass::real_report_test

GENEGLASS_WINDOW_TEST(geneglass::real_report_test::RealReportTest)
#include "real_report_test.moc"
