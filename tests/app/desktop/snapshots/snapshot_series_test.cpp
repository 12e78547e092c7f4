// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_series.h"

#include <QTest>

#include "app/desktop/snapshots/snapshot_choice.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::snapshot_series_test {

class SnapshotSeriesTest final : public QObject {
  Q_OBJECT

  static std::string refusalOf(const char* pattern, const QStringList& symbols) {
    const auto names = seriesNames(QString::fromUtf8(pattern), QStringLiteral("a b"), symbols);
    return names ? std::string() : names.error().sentence;
  }

 private Q_SLOTS:
  void aFileIsNamedByItsSlideAndGene() {
    const QStringList symbols{QStringLiteral("FSCN1"), QStringLiteral("HLA-A/B")};
    QCOMPARE(*seriesNames(QStringLiteral("{slide} {gene}.jpg"), QStringLiteral("a:b"), symbols),
             (QStringList{QStringLiteral("a_b FSCN1.jpg"), QStringLiteral("a_b HLA-A_B.jpg")}));
    QCOMPARE(*seriesNames(QStringLiteral("../{gene}.png"), QString(), {symbols[0]}),
             QStringList{QStringLiteral(".._FSCN1.png")});
  }

  void aPatternThatGivesNoPictureOrOneNameTwiceIsRefused() {
    const QStringList symbols{QStringLiteral("A"), QStringLiteral("B")};
    QCOMPARE(refusalOf("{gene}.doc", symbols),
             std::string("Cannot write 'A.doc': a snapshot's name ends in .png, .jpg, .tif or .svg."));
    QCOMPARE(refusalOf("all.png", symbols),
             std::string("Two genes would be saved as 'all.png': the name must hold {gene}, which stands for "
                         "the gene's symbol."));
    QCOMPARE(refusalOf("all.png", {symbols[0]}), std::string());
  }

  void genesWithoutAMapArePassedOverAndSaidSo() {
    const Prediction prediction = testing::madePrediction();  // its last gene is TP53, poorly predicted
    const SeriesGenes series = seriesGenes(prediction, {0, 2, 4});
    QVERIFY(series.genes == (std::vector<int>{0, 2}));
    QCOMPARE(series.passedOver, QStringList{QStringLiteral("TP53 cannot be predicted by this model.")});
  }

  void whileTilesWaitAllAreProvisionalAndPassedOver() {
    Prediction prediction = testing::madePrediction();
    prediction.waiting = {{0, 0}, {9, 0}};
    const SeriesGenes series = seriesGenes(prediction, {0});
    QVERIFY(series.genes.empty());
    QCOMPARE(series.passedOver,
             QStringList{QStringLiteral("FSCN1 is provisional: 66 of 68 tiles computed.")});
  }

  void theChoiceSaysHowManyPixelsAPictureHas() {
    const Viewport view{{}, 8, 0, 1600, 1000};
    const auto pixels = [&](SnapshotSizing sizing) {
      return pixelsOf({.sizing = sizing, .longSide = 20000, .downsample = 2}, view);
    };
    QVERIFY(pixels(SnapshotSizing::Screen) == (Size{1600, 1000}));
    QVERIFY(pixels(SnapshotSizing::TwiceScreen) == (Size{3200, 2000}));
    QVERIFY(pixels(SnapshotSizing::LongSide) == (Size{20000, 12500}));
    QVERIFY(pixels(SnapshotSizing::SlidePixels) == (Size{6400, 4000}));
  }

  void aLargerPictureShowsTheSameView() {
    SnapshotRequest request;
    request.view = {{500, 400}, 8, 0.3, 1600, 1000};
    const Viewport large =
        chosenSnapshot(request, {.sizing = SnapshotSizing::LongSide, .longSide = 20000}).view;
    QCOMPARE(large.downsample, 0.64);
    QVERIFY(large.centre == request.view.centre && large.rotation == 0.3);
    QCOMPARE(large.width * large.downsample, request.view.width * request.view.downsample);
  }
};

}  // namespace geneglass::snapshot_series_test

GENEGLASS_WINDOW_TEST(geneglass::snapshot_series_test::SnapshotSeriesTest)
#include "snapshot_series_test.moc"
