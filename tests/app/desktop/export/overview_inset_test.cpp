// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/overview_inset.h"

#include <tiffio.h>

#include <QTemporaryDir>
#include <QTest>
#include <numbers>

#include "app/desktop/export/orientation_mark.h"
#include "app/desktop/export/snapshot_export.h"
#include "overlays/overlay_registry.h"
#include "tests/app/desktop/export/made_drawing.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass::overview_inset_test {

class OverviewInsetTest final : public QObject {
  Q_OBJECT

  OpenedSlide m_opened{std::make_shared<Slide>(testing::madeSlide()), nullptr};
  std::shared_ptr<const Prediction> m_prediction = std::make_shared<Prediction>(testing::madePrediction());
  std::vector<OverlayLayer> m_layers;
  QTemporaryDir m_folder;

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  static QImage thumbnail() {
    QImage green(420, 310, QImage::Format_RGB32);
    green.fill(qRgb(0, 160, 0));
    return green;
  }

  static QImage tiffIn(const std::filesystem::path& path) {
    TIFF* tiff = TIFFOpen(path.c_str(), "r");
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    QImage read(int(width), int(height), QImage::Format_RGBX8888);
    TIFFReadRGBAImageOriented(tiff, width, height, reinterpret_cast<uint32_t*>(read.bits()),
                              ORIENTATION_TOPLEFT, 1);
    TIFFClose(tiff);
    return read;
  }

  SnapshotRequest snapshot(const char* name, bool overview, Size size = {800, 600}) const {
    SnapshotRequest request{file(name),
                            m_opened,
                            *snapshotView(*m_opened.slide, Rect{1000, 700, 800, 600}, size),
                            m_layers,
                            m_prediction,
                            0,
                            testing::drawMade,
                            {}};
    request.parts.overview = overview;
    request.thumbnail = thumbnail();
    return request;
  }

