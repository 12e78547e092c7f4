// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGuiApplication>
#include <QPalette>
#include <QSortFilterProxyModel>
#include <QTest>
#include <QtTest>
#include <array>
#include <limits>

#include "app/desktop/genes/gene_standing.h"
#include "app/desktop/genes/gene_table.h"
#include "inference/prediction/withheld.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_table_test {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// Of madePrediction()'s genes FSCN1 with an interval, CDX2 without, MUC2 the same everywhere, VIM below 0.
std::shared_ptr<const MeasuredSpots> madeSpots() {
  MeasuredSpots spots;
  spots.genes = {{"FSCN1", {}, {}, 0.601, 0.43, 0.729},
                 {"CDX2", {}, {}, 0.25, kUndefined, kUndefined},
                 {"MUC2", {}, {}, kUndefined, kUndefined, kUndefined},
                 {"VIM", {}, {}, -0.5, -0.6, -0.4}};
  return std::make_shared<const MeasuredSpots>(std::move(spots));
}

constexpr int kDriverRow = 4;  // TP53 of madePrediction()

std::shared_ptr<const Prediction> predictionWithValues(const std::vector<double>& values) {
  Prediction prediction = testing::madePrediction();
  for (size_t index = 0; index < values.size(); ++index) prediction.genes[index].value = values[index];
  return std::make_shared<const Prediction>(std::move(prediction));
}

QString text(const GeneTable& table, int row, int column) {
  return table.index(row, column).data().toString();
}

/// Symbols from the lowest up, where values, percentiles and their words are of three different orders.
QString sortedBy(GeneTable::Column column) {
  Prediction prediction = testing::madePrediction();
  const std::array<double, 5> values{9.5, 10.25, -3, 100, 2}, percentiles{60, 3, 20, 9, 100};
  for (size_t gene = 0; gene < values.size(); ++gene) {
    prediction.genes[gene].value = values[gene];
    prediction.genes[gene].percentile = percentiles[gene];
  }
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QSortFilterProxyModel sorted;
  sorted.setSourceModel(&table);
  sorted.setSortRole(GeneTable::kSortRole);
  sorted.sort(column);
  QStringList symbols;
  for (int row = 0; row < sorted.rowCount(); ++row)
    symbols << sorted.index(row, GeneTable::Symbol).data().toString();
  return symbols.join(QLatin1Char(' '));
}

}  // namespace

class GeneTableTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void withoutPredictionItIsEmpty();
  void heldOutCorrelationStandsWithItsInterval();
  void poorlyPredictedGenesAreGreyAndSaySo();
  void wellPredictedGenesAreNeitherGreyNorCalledNotPredictable();
  void hotspotAreasOfAGeneAreAddedUp();
  void ofTissueUnlikeTheTrainingTissuePercentileAndHotspotsAreWithheldAndThenMarked();
  void whatIsNotReadYetIsDotsAndHasNoStanding();
  void hotspotsAreNotKnownWhileTilesWait();
  void percentilesAreSortedAsNumbersNotAsWords();
  void theColumnOfValuesSortsByPercentileAndSaysSo();
  void ofSyntheticSlidesTheHeaderSaysThatTheCorrelationIs();
  void theFirstClickSortsTheHighestNumberFirstAndNamesByTheAlphabet();
  void subtypesHaveTheOkabeItoColours();
  void standingsUseTheTrainingLabelsAndLeaveUnknownGenesOut();
  void theSpreadOfFoldModelsIsSaidForWhatItIs();
  void aNegativeCorrelationExplainsNothing();
  void whatWasMeasuredOnTheSlideHasAColumn();
  void genesThatWereNotMeasuredAreSortedLast();
};

void GeneTableTest::withoutPredictionItIsEmpty() {
  GeneTable table;
  QCOMPARE(table.rowCount(), 0);
  table.showPrediction(predictionWithValues({}));
  QCOMPARE(table.rowCount(), 5);
  table.showPrediction(nullptr);
  QCOMPARE(table.rowCount(), 0);
}

