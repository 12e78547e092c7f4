// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <algorithm>

#include "inference/learning/spots/read_spots.h"
#include "inference/learning/spots/spot_scores.h"
#include "inference/loaded_model.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::breast_model_test {

/// resources/models/breast-her2st, as it is shipped.
class BreastModelTest final : public QObject {
  Q_OBJECT

  static Result<ModelPackage> opened() {
    return openModelPackage(shippedModelFolder().parent_path() / "breast-her2st");
  }

 private Q_SLOTS:
  void itSaysWhatItIsAndWhoseItIs() {
    const Result<ModelPackage> package = opened();
    QVERIFY2(package.has_value(), package ? "" : package.error().sentence.c_str());
    const QString statement = QString::fromStdString(package->statement);
    for (const char* word :
         {"demonstration", "four sections of one", "100 um", "CC BY 4.0", "research use only"})
      QVERIFY2(statement.contains(QLatin1String(word)), word);
    QVERIFY(package->licence.find("Apache-2.0") != std::string::npos);
    QVERIFY(std::filesystem::exists(package->folder / "ATTRIBUTION.txt"));
    QVERIFY(package->head == HeadKind::Linear);
    QCOMPARE(package->labelUnit, std::string("log(1 + counts per 10,000)"));
    QVERIFY(package->panel.groups.empty());  // nothing colorectal is said of breast
    QCOMPARE(package->genes.size(), size_t(250));
    double sum = 0;
    for (const GeneFacts& gene : package->genes) sum += gene.heldOutR / 250;
    QVERIFY2(sum > 0.30 && sum < 0.36, qPrintable(QString::number(sum)));
    uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(package->folder)) bytes += entry.file_size();
    QVERIFY(bytes < uintmax_t{16} << 20);
  }

  void itPredictsTheSpotsThatItLearntFrom() {
    GENEGLASS_NEED(slide, "st/her2st-C2/slide.tif");
    const Result<OpenedSlide> section = openSlide(slide);
    const Result<ModelPackage> package = opened();
    const Result<SpotTable> table =
        readSpots(slide.parent_path() / "counts.tsv.gz", slide.parent_path() / "spots.tsv");
    QVERIFY(section && package && table);
    const Result<Prediction> prediction =
        predictSpots(*section, *table, LoadedModel(*package), 0, {}, [](const Progress&) {});
    QVERIFY2(prediction.has_value(), prediction ? "" : prediction.error().sentence.c_str());
    const Result<SpotComparison> comparison = compareSpots(*prediction, *table, 1);
    QVERIFY2(comparison.has_value(), comparison ? "" : comparison.error().sentence.c_str());
    QCOMPARE(comparison->compared(), size_t(187));
    QVERIFY2(comparison->meanPearson > 0.3, qPrintable(QString::number(comparison->meanPearson)));
  }
};

}  // namespace geneglass::breast_model_test

GENEGLASS_TEST(geneglass::breast_model_test::BreastModelTest)
#include "breast_model_test.moc"
