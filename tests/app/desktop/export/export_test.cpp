// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QImageReader>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/export/snapshot_export.h"
#include "overlays/overlay_registry.h"
#include "tests/app/desktop/export/made_drawing.h"
#include "tests/support/window_test_program.h"

namespace geneglass::export_test {

class ExportTest final : public QObject {
  Q_OBJECT

  std::vector<OverlayEntry> m_overlays;
  OpenedSlide m_opened{std::make_shared<Slide>(testing::madeSlide()), nullptr};
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  std::vector<OverlayLayer> expressionLayer(std::shared_ptr<const Prediction> prediction) const {
    for (const OverlayEntry& entry : m_overlays)
      if (entry.identifier == u"gene_expression") {
        const auto overlay =
            makeOverlay(entry, {m_opened.slide, nullptr, prediction, 0, nullptr, nullptr, nullptr});
        if (overlay) return {{*overlay, (*overlay)->defaultStyle()}};
      }
    return {};
  }

  SnapshotRequest snapshot(const char* name) const {
    const auto prediction = std::make_shared<Prediction>(testing::madePrediction());
    return {file(name),
            m_opened,
            *snapshotView(*m_opened.slide, {}, {800, 600}),
            expressionLayer(prediction),
            prediction,
            0,
            testing::drawMade,
            {}};
  }

  int filesLeft() const { return int(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).size()); }

  static QByteArray bytesOf(const std::filesystem::path& path) {
    QFile opened(QString::fromStdString(path.string()));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() {
    m_overlays = loadOverlays(overlayFolder());
    QVERIFY(!expressionLayer(std::make_shared<Prediction>(testing::madePrediction())).empty());
  }

  void cleanup() {
    for (const QString& left : QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden))
      QFile::remove(m_folder.filePath(left));
  }

  void aSnapshotHoldsTheHashesTheRegionAndTheGene() {
    SnapshotRequest request = snapshot("a.png");
    request.view = *snapshotView(*m_opened.slide, Rect{1000, 500, 800, 300}, {400, 300});
    const auto done = exportSnapshot(request);
    QVERIFY2(done, done ? "" : done.error().sentence.c_str());
    QImageReader reader(QString::fromStdString(file("a.png").string()));
    QCOMPARE(reader.format(), QByteArray("png"));
    const QImage picture = reader.read();
    QCOMPARE(picture.text(QStringLiteral("Slide")), QStringLiteral("made.tif"));
    QCOMPARE(picture.text(QStringLiteral("Slide-Hash")), QString(64, u'a'));
    QCOMPARE(picture.text(QStringLiteral("Model-Hash")), QString(64, u'b'));
    QCOMPARE(picture.text(QStringLiteral("Gene")), QStringLiteral("FSCN1"));
    QCOMPARE(picture.text(QStringLiteral("Region")), QStringLiteral("1000,350,800,600"));
    QCOMPARE(picture.text(QStringLiteral("Model")),
             QStringLiteral("Made model 0: made by hand for tests, not by learning."));
    QCOMPARE(picture.text(QStringLiteral("Disclaimer")),
             QStringLiteral("For research use only. Not for diagnosis."));
  }

  void aSnapshotIsTheViewWithLegendAndScaleBarAndACaptionBeneath() {
    SnapshotRequest request = snapshot("a.png");
    QVERIFY(exportSnapshot(request));
    const QImage whole(QString::fromStdString(file("a.png").string()));
    QCOMPARE(whole.width(), 800);
    QVERIFY(whole.height() > 600 + 50 && whole.height() < 600 + 160);
    const QImage bare = *testing::drawMade(m_opened, request.view, {}, {});
    QVERIFY(whole.copy(500, 400, 300, 200) != bare.copy(500, 400, 300, 200));  // legend
    QVERIFY(whole.copy(0, 500, 300, 100) != bare.copy(0, 500, 300, 100));      // scale bar
    QImage strip = whole.copy(0, 600, 800, whole.height() - 600);
    int dark = 0;
    for (int y = 0; y < strip.height(); ++y)
      for (int x = 0; x < strip.width(); ++x) dark += qGray(strip.pixel(x, y)) < 90;
    QVERIFY2(dark > 800, qPrintable(QString::number(dark)));
    const QRect edge(0, 600, 4, whole.height() - 600);
    QImage blank(edge.size(), whole.format());
    blank.fill(Qt::white);
    QCOMPARE(whole.copy(edge), blank);
    QCOMPARE(whole.copy(edge.translated(796, 0)), blank);
  }

  void theSameRequestGivesTheSameFile() {
    QVERIFY(exportSnapshot(snapshot("a.png")) && exportSnapshot(snapshot("b.png")));
    QVERIFY(!bytesOf(file("a.png")).isEmpty());
    QCOMPARE(bytesOf(file("a.png")), bytesOf(file("b.png")));
  }

  void lettersGrowWithThePictureAndNarrowCaptionsWrap() {
    SnapshotRequest request = snapshot("large.png");
    request.view = *snapshotView(*m_opened.slide, {}, {2800, 2100});
    QVERIFY(exportSnapshot(request));
    const QImage large(QString::fromStdString(file("large.png").string()));
    request = snapshot("narrow.png");
    request.view = *snapshotView(*m_opened.slide, {}, {240, 200});
    QVERIFY(exportSnapshot(request));
    const QImage narrow(QString::fromStdString(file("narrow.png").string()));
    QVERIFY(large.height() - 2100 > 140);
    QVERIFY(narrow.height() - 200 > 150);
  }