  QImage saved(const SnapshotRequest& request) const {
    const auto done = exportSnapshot(request);
    return done ? QImage(QString::fromStdString(request.file.string())) : QImage();
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void initTestCase() {
    for (const OverlayEntry& entry : loadOverlays(overlayFolder()))
      if (entry.identifier == u"gene_expression") {
        const auto overlay =
            makeOverlay(entry, {m_opened.slide, nullptr, m_prediction, 0, nullptr, nullptr, nullptr});
        if (overlay) m_layers.push_back({*overlay, (*overlay)->defaultStyle()});
      }
    QCOMPARE(m_layers.size(), size_t(1));
  }

  void itNeverCoversLegendScaleBarOrOrientation() {
    int shown = 0;
    for (const bool hasOrientation : {false, true})
      for (const bool hasLegend : {false, true})
        for (const double unit : {1.0, 2.0})
          for (const double turned : {0.0, 0.7, std::numbers::pi / 2})
            for (const QSizeF size : {QSizeF(160, 120), QSizeF(240, 200), QSizeF(300, 900), QSizeF(640, 400),
                                      QSizeF(900, 240), QSizeF(1280, 800), QSizeF(2000, 1400)}) {
              const Viewport view{{1500, 1500}, 0.5, turned, size.width(), size.height()};
              const auto legend = hasLegend ? m_layers : std::vector<OverlayLayer>();
              const OverviewInset inset(m_opened.slide, thumbnail(), {}, {hasOrientation, legend});
              const QRectF place = inset.place(unit, view);
              if (place.isEmpty()) continue;
              ++shown;
              QVERIFY(QRectF({}, size).contains(place));
              QVERIFY(!place.intersects(scaleBarRoom(unit, size)));
              QVERIFY(!place.intersects(legendRoom(unit, size, legend)));
              QVERIFY(!hasOrientation || !place.intersects(orientationRoom(unit, view)));
            }
    QVERIFY2(shown > 40, qPrintable(QString::number(shown)));
  }

  void nothingIsDrawnWhereAllOfTheSlideIsInViewOrThereIsNoRoom() {
    const OverviewInset inset(m_opened.slide, thumbnail(), {}, {});
    QVERIFY(inset.place(1, *snapshotView(*m_opened.slide, {}, {800, 600})).isEmpty());
    QVERIFY(!inset.place(1, {{2100, 1550}, 1, 0, 800, 600}).isEmpty());
    QVERIFY(inset.place(1, {{2100, 1550}, 1, 0, 60, 40}).isEmpty());
  }

  void thePictureIsTheSameButForTheInsetAndSoIsTheCaption() {
    const SnapshotRequest request = snapshot("with.png", true);
    const QImage with = saved(request), without = saved(snapshot("without.png", false));
    QCOMPARE(with.size(), without.size());
    const QRect place = OverviewInset(m_opened.slide, thumbnail(), {}, {false, m_layers})
                            .place(1, request.view)
                            .toAlignedRect();
    int green = 0, outline = 0;
    for (int y = 0; y < with.height(); ++y)
      for (int x = 0; x < with.width(); ++x) {
        const QRgb pixel = with.pixel(x, y);
        if (!place.contains(x, y)) QCOMPARE(pixel, without.pixel(x, y));
        green += pixel == qRgb(0, 160, 0);
        outline += place.contains(x, y) && qRed(pixel) > 150 && qGreen(pixel) < 100;
      }
    QVERIFY2(green > place.width() * place.height() / 2, qPrintable(QString::number(green)));
    QVERIFY2(outline > 50, qPrintable(QString::number(outline)));
    for (const QString& key : without.textKeys()) QCOMPARE(with.text(key), without.text(key));
  }

  void theOutlineStandsWhereTheViewIs() {
    const SnapshotRequest request = snapshot("with.png", true);
    const QImage with = saved(request);
    const QRectF place =
        OverviewInset(m_opened.slide, thumbnail(), {}, {false, m_layers}).place(1, request.view);
    QRect box;
    for (int y = int(place.top()); y < place.bottom(); ++y)
      for (int x = int(place.left()); x < place.right(); ++x)
        if (qRed(with.pixel(x, y)) > 150 && qGreen(with.pixel(x, y)) < 100) box |= QRect(x, y, 1, 1);
    const double shrink = place.width() / 4200;
    QVERIFY(std::abs(box.center().x() - (place.left() + 1400 * shrink)) < 3);
    QVERIFY(std::abs(box.center().y() - (place.top() + 1000 * shrink)) < 3);
    QVERIFY(std::abs(box.width() - 800 * shrink) < 6);
  }

  void everyFormatHasIt() {
    const QImage png = saved(snapshot("a.png", true));
    QVERIFY(exportSnapshot(snapshot("a.tif", true)));
    QCOMPARE(tiffIn(file("a.tif")), png.convertToFormat(QImage::Format_RGBX8888));
    const QImage jpeg = saved(snapshot("a.jpg", true));
    QCOMPARE(jpeg.size(), png.size());
    const QPointF inside = OverviewInset(m_opened.slide, thumbnail(), {}, {})
                               .place(1, snapshot("a.png", true).view)
                               .bottomRight();
    const QRgb pixel = jpeg.pixel((inside - QPointF(12, 12)).toPoint());
    QVERIFY(qGreen(pixel) > 130 && qRed(pixel) < 40);
    QVERIFY(exportSnapshot(snapshot("a.svg", true)) && exportSnapshot(snapshot("b.svg", false)));
    QFile with(QString::fromStdString(file("a.svg").string())),
        without(QString::fromStdString(file("b.svg").string()));
    QVERIFY(with.open(QIODevice::ReadOnly) && without.open(QIODevice::ReadOnly));
    QVERIFY(with.readAll() != without.readAll());
  }

  void aLargePictureHasItAsLargeAsItsLetters() {
    const QImage large = saved(snapshot("large.png", true, {2800, 2100}));
    int green = 0;
    for (int y = 0; y < 2100; ++y)
      for (int x = 0; x < 2800; ++x) green += large.pixel(x, y) == qRgb(0, 160, 0);
    QVERIFY2(green > 300 * 200, qPrintable(QString::number(green)));  // twice 180 units wide
  }
};

}  // namespace geneglass::overview_inset_test

GENEGLASS_WINDOW_TEST(geneglass::overview_inset_test::OverviewInsetTest)
#include "overview_inset_test.moc"
