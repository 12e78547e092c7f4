// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <cmath>

#include "app/pages/evaluation_page.h"
#include "app/pages/gallery_picture.h"
#include "app/pages/svg_chart.h"
#include "inference/learning/evaluation/evaluate.h"
#include "inference/learning/evaluation/tile_gallery.h"
#include "tests/support/test_program.h"

namespace geneglass::evaluation_test {
namespace {

/// One gene over four tiles: attention .4 .3 .2 .1, values 2 1 0 -1, Ybar 0: Y = 1.
BagPrediction fourTiles() {
  BagPrediction prediction{{1}, Matrix(1, 4), Matrix(1, 4), Matrix(1, 4), {0}};
  prediction.attention.values = {0.4f, 0.3f, 0.2f, 0.1f};
  prediction.expression.values = {2, 1, 0, -1};
  for (size_t i = 0; i < 4; ++i)
    prediction.contribution.values[i] = 4 * prediction.attention.values[i] * prediction.expression.values[i];
  return prediction;
}

double at(const std::vector<CurvePoint>& curve, double share) {
  for (const CurvePoint& point : curve)
    if (point.share == share) return point.mean;
  return std::nan("");
}

Evaluation smallEvaluation() {
  Evaluation evaluation;
  evaluation.cohort = "cohort.csv";
  evaluation.truth = Matrix(12, 2);
  evaluation.predicted = Matrix(12, 2);
  for (size_t i = 0; i < 12; ++i) {
    evaluation.truth.at(i, 0) = evaluation.truth.at(i, 1) = float(i);
    evaluation.predicted.at(i, 0) = float(i) + (i % 2 ? 0.5f : 0);
    evaluation.predicted.at(i, 1) = float((i * 7) % 12);
  }
  evaluation.truth.at(3, 1) = std::nanf("");
  evaluation.scores =
      scoreGenes({"MUC2", "A<B"}, evaluation.truth, evaluation.predicted, evaluation.predicted, 1);
  TileCurveScores curves({0}, {1}, 1);
  curves.add(fourTiles());
  curves.add(fourTiles());
  evaluation.curves = curves.curves();
  return evaluation;
}

}  // namespace

class EvaluationTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatOtherCasesSayReplacesTheReliabilityOfTheirGenes() {
    ModelPackage package;
    package.training = "Trained.";
    package.genes.resize(3);
    package.genes[0].symbol = "KRAS";
    package.genes[0].heldOutR = 0.7;
    package.genes[1].symbol = "MUC2";
    package.genes[2].symbol = "A<B";
    package.genes[2].wellPredicted = true;
    Evaluation evaluation = smallEvaluation();
    evaluation.scores[1].r = std::nan("");
    const ModelPackage stored = withReliability(package, evaluation);
    QCOMPARE(stored.genes[0].heldOutR, 0.7);
    QCOMPARE(stored.genes[1].heldOutR, evaluation.scores[0].r);
    QCOMPARE(stored.genes[1].ciLow, evaluation.scores[0].ci.low);
    QCOMPARE(stored.genes[1].wellPredicted, evaluation.scores[0].wellPredicted);
    QCOMPARE(stored.genes[2].heldOutR, 0.0);
    QCOMPARE(stored.genes[2].ciHigh, 1.0);
    QVERIFY(!stored.genes[2].wellPredicted);
    QCOMPARE(stored.training, "Trained. Reliability of 2 genes: judged on 12 cases of cohort.csv.");
  }

  void removedTilesLeaveWhatTheOthersSay() {
    TileCurveScores scores({0}, {2}, 1);  // deviation 2
    scores.add(fourTiles());
    const TileCurves curves = scores.curves();
    const double half = (0.2 * 0 + 0.1 * -1) / 0.3;  // the tiles of least attention
    const double shown = (0.4 * 2 + 0.3 * 1) / 0.7;
    QVERIFY(std::abs(at(curves.deletionByAttention, 0)) < 1e-6);
    QVERIFY(std::abs(at(curves.deletionByAttention, 0.5) - std::abs(half - 1) / 2) < 1e-6);
    QVERIFY(std::abs(at(curves.insertionByAttention, 0.5) - std::abs(shown - 1) / 2) < 1e-6);
    QVERIFY(std::abs(at(curves.insertionByAttention, 0) - std::abs(2.0 - 1) / 2) < 1e-6);
    QVERIFY(at(curves.deletionAtRandom, 0.5) < at(curves.deletionByAttention, 0.5));
    QCOMPARE(curves.cases, 1);
  }

