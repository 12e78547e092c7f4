// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "inference/learning/evaluation/call_evaluation.h"
#include "inference/learning/evaluation/evaluate.h"
#include "inference/learning/evaluation/map_scores.h"
#include "inference/learning/evaluation/score_report.h"
#include "inference/package/model_package.h"
#include "inference/predict_slide.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::shipped_model_test {

using namespace geneglass::testing;

class ShippedModelTest final : public QObject {
  Q_OBJECT

  /// What it says of the tissue of a slide; says why where it cannot.
  static std::optional<SlideDomain> domainOf(const std::filesystem::path& slide) {
    const Result<OpenedSlide> opened = openSlide(slide);
    if (!opened) return {};
    const Result<Prediction> prediction = predictSlide(*opened, *openShippedModel(), {}, {}, {});
    return prediction ? prediction->domain : std::nullopt;
  }

 private Q_SLOTS:
  void saysWhatItIs() {
    const Result<ModelPackage> package = openShippedModel();
    QVERIFY2(package, package ? "" : package.error().sentence.c_str());
    QCOMPARE(package->name, std::string("demonstration"));
    QCOMPARE(package->statement, std::string("demonstration model, trained on synthetic tissue"));
    uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(package->folder)) bytes += entry.file_size();
    QVERIFY2(bytes < 12'000'000, qPrintable(QString::number(bytes)));
  }
  void believesNoGeneThatFollowsNothing() {
    const Result<ModelPackage> package = openShippedModel();
    QVERIFY(package);
    QCOMPARE(package->genes.size(), plantedGenes().size());
    for (const GeneFacts& gene : package->genes)
      QCOMPARE(gene.wellPredicted, !plantedGene(gene.symbol)->drivers.empty());
  }
  void saysOfRealTissueThatItIsUnlikeItsOwn_data() {
    QTest::addColumn<QString>("file");
    for (const char* file : {"slides/colon-section.tif", "slides/CMU-1-Small-Region.svs",
                             "st/her2st-C2/slide.tif", "st/her2st-C4/slide.tif"})
      QTest::newRow(file) << QString::fromLatin1(file);
  }
  void saysOfRealTissueThatItIsUnlikeItsOwn() {
    QFETCH(QString, file);
    const std::filesystem::path slide = dataFile(file.toStdString());
    if (slide.empty()) QSKIP("no such slide in GENEGLASS_DATA (../shared/data)");
    const auto domain = domainOf(slide);
    QVERIFY(domain.has_value());
    QVERIFY2(domain->outside, inWords(*domain).c_str());
  }
  void saysOfOtherSlidesOfItsOwnTissueThatTheyAreLikeIt() {
    QTemporaryDir folder;
    const std::filesystem::path cohort = folder.path().toStdString();
    QVERIFY(writeSyntheticCohort(cohort, {.slides = 2, .seed = 31, .size = {3072, 3072}, .normal = 0.5}));
    int judged = 0;
    for (const auto& entry : std::filesystem::directory_iterator(cohort)) {
      if (entry.path().extension() != ".tif") continue;
      const auto domain = domainOf(entry.path());
      QVERIFY(domain.has_value());
      QVERIFY2(!domain->outside, inWords(*domain).c_str());
      ++judged;
    }
    QCOMPARE(judged, 3);
  }
  void findsPlantedTissueOnSlidesOfOtherStaining() {
    QTemporaryDir folder;
    const std::filesystem::path cohortFolder = folder.path().toStdString();
    const SyntheticCohortOptions options{
        .slides = 4, .seed = 77, .size = {3072, 3072}, .normal = 0.5, .stainShift = 1, .threads = 2};
    QVERIFY(writeSyntheticCohort(cohortFolder, options));
    const Result<Cohort> cohort = readCohort(cohortFolder / "cohort.csv");
    QVERIFY(cohort);
    const Result<std::vector<GeneScore>> scores =
        evaluatePackage(*openShippedModel(), *cohort, {{}, 1}, {}, [](const Progress&) {});
    QVERIFY2(scores, scores ? "" : scores.error().sentence.c_str());
    const ScoreSummary summary = summarise(*scores);
    QVERIFY2(summary.meanMapAuc > 0.9, qPrintable(QString::number(summary.meanMapAuc)));
    QCOMPARE(summary.nullWellPredicted, 0);
    const Result<Cohort> pairs = readClassCohort(cohortFolder / "diagnosis.csv", "tumour");
    QVERIFY(pairs);
    const Result<CallEvaluation> diagnosis =
        evaluateCall(*openShippedModel(), *pairs, {{}, 1}, {}, [](const Progress&) {});
    QVERIFY2(diagnosis, diagnosis ? "" : diagnosis.error().sentence.c_str());
    const ClassScores& tumour = diagnosis->scores.ofClass.front();
    QVERIFY2(tumour.auc > 0.9, qPrintable(QString::number(tumour.auc)));
    QVERIFY2(tumour.evidenceAuc.value_or(0) > 0.9,
             qPrintable(QString::number(tumour.evidenceAuc.value_or(0))));
  }
};

}  // namespace geneglass::shipped_model_test

GENEGLASS_TEST(geneglass::shipped_model_test::ShippedModelTest)
#include "shipped_model_test.moc"