void GeneTableTest::heldOutCorrelationStandsWithItsInterval() {
  Prediction prediction = testing::madePrediction();
  prediction.genes[0].heldOutR = 0.871;
  prediction.genes[0].ciLow = 0.8;
  prediction.genes[0].ciHigh = 0.909;
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QCOMPARE(text(table, 0, GeneTable::HeldOut), QStringLiteral("0.87 [0.80, 0.91]"));
}

void GeneTableTest::poorlyPredictedGenesAreGreyAndSaySo() {
  GeneTable table;
  table.showPrediction(predictionWithValues({}));
  const QColor grey = QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text);
  QCOMPARE(table.index(kDriverRow, GeneTable::Symbol).data(Qt::ForegroundRole).value<QColor>(), grey);
  QCOMPARE(text(table, kDriverRow, GeneTable::HotspotArea), QStringLiteral("not predictable"));
  QVERIFY(table.index(kDriverRow, GeneTable::Symbol)
              .data(Qt::ToolTipRole)
              .toString()
              .startsWith(QStringLiteral("TP53 is not predictable")));
}

void GeneTableTest::wellPredictedGenesAreNeitherGreyNorCalledNotPredictable() {
  GeneTable table;
  table.showPrediction(predictionWithValues({}));
  for (int row = 0; row < kDriverRow; ++row) {
    QVERIFY(!table.index(row, GeneTable::Symbol).data(Qt::ForegroundRole).isValid());
    QVERIFY(text(table, row, GeneTable::HotspotArea) != QStringLiteral("not predictable"));
  }
}

void GeneTableTest::hotspotAreasOfAGeneAreAddedUp() {
  Prediction prediction = testing::madePrediction();
  double area = 0;
  for (const Hotspot& hotspot : (*prediction.maps.of(0))->hotspots) area += hotspot.areaMm2;
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QVERIFY(area > 0);
  QCOMPARE(text(table, 0, GeneTable::HotspotArea), QStringLiteral("%1 mm²").arg(area, 0, 'f', 2));
  QCOMPARE(text(table, 1, GeneTable::HotspotArea), QStringLiteral("none"));
  QCOMPARE(table.index(0, GeneTable::HotspotArea).data(GeneTable::kSortRole).toDouble(), area);
}

void GeneTableTest::ofTissueUnlikeTheTrainingTissuePercentileAndHotspotsAreWithheldAndThenMarked() {
  Prediction prediction = testing::madePrediction();
  prediction.domain = judgeDomain(std::vector<float>(prediction.grid.count(), 9), {});
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(withhold(prediction)));
  QCOMPARE(text(table, 0, GeneTable::Percentile), QStringLiteral("–"));
  QCOMPARE(text(table, 0, GeneTable::HotspotArea), QStringLiteral("withheld"));
  QCOMPARE(text(table, kDriverRow, GeneTable::HotspotArea), QStringLiteral("not predictable"));
  QCOMPARE(table.index(0, GeneTable::Percentile).data(GeneTable::kSortRole).toDouble(), -1.0);
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QCOMPARE(text(table, 0, GeneTable::Percentile), QStringLiteral("84 ?"));
  QVERIFY(table.index(0, GeneTable::Symbol)
              .data(Qt::ToolTipRole)
              .toString()
              .endsWith(QStringLiteral("of tissue unlike what the model learnt from.")));
}

void GeneTableTest::whatIsNotReadYetIsDotsAndHasNoStanding() {
  Prediction prediction = testing::madePrediction();
  ModelPackage package;
  for (GenePrediction& gene : prediction.genes) {
    gene.value = gene.percentile = std::numeric_limits<double>::quiet_NaN();
    package.genes.emplace_back().symbol = gene.symbol;
  }
  QVERIFY(standingsOf(prediction, package).empty());
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QCOMPARE(text(table, 0, GeneTable::Value), QStringLiteral("…"));
  QCOMPARE(text(table, 0, GeneTable::Percentile), QStringLiteral("…"));
  QCOMPARE(text(table, 0, GeneTable::Symbol), QStringLiteral("FSCN1"));
}