  void aPictureThatIsNotAsScannedSaysSo() {
    SnapshotRequest request = snapshot("a.png");
    QVERIFY(exportSnapshot(request));
    const QImage scanned(QString::fromStdString(file("a.png").string()));
    QCOMPARE(scanned.text(QStringLiteral("Colours")), QString());
    request.colour.stain = StainView::Haematoxylin;
    request.colour.brightness = 0.1;
    QVERIFY(exportSnapshot(request));
    const QImage changed(QString::fromStdString(file("a.png").string()));
    QCOMPARE(changed.text(QStringLiteral("Colours")),
             QStringLiteral("Colours: haematoxylin only (standard stain vectors), brightness +10 %."));
    QVERIFY(changed.height() > scanned.height());
  }

  void ofFewTilesTheCaptionAndTheFileSaySo() {
    SnapshotRequest request = snapshot("a.png");
    QVERIFY(exportSnapshot(request));
    const QImage many(QString::fromStdString(file("a.png").string()));
    QCOMPARE(many.text(QStringLiteral("Few-Tiles")), QString());
    auto few = std::make_shared<Prediction>(*request.prediction);
    few->grid.cells.resize(7);
    request.prediction = few;
    QVERIFY(exportSnapshot(request));
    const QImage picture(QString::fromStdString(file("a.png").string()));
    QVERIFY(picture.text(QStringLiteral("Few-Tiles")).startsWith(QStringLiteral("Only 7 tiles of tissue: ")));
    QVERIFY(picture.height() > many.height());
  }

  void aSnapshotWithoutPredictionIsCaptionedWithTheSlideAlone() {
    SnapshotRequest request = snapshot("a.png");
    request.prediction = nullptr;
    request.layers.clear();
    QVERIFY(exportSnapshot(request));
    const QImage picture(QString::fromStdString(file("a.png").string()));
    QCOMPARE(picture.text(QStringLiteral("Model-Hash")), QString());
    QVERIFY(picture.height() < 660);
  }

  void whatCannotBeWrittenIsRefusedAndLeavesNothing() {
    SnapshotRequest request = snapshot("a.png");
    request.file = "/nowhere/at/all/a.png";
    auto done = exportSnapshot(request);
    QVERIFY(!done);
    QCOMPARE(done.error().sentence,
             std::string("Cannot write '/nowhere/at/all/a.png': No such file or directory."));
    QCOMPARE(filesLeft(), 0);
  }

  void theSlideItselfIsNeverWrittenOver() {
    std::ofstream(file("slide.tif")) << "pixels";
    auto slide = std::make_shared<Slide>(testing::madeSlide());
    slide->file = file("slide.tif");
    SnapshotRequest request = snapshot("slide.tif");
    request.opened.slide = slide;
    const std::string sentence = "Cannot write '" + file("slide.tif").string() + "': it is the slide itself.";
    QCOMPARE(exportSnapshot(request).error().sentence, sentence);
    QCOMPARE(bytesOf(file("slide.tif")), QByteArray("pixels"));
  }

  void whenDrawingFailsItsSentenceIsGivenAndTheOldFileStays() {
    std::ofstream(file("a.png")) << "older";
    const DrawView broken = [](auto&&...) -> Result<QImage> { return fail("There is no OpenGL 3.3 here."); };
    SnapshotRequest request = snapshot("a.png");
    request.draw = broken;
    QCOMPARE(exportSnapshot(request).error().sentence, std::string("There is no OpenGL 3.3 here."));
    QCOMPARE(bytesOf(file("a.png")), QByteArray("older"));
    QCOMPARE(filesLeft(), 1);
  }

  void theWholeSlideStaysClearOfLegendAndScaleBar() {
    for (const Size size : {Size{800, 600}, Size{600, 800}, Size{2800, 2000}}) {
      const Viewport view = *snapshotView(*m_opened.slide, {}, size);
      const double band = kLegendBand * std::max(1.0, double(size.width) / 1400);
      QVERIFY(view.toScreen({0, 0}).x > 0 && view.toScreen({0, 0}).y > 0);
      QVERIFY(view.toScreen({4200, 3100}).x < double(size.width));
      QVERIFY(view.toScreen({4200, 3100}).y < double(size.height) - band);
    }
  }

  void aRegionIsShownWhole() {
    const Viewport view = *snapshotView(*m_opened.slide, Rect{1000, 500, 800, 300}, {400, 300});
    QCOMPARE(view.downsample, 2.0);
    QCOMPARE(view.centre, (Point{1400, 650}));
    QCOMPARE(view.toSlide({0, 150}), (Point{1000, 650}));
  }

  void aRegionOutsideTheSlideIsRefused() {
    for (const Rect region :
         {Rect{-1, 0, 10, 10}, Rect{0, -1, 10, 10}, Rect{4000, 0, 201, 10}, Rect{0, 3000, 10, 101}}) {
      const auto view = snapshotView(*m_opened.slide, region, {400, 300});
      QVERIFY(!view);
      QVERIFY(view.error().sentence.ends_with("does not lie on 'made.tif', which is 4200 x 3100 pixels."));
    }
    QCOMPARE(
        snapshotView(*m_opened.slide, Rect{9000, 10, 50, 60}, {400, 300}).error().sentence,
        std::string("The region 9000,10,50,60 does not lie on 'made.tif', which is 4200 x 3100 pixels."));
    QVERIFY(snapshotView(*m_opened.slide, Rect{0, 0, 4200, 3100}, {400, 300}));
  }
};

}  // namespace geneglass::export_test

GENEGLASS_WINDOW_TEST(geneglass::export_test::ExportTest)
#include "export_test.moc"
