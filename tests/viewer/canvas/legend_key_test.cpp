// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/support/painted_texts.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/legend.h"
#include "viewer/canvas/scale_bar.h"

namespace geneglass::legend_key_test {

using namespace geneglass::testing;

class KeyOverlay final : public Overlay {
 public:
  explicit KeyOverlay(OverlayKey key) : m_key(std::move(key)) {}
  OverlayKey key() const override { return m_key; }

 private:
  OverlayKey m_key;
};

class LegendKeyTest final : public QObject {
  Q_OBJECT

  static OverlayKey classes(int count) {
    OverlayKey key{QStringLiteral("tissue"), {}, QStringLiteral("not judged here")};
    for (int each = 0; each < count; ++each)
      key.lines.push_back({QColor::fromHsv(each * 7 % 360, 255, 200), QStringLiteral("class %1").arg(each)});
    return key;
  }
  static std::vector<OverlayLayer> layersOf(OverlayKey key) {
    return {{std::make_shared<KeyOverlay>(std::move(key)), {}}};
  }
  static QImage painted(QSize size, const std::vector<OverlayLayer>& layers) {
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(Qt::black);
    QPainter painter(&picture);
    paintLegend(painter, size, layers);
    return picture;
  }
  static int pixelsOf(const QImage& picture, QColor colour) {
    int count = 0;
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x) count += picture.pixel(x, y) == colour.rgb();
    return count;
  }

 private Q_SLOTS:
  void whatAnOverlayPaintsItselfIsNamedBesideItsColour() {
    const OverlayKey key = classes(3);
    const auto layers = layersOf(key);
    const QSize size(600, 600);
    const QString said =
        joined(paintedTexts(size, [&](QPainter& painter) { paintLegend(painter, size, layers); }));
    for (const char* text : {"tissue", "class 0", "class 1", "class 2", "not judged here"})
      QVERIFY2(said.contains(QLatin1String(text)), qPrintable(said));
    const QImage picture = painted(size, layers);
    for (const OverlayKey::Line& line : key.lines) QVERIFY(pixelsOf(picture, line.colour) > 40);
  }

  void anOverlayWithoutLinesHasNoLegend() {
    const auto layers = layersOf(classes(0));
    QVERIFY(legendRoom(1, {600, 600}, layers).isEmpty());
    QCOMPARE(pixelsOf(painted({600, 600}, layers), Qt::black), 600 * 600);
  }

  void aLongListIsCutWithItsRestCountedAndStaysInThePicture() {
    for (const QSize size : {QSize(1200, 900), QSize(500, 400), QSize(280, 300), QSize(150, 120)}) {
      const auto layers = layersOf(classes(300));
      const auto texts = paintedTexts(size, [&](QPainter& painter) { paintLegend(painter, size, layers); });
      int lines = 0;
      for (const PaintedText& text : texts) {
        QVERIFY2(QRectF(QPointF(0, 0), size).contains(text.box), qPrintable(text.text));
        lines += text.text.startsWith(QStringLiteral("class "));
      }
      QVERIFY(lines > 0 && lines < 300);
      if (size.width() > 200)
        QVERIFY2(joined(texts).contains(QStringLiteral("and %1 more").arg(300 - lines)),
                 qPrintable(joined(texts)));
      const QRectF room = legendRoom(1, size, layers);
      QVERIFY(QRectF(QPointF(0, 0), size).contains(room));
      QVERIFY(!room.intersects(scaleBarRoom(1, size)));
    }
  }
};

}  // namespace geneglass::legend_key_test

GENEGLASS_WINDOW_TEST(geneglass::legend_key_test::LegendKeyTest)
#include "legend_key_test.moc"
