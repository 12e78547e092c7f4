// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/value_histogram.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>
#include <vector>

#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::value_histogram_test {
namespace {

class OneMap final : public Overlay {
 public:
  OneMap() {
    const Slide slide = testing::madeSlide();
    Heatmap map;
    map.name = QStringLiteral("made");
    map.slideHash = slide.hash;
    map.slideSize = slide.size();
    map.columns = map.rows = 10;
    map.step = 100;
    for (int value = 0; value < 100; ++value) map.values.push_back(float(value));
    m_map = *placeHeatmap(std::move(map), slide);
  }
  std::shared_ptr<const Heatmap> heatmap() const override { return m_map; }

 private:
  std::shared_ptr<const Heatmap> m_map;
};

}  // namespace

class ValueHistogramTest final : public QObject {
  Q_OBJECT

  OverlayLayer m_layer{std::make_shared<OneMap>(), {}};
  ValueHistogram m_histogram;

  QWidget& chart() const { return *m_histogram.findChild<QWidget*>(QStringLiteral("valueChart")); }

  /// At once: the screen's own pointer comes when it likes.
  void send(QEvent::Type type, int x) const {
    const QPointF place(x, 40);
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, place, chart().mapToGlobal(place), button, button, {});
    QCoreApplication::sendEvent(&chart(), &event);
  }

  /// Where the hand can take hold of something, from left to right: the first pixel of each.
  std::vector<int> handles() const {
    std::vector<int> starts;
    bool before = false;
    for (int x = 0; x < chart().width(); ++x) {
      send(QEvent::MouseMove, x);
      const bool now = chart().cursor().shape() == Qt::SplitHCursor;
      if (now && !before) starts.push_back(x + 5);
      before = now;
    }
    return starts;
  }

  void dragFrom(int x, int to) const {
    send(QEvent::MouseButtonPress, x);
    send(QEvent::MouseMove, to);
    send(QEvent::MouseButtonRelease, to);
  }

 private Q_SLOTS:
  void initTestCase() {
    m_histogram.resize(500, 200);
    m_histogram.show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_histogram));
    connect(&m_histogram, &ValueHistogram::styleChosen, this, [this](const HeatmapStyle& style) {
      m_layer.style = style;
      m_histogram.showLayer(m_layer, {});
    });
  }

  void init() {
    m_layer.style = {.range = HeatmapStyle::Range::Absolute, .low = 20, .high = 80, .threshold = 0};
    m_histogram.showLayer(m_layer, {});
    QTest::qWait(30);  // a replot
  }

  void theEndsOfTheColoursAndTheThresholdAreDragged() {
    const std::vector<int> places = handles();
    QCOMPARE(places.size(), size_t{3});  // threshold, first colour, last colour
    const double pixelsAUnit = (places[2] - places[1]) / 60.0;
    dragFrom(places[1], places[1] + int(10 * pixelsAUnit));
    QVERIFY2(std::abs(m_layer.style.low - 30) < 1.5, qPrintable(QString::number(m_layer.style.low)));
    dragFrom(places[2], places[2] - int(10 * pixelsAUnit));
    QVERIFY2(std::abs(m_layer.style.high - 70) < 1.5, qPrintable(QString::number(m_layer.style.high)));
    dragFrom(places[0], places[0] + int(40 * pixelsAUnit));
    QVERIFY2(std::abs(m_layer.style.threshold - 40) < 1.5,
             qPrintable(QString::number(m_layer.style.threshold)));
  }

  void theFirstColourNeverPassesTheLast() {
    const std::vector<int> places = handles();
    dragFrom(places[1], chart().width() - 5);
    QCOMPARE(m_layer.style.low, m_layer.style.high);
  }

  void percentilesStayPercentiles() {
    m_layer.style = {};
    m_histogram.showLayer(m_layer, {});
    QTest::qWait(30);
    const std::vector<int> places = handles();
    dragFrom(places.back(), places.back() - 40);
    QCOMPARE(m_layer.style.range, HeatmapStyle::Range::Percentile);
    QVERIFY(m_layer.style.high < 97 && m_layer.style.high > 60);
  }

  void withoutAMapNothingIsHeld() {
    m_histogram.showLayer({}, QStringLiteral("none"));
    QVERIFY(handles().empty());
    QSignalSpy chosen(&m_histogram, &ValueHistogram::styleChosen);
    dragFrom(200, 300);
    QCOMPARE(chosen.count(), 0);
  }
};

}  // namespace geneglass::value_histogram_test

GENEGLASS_WINDOW_TEST(geneglass::value_histogram_test::ValueHistogramTest)
#include "value_histogram_test.moc"
