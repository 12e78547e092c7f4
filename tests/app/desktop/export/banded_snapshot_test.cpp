// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/banded_snapshot.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/export/orientation_mark.h"
#include "app/desktop/export/snapshot_export.h"
#include "tests/app/desktop/export/textured_slide.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/window_test_program.h"

namespace geneglass::banded_snapshot_test {
namespace {

constexpr size_t kMuch = size_t{1} << 30;
constexpr size_t kLittle = size_t{9} << 20;  ///< pieces of 64 x 64 pixels or so

/// Letters over every border, as an overlay paints them.
class Letters final : public Overlay {
 public:
  void paint(QPainter& painter, const Viewport& viewport) const override {
    QFont font = painter.font();
    font.setPixelSize(17);
    painter.setFont(font);
    for (double y = 20; y < viewport.height; y += 37)
      painter.drawText(QPointF(15 + y / 3, y), QStringLiteral("Letters gjpq over every border"));
  }
};

/// Outlines over every border.
class Outlines final : public Overlay {
 public:
  void paint(QPainter& painter, const Viewport& viewport) const override {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Qt::blue, 1.5));
    QPolygonF outline;
    for (double y = 20; y < viewport.height; y += 37)
      outline << QPointF(viewport.width * 0.1 + y / 7, y)
              << QPointF(viewport.width * 0.9, viewport.height - y);
    painter.drawPolygon(outline);
  }
};

AnnotationSetPtr madeAnnotations() {
  std::vector<Annotation> all;
  for (int i = 0; i < 12; ++i) {
    Annotation one;
    one.shape = Ellipse{{700.0 + 90 * i, 600.0 + 70 * i}, 400.0 + 20 * i, 150, 0.3 * i};
    one.colour = 0xff00ff00;
    all.push_back(one);
  }
  Annotation line;
  line.shape = Path{{{100, 100}, {2900, 2300}}};
  all.push_back(line);
  Annotation counted;
  counted.shape = Places{{{400, 1800}, {1000, 900}, {1500.5, 1200.25}}};
  all.push_back(counted);
  return std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), all);
}

std::shared_ptr<const Heatmap> madeMap(const Slide& slide) {
  Heatmap map = testing::evenMap(slide, 128, 0);
  for (size_t i = 0; i < map.values.size(); ++i) map.values[i] = float(i % 17);
  map.sorted.assign(map.values.begin(), map.values.end());
  std::ranges::sort(map.sorted);
  return std::make_shared<const Heatmap>(std::move(map));
}

/// Of 255 steps; Debian 13 rounds the smooth edge of a line by up to 6.
constexpr int kLarge = QT_VERSION < QT_VERSION_CHECK(6, 8, 0) ? 2 : 8;

struct Difference {
  int pixels = 0;
  int large = 0;  ///< of these, by more than kLarge
};

Difference differenceOf(const QImage& a, const QImage& b) {
  Difference difference;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const QRgb p = a.pixel(x, y), q = b.pixel(x, y);
      const int steps = std::max(
          {std::abs(qRed(p) - qRed(q)), std::abs(qGreen(p) - qGreen(q)), std::abs(qBlue(p) - qBlue(q))});
      difference.pixels += steps > 0;
      difference.large += steps > kLarge;
    }
  return difference;
}

int differentPixels(const QImage& a, const QImage& b) {
  return differenceOf(a, b).pixels;
}

}  // namespace

class BandedSnapshotTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  OpenedSlide m_opened = testing::texturedSlide({3000, 2400});
  OpenedSlide m_plain = {m_opened.slide, std::make_shared<const testing::ColouredSource>(
                                             m_opened.slide, [](TileKey) { return opaque(200, 120, 160); })};

  std::filesystem::path file(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
  QStringList left() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

  SnapshotRequest request(const char* name, double width = 1000, double height = 700) const {
    SnapshotRequest made;
    made.file = file(name);
    made.opened = m_opened;
    made.view = {{1500, 1200}, 2.3, 0, width, height};
    return made;
  }

  SnapshotRequest everything(const char* name) const {
    SnapshotRequest made = request(name);
    made.view.rotation = 0.4;
    made.layers = {{std::make_shared<testing::MapOverlay>(madeMap(*m_opened.slide)), {.opacity = 0.5f}},
                   {std::make_shared<Letters>(), {}},
                   {std::make_shared<Outlines>(), {}},
                   {std::make_shared<Letters>(), {}, madeAnnotations()}};
    made.parts.orientation = true;
    return made;
  }

  QImage drawn(SnapshotRequest made, size_t memory) const {
    made.memory = memory;
    const auto done = exportSnapshot(made);
    if (!done) qWarning("%s", done.error().sentence.c_str());
    return done ? QImage(QString::fromStdString(made.file.string())) : QImage();
  }

  static std::string refusalOf(const SnapshotRequest& made) {
    const auto planned = BandedSnapshot::plan(made);
    return planned ? std::string() : planned.error().sentence;
  }

 private Q_SLOTS:
  void cleanup() {
    for (const QString& name : left()) QFile::remove(m_folder.filePath(name));
  }

  /// Where a line or a tile ends on a pixel's middle, the graphics arithmetic may round either way: of a
  /// slide of pure noise so many pixels may differ at all, and so many of them by much.
  void inManyPiecesItIsTheSamePictureAsInOne_data() {
    QTest::addColumn<bool>("noise");
    QTest::addColumn<QString>("what");
    QTest::addColumn<double>("downsample");
    QTest::addColumn<double>("rotation");
    QTest::addColumn<int>("different");
    QTest::addColumn<int>("large");
    const auto row = [](const char* name, bool noise, const char* what, double downsample, double rotation,
                        int different, int large) {
      QTest::newRow(name) << noise << QString::fromLatin1(what) << downsample << rotation << different
                          << large;
    };
    row("letters, marks and caption", false, "letters", 2.3, 0.4, 0, 0);
    row("outlines", false, "outlines", 2.3, 0.4, 0, 0);
    row("map, upright", false, "map", 2.3, 0, 0, 0);
    row("map, turned", false, "map", 2.3, 0.4, 20, 20);
    row("annotations", false, "annotations", 2.3, 0.4, 2000, 0);
    row("noise, as fine as the slide", true, "everything", 1, 0, 8000, 0);
    row("noise, coarser", true, "everything", 2.3, 0, 8000, 20);
    row("noise, magnified", true, "everything", 0.37, 0, 8000, 0);
    row("noise, turned", true, "everything", 2.3, 0.4, 8000, 20);
  }

  void inManyPiecesItIsTheSamePictureAsInOne() {
    QFETCH(bool, noise);
    QFETCH(QString, what);
    QFETCH(int, different);
    QFETCH(int, large);
    SnapshotRequest made = everything("one.png");
    if (!noise) made.opened = m_plain;
    QFETCH(double, downsample);
    QFETCH(double, rotation);
    made.view.downsample = downsample;
    made.view.rotation = rotation;
    const std::map<QString, size_t> layers{{QStringLiteral("map"), 0},
                                           {QStringLiteral("letters"), 1},
                                           {QStringLiteral("outlines"), 2},
                                           {QStringLiteral("annotations"), 3}};
    if (const auto only = layers.find(what); only != layers.end()) made.layers = {made.layers[only->second]};
    SnapshotRequest pieces = made;
    pieces.memory = kLittle;
    const auto planned = BandedSnapshot::plan(pieces);
    QVERIFY(planned && (*planned)->pieces() > 5 && (*planned)->bands() > 1);
    const QImage one = drawn(made, kMuch), many = drawn(pieces, kLittle);
    QCOMPARE(one.size(), many.size());
    QVERIFY(one.height() > 700 && one.width() == 1000);
    const Difference found = differenceOf(one, many);
    QVERIFY2(found.pixels <= different && found.large <= large,
             qPrintable(QStringLiteral("%1 pixels, %2 by much").arg(found.pixels).arg(found.large)));
  }

  void linesAndLettersGrowWithThePicture() {
    SnapshotRequest made = request("a.png", 2800, 700);
    made.parts = {.legend = false, .scaleBar = false, .caption = false};
    Annotation line;
    line.shape = Path{{{-1000, 1200}, {9000, 1200}}};  // through the middle, level
    line.colour = 0xff00ff00;
    made.layers = {
        {std::make_shared<Letters>(),
         {},
         std::make_shared<const AnnotationSet>(std::vector<AnnotationClass>(), std::vector{line})}};
    made.view.downsample = 1;
    const QImage large = drawn(made, kMuch);
    int wide = 0;
    for (int y = 340; y < 360; ++y) wide += large.pixel(5, y) == qRgb(0, 255, 0);
    QCOMPARE(wide, 4);  // twice the usual 2, in a picture twice as wide as is readable
  }

  void eachPartCanBeLeftOut() {
    SnapshotRequest made = everything("a.png");
    const QImage whole = drawn(made, kMuch);
    const auto without = [&](const char* name, auto leaveOut) {
      SnapshotRequest less = made;
      less.file = file(name);
      leaveOut(less.parts);
      return drawn(less, kMuch);
    };
    const QImage bare = without("b.png", [](SnapshotParts& parts) { parts.caption = false; });
    QCOMPARE(bare.size(), QSize(1000, 700));
    QCOMPARE(differentPixels(bare, whole.copy(0, 0, 1000, 700)), 0);
    for (const auto& [name, leaveOut] : std::map<const char*, std::function<void(SnapshotParts&)>>{
             {"c.png", [](SnapshotParts& parts) { parts.legend = false; }},
             {"d.png", [](SnapshotParts& parts) { parts.scaleBar = false; }},
             {"e.png", [](SnapshotParts& parts) { parts.annotations = false; }},
             {"f.png", [](SnapshotParts& parts) { parts.orientation = false; }}}) {
      const QImage less = without(name, leaveOut);
      QCOMPARE(less.size(), whole.size());
      QVERIFY2(differentPixels(less, whole) > 500, name);
    }
  }

  void theOrientationMarkSaysHowFarTheSlideIsTurned() {
    const auto text = [](double degrees) {
      return orientationText({{}, 1, degrees * 3.14159265358979 / 180, 100, 100});
    };
    QCOMPARE(text(0), QStringLiteral("as scanned"));
    QCOMPARE(text(360), QStringLiteral("as scanned"));
    QCOMPARE(text(90), QStringLiteral("turned 90° clockwise"));
    QCOMPARE(text(270), QStringLiteral("turned 90° anticlockwise"));
    QCOMPARE(orientationText(Viewport{}.mirrored()), QStringLiteral("mirrored"));
    QCOMPARE(orientationText(Viewport{}.rotatedAbout({}, 1.5707963267949).mirrored()),
             QStringLiteral("turned 90° clockwise, then mirrored"));
    QCOMPARE(text(-12.5), QStringLiteral("turned 12.5° anticlockwise"));
  }

  void whatCannotBeIsRefusedBeforeAnythingIsRead() {
    const auto source = std::static_pointer_cast<const testing::TexturedSource>(m_opened.source);
    const int before = source->reads;
    QCOMPARE(refusalOf(request("a.gif")), "Cannot write '" + file("a.gif").string() +
                                              "': a snapshot's name ends in .png, .jpg, .tif or .svg.");
    QCOMPARE(
        refusalOf(request("a.png", 30001, 10)),
        std::string("Cannot draw 'painted.tif': a snapshot has 1 to 30000 pixels a side, not 30001 x 10."));
    QCOMPARE(refusalOf(request("a.png", 100, 0)),
             std::string("Cannot draw 'painted.tif': a snapshot has 1 to 30000 pixels a side, not 100 x 0."));
    SnapshotRequest svg = request("a.svg", 8001, 100);
    svg.parts.caption = false;
    QCOMPARE(refusalOf(svg), "Cannot write '" + file("a.svg").string() +
                                 "': the picture in an SVG has at most 8000 pixels a side, not 8001 x 100; "
                                 "PNG, JPEG and TIFF have more.");
    SnapshotRequest tight = request("a.png");
    tight.memory = size_t{1} << 20;
    QCOMPARE(
        QString::fromStdString(refusalOf(tight)),
        QStringLiteral("Cannot draw 'painted.tif' on 1000 x 748 pixels: that takes 8 MiB of memory, and a "
                       "snapshot may take 1 MiB here; --memory sets another limit."));
    QCOMPARE(source->reads - before, 0);
    QCOMPARE(left(), QStringList());
  }

  void itTakesNoMoreThanItsMemoryWhateverItsSize() {
    SnapshotRequest made = request("a.png", 30000, 30000);
    made.view.downsample = 0.1;
    made.memory = size_t{64} << 20;
    const auto planned = BandedSnapshot::plan(made);
    QVERIFY(planned);
    QVERIFY2((*planned)->cost().memoryBytes <= made.memory,
             qPrintable(QString::number((*planned)->cost().memoryBytes)));
    QVERIFY((*planned)->cost().fileBytes > 1e9);
    QCOMPARE((*planned)->cost().pixels.width(), 30000);
  }

  void aTileIsReadOnceWhereThereIsRoomForIt() {
    const OpenedSlide opened = testing::texturedSlide({3000, 2400}, 1);
    SnapshotRequest made = request("a.png", 1500, 1200);
    made.opened = opened;
    made.view.downsample = 2;
    QVERIFY(!drawn(made, kMuch).isNull());
    QCOMPARE(std::static_pointer_cast<const testing::TexturedSource>(opened.source)->reads.load(), 12 * 10);
  }

  void aFullDiskIsNamedAndLeavesTheOldFile() {
    for (const char* name : {"a.png", "a.jpg", "a.tif", "a.svg"}) {
      std::ofstream(file(name)) << "older";
      Result<std::string> done;
      {
        const testing::FullPlace full(300000);
        done = exportSnapshot(request(name));
      }
      QVERIFY2(!done, name);
      QCOMPARE(done.error().sentence, "Cannot write '" + file(name).string() + "': File too large.");
      QCOMPARE(testing::bytesOfFile(file(name)), std::string("older"));
    }
    QCOMPARE(left().size(), 4);
  }

  void aFolderThatGoesWhileItIsDrawnIsNamed() {
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("gone")));
    SnapshotRequest made = request("gone/a.png");
    int pieces = 0;
    made.draw = [&](const OpenedSlide&, const Viewport& view, auto&&...) -> Result<QImage> {
      if (++pieces == 1) QDir(m_folder.filePath(QStringLiteral("gone"))).removeRecursively();
      QImage white(int(view.width), int(view.height), QImage::Format_RGB32);
      white.fill(Qt::white);
      return white;
    };
    QCOMPARE(exportSnapshot(made).error().sentence,
             "Cannot write '" + file("gone/a.png").string() + "': No such file or directory.");
    QVERIFY(!QDir(m_folder.filePath(QStringLiteral("gone"))).exists());
  }

  void theSlideItselfIsNeverWrittenOver() {
    std::ofstream(file("slide.tif")) << "pixels";
    Slide facts = *m_opened.slide;
    facts.file = file("slide.tif");
    SnapshotRequest made = request("slide.tif");
    made.opened.slide = std::make_shared<const Slide>(facts);
    QCOMPARE(exportSnapshot(made).error().sentence,
             "Cannot write '" + file("slide.tif").string() + "': it is the slide itself.");
    QCOMPARE(testing::bytesOfFile(file("slide.tif")), std::string("pixels"));
  }
};

}  // namespace geneglass::banded_snapshot_test

GENEGLASS_WINDOW_TEST(geneglass::banded_snapshot_test::BandedSnapshotTest)
#include "banded_snapshot_test.moc"