void GeneTableTest::hotspotsAreNotKnownWhileTilesWait() {
  Prediction prediction = testing::madePrediction();
  for (GenePrediction& gene : prediction.genes) gene.hotspots = 0;
  prediction.waiting = {{0, 0}};
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  QCOMPARE(text(table, 0, GeneTable::HotspotArea), QStringLiteral("…"));
  QCOMPARE(text(table, kDriverRow, GeneTable::HotspotArea), QStringLiteral("not predictable"));
}

void GeneTableTest::percentilesAreSortedAsNumbersNotAsWords() {
  QCOMPARE(sortedBy(GeneTable::Percentile), QStringLiteral("CDX2 VIM MUC2 FSCN1 TP53"));
}

void GeneTableTest::theColumnOfValuesSortsByPercentileAndSaysSo() {
  QCOMPARE(sortedBy(GeneTable::Value), QStringLiteral("CDX2 VIM MUC2 FSCN1 TP53"));
  const QString text = GeneTable().headerData(GeneTable::Value, Qt::Horizontal, Qt::ToolTipRole).toString();
  QVERIFY2(text.endsWith(
               QStringLiteral("Sorts by percentile, since values of different genes cannot be compared")),
           qPrintable(text));
}

void GeneTableTest::ofSyntheticSlidesTheHeaderSaysThatTheCorrelationIs() {
  Prediction prediction = testing::madePrediction();
  GeneTable table;
  const auto text = [&](const char* statement) {
    prediction.modelStatement = statement;
    table.showPrediction(std::make_shared<const Prediction>(prediction));
    return table.headerData(GeneTable::HeldOut, Qt::Horizontal, Qt::ToolTipRole).toString();
  };
  const QString plain =
      QStringLiteral("Pearson correlation on cases the model was not trained on, with its 95 % interval");
  const QString synthetic =
      plain + QStringLiteral(". These cases are synthetic slides: it says nothing of real tissue");
  QCOMPARE(text("made by hand"), plain);
  QCOMPARE(text("demonstration model, trained on synthetic tissue"), synthetic);
  QCOMPARE(text("model with an encoder trained on synthetic tissue"), plain);
  prediction.calls.emplace_back().facts.synthetic = true;
  QCOMPARE(text("made by hand"), synthetic);
}

void GeneTableTest::theFirstClickSortsTheHighestNumberFirstAndNamesByTheAlphabet() {
  const GeneTable table;
  const auto first = [&](GeneTable::Column column) {
    return table.headerData(column, Qt::Horizontal, Qt::InitialSortOrderRole).toInt();
  };
  for (const auto column :
       {GeneTable::Value, GeneTable::Percentile, GeneTable::HeldOut, GeneTable::HotspotArea})
    QCOMPARE(first(column), int(Qt::DescendingOrder));
  for (const auto column : {GeneTable::Symbol, GeneTable::Class})
    QCOMPARE(first(column), int(Qt::AscendingOrder));
}

void GeneTableTest::subtypesHaveTheOkabeItoColours() {
  GeneTable table;
  table.showPrediction(predictionWithValues({}));
  QStringList colours, names;
  for (int row = 0; row < table.rowCount(); ++row) {
    colours << table.index(row, GeneTable::Class).data(Qt::DecorationRole).value<QColor>().name();
    names << text(table, row, GeneTable::Class);
  }
  QCOMPARE(names.join(u' '), QStringLiteral("CMS1 CMS2 CMS3 CMS4 driver"));
  QCOMPARE(colours.join(u' '), QStringLiteral("#e69f00 #0072b2 #cc79a7 #009e73 #767676"));
}