  void everyPictureOnThePageIsWellFormedAndNothingComesFromElsewhere() {
    ModelPackage package;
    package.name = "a <model> & \"more\"";
    package.labelUnit = "log2 expression";
    package.hash = "0123456789abcdef0123";
    const QString page = QString::fromStdString(evaluationPage(package, smallEvaluation()));
    QVERIFY(page.contains(QStringLiteral("Research use only")));
    QVERIFY(page.contains(QStringLiteral("a &lt;model&gt; &amp; &quot;more&quot;")));
    QVERIFY(!page.contains(QStringLiteral("A<B")));
    for (const char* word : {"<script", "src=", "href=", "url(", "@import", "nan", "inf\""})
      QVERIFY2(!page.contains(QLatin1String(word), Qt::CaseInsensitive), word);
    QCOMPARE(page.count(QStringLiteral("http")), page.count(QStringLiteral("http://www.w3.org/2000/svg")));
    int pictures = 0;
    for (qsizetype from = 0; (from = page.indexOf(QStringLiteral("<svg"), from)) >= 0; ++pictures) {
      const qsizetype end = page.indexOf(QStringLiteral("</svg>"), from) + 6;
      QXmlStreamReader reader(page.mid(from, end - from));
      while (!reader.atEnd()) reader.readNext();
      QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
      from = end;
    }
    QCOMPARE(pictures, 7);  // two columns of genes, three of ranks and tiles, two scatter plots
  }

  void axesHaveRoundNumbers() {
    const auto range = [](double low, double high, int steps) {
      const SvgChart::Range found = SvgChart::roundRange(low, high, steps);
      return std::pair(found.low, found.high);
    };
    QCOMPARE(range(5.4, 13.1, 4), std::pair(5.0, 15.0));
    QCOMPARE(range(0, 2.1, 3), std::pair(0.0, 3.0));
    QCOMPARE(range(3, 3, 4).first, 3.0);
  }

  void binsAreOfEqualWidthAndHoldTheTilesOfHighestAttention() {
    TileGallery gallery("log2 expression");
    gallery.addGene("MUC2", 0, {0, 0.9f, 1.1f, 7, std::nanf("")});
    const TileGrid grid{100, 100, 10, 1, {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}}};
    Matrix attention(1, 6);
    attention.values = {0.05f, 0.3f, 0.1f, 0.25f, 0.2f, 0.1f};
    for (size_t one = 0; one < 5; ++one) gallery.add(one, {"slide" + std::to_string(one)}, {grid}, attention);
    const auto& bins = gallery.genes().front().bins;
    QCOMPARE(bins.size(), size_t{7});
    QCOMPARE(bins[0].cases, 2);
    QCOMPARE(bins[1].cases, 1);
    QCOMPARE(bins[6].cases, 1);
    QVERIFY(bins[3].tiles.empty());
    QCOMPARE(bins[0].tiles.size(), size_t{5});
    QCOMPARE(bins[6].tiles[0].area.x, 100.0);
    QVERIFY(std::abs(bins[6].tiles[0].attention - 1.8) < 1e-6);
    QVERIFY(std::abs(bins[0].tiles[4].attention - 1.2) < 1e-6);  // .3 .3 .25 .25 .2
    QCOMPARE(bins[0].high, 1.0);
  }

  void aGalleryIsAPictureWithTheTilesInPlace() {
    GalleryPicture picture("MUC2", "log2 expression", 7, 5);
    picture.head(6, 6, 7, 3);
    picture.put(6, 0, Image(GalleryPicture::kSide, GalleryPicture::kSide, opaque(10, 200, 30)), 4.2);
    QTemporaryDir folder;
    const std::string file = folder.path().toStdString() + "/MUC2.png";
    const Result<void> saved = picture.save(file);
    QVERIFY2(saved, saved ? "" : saved.error().sentence.c_str());
    const QImage image(QString::fromStdString(file));
    QCOMPARE(image.pixelColor(image.width() - 60, 62 + 52 + 40), QColor(10, 200, 30));
    QVERIFY(!picture.save("/nowhere/MUC2.png"));
  }
};

}  // namespace geneglass::evaluation_test

GENEGLASS_TEST(geneglass::evaluation_test::EvaluationTest)
#include "evaluation_test.moc"