void GeneTableTest::standingsUseTheTrainingLabelsAndLeaveUnknownGenesOut() {
  const auto prediction = predictionWithValues({9, 5, 5, 5, 5});
  ModelPackage package;
  GeneFacts facts;
  facts.symbol = prediction->genes[0].symbol;
  facts.trainingMean = 6;
  facts.trainingDeviation = 2;
  facts.heldOutR = 0.6;
  package.genes = {facts};
  const auto standings = standingsOf(*prediction, package);
  QCOMPARE(standings.size(), size_t(1));
  QCOMPARE(standings[0].score, 1.5);
  QCOMPARE(standings[0].expectedError, 0.8);
}

void GeneTableTest::theSpreadOfFoldModelsIsSaidForWhatItIs() {
  Prediction prediction = *predictionWithValues({9, 5});
  prediction.foldModels = 5;
  prediction.genes[0].spread = 0.25;
  GeneTable table;
  table.showPrediction(std::make_shared<const Prediction>(prediction));
  const auto toolTip = [&](int row) {
    return table.index(row, GeneTable::Symbol).data(Qt::ToolTipRole).toString();
  };
  QVERIFY2(toolTip(0).contains(QStringLiteral("5 folds differ by 0.25 (one standard deviation)")),
           qPrintable(toolTip(0)));
  QVERIFY(toolTip(0).endsWith(QStringLiteral("It is not the error: all may be wrong alike.")));
  QVERIFY(!toolTip(1).contains(QStringLiteral("folds")));
  ModelPackage package;
  for (size_t gene = 0; gene < 2; ++gene) {
    package.genes.emplace_back().symbol = prediction.genes[gene].symbol;
    package.genes.back().trainingDeviation = 0.5;
  }
  const auto standings = standingsOf(prediction, package);
  QCOMPARE(standings.size(), size_t(2));
  QCOMPARE(standings[0].spread, 0.5);
  QVERIFY(std::isnan(standings[1].spread));
}

void GeneTableTest::aNegativeCorrelationExplainsNothing() {
  const auto prediction = predictionWithValues({9});
  ModelPackage package;
  GeneFacts facts;
  facts.symbol = prediction->genes[0].symbol;
  facts.heldOutR = -0.8;
  package.genes = {facts};
  QCOMPARE(standingsOf(*prediction, package)[0].expectedError, 1.0);
}

void GeneTableTest::whatWasMeasuredOnTheSlideHasAColumn() {
  GeneTable table;
  table.showSpots(madeSpots());
  table.showPrediction(predictionWithValues({}));
  QCOMPARE(text(table, 0, GeneTable::AtSpots), QStringLiteral("0.60 [0.43, 0.73]"));
  QCOMPARE(text(table, 1, GeneTable::AtSpots), QStringLiteral("0.25"));
  QCOMPARE(text(table, 2, GeneTable::AtSpots), QStringLiteral("not defined"));
  QCOMPARE(text(table, kDriverRow, GeneTable::AtSpots), QStringLiteral("not measured"));
  table.showSpots(nullptr);
  QCOMPARE(text(table, 0, GeneTable::AtSpots), QString());
}

void GeneTableTest::genesThatWereNotMeasuredAreSortedLast() {
  GeneTable table;
  table.showPrediction(predictionWithValues({}));
  table.showSpots(madeSpots());
  QSortFilterProxyModel sorted;
  sorted.setSourceModel(&table);
  sorted.setSortRole(GeneTable::kSortRole);
  sorted.sort(GeneTable::AtSpots, Qt::DescendingOrder);
  QStringList order;
  for (int row = 0; row < 3; ++row) order << sorted.index(row, GeneTable::Symbol).data().toString();
  QCOMPARE(order.join(u' '), QStringLiteral("FSCN1 CDX2 VIM"));
}

}  // namespace geneglass::gene_table_test

GENEGLASS_WINDOW_TEST(geneglass::gene_table_test::GeneTableTest)
#include "gene_table_test.moc"
