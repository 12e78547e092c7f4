// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/precision_measure.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "inference/package/processor_precision.h"
#include "inference/predict_slide.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/inference/made_calls.h"
#include "tests/support/test_program.h"

namespace geneglass::precision_measure_test {

using namespace geneglass::testing;

class PrecisionMeasureTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::vector<std::filesystem::path> m_slides;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<Int8Facts> measured(const ModelPackage& package) const {
    return measureInt8(package, m_slides, {.tilesASlide = 16, .threads = 1}, {}, {});
  }
  double chance(const ModelPackage& package, const std::filesystem::path& slide, Precision precision) const {
    ExtractOptions options;
    options.precision = precision;
    const Result<Prediction> said = predictSlide(*openSlide(slide), package, options, {}, {});
    return said && diagnosisOf(*said) ? diagnosisOf(*said)->probability() : NAN;
  }

 private Q_SLOTS:
  void initTestCase() {
    if (!processorHasInt8()) QSKIP("this processor has no AVX-512 VNNI: int8 is not used on it");
    const SyntheticCohortOptions cohort{.slides = 4, .seed = 8, .size = {1792, 1792}, .threads = 2};
    QVERIFY(writeSyntheticCohort(path("slides"), cohort));
    for (int slide = 1; slide <= 4; ++slide)
      m_slides.push_back(path("slides") / ("synthetic-8-000" + std::to_string(slide) + ".tif"));
  }

  void theLargestChangeOfPTumourIsMeasuredAndKept() {
    ModelPackage package = addMadeDiagnosis(madeModel(path("both")));
    const Result<Int8Facts> facts = measured(package);
    QVERIFY2(facts, facts ? "" : facts.error().sentence.c_str());
    QCOMPARE(facts->agreement.checkedSlides, 2);
    package.int8 = *facts;
    const Result<ModelPackage> written = writeManifest(package);
    QVERIFY2(written, written ? "" : written.error().sentence.c_str());
    double largest = 0;
    for (const size_t judged : {size_t{1}, size_t{3}})
      largest = std::max(largest, std::abs(chance(*written, m_slides[judged], Precision::Int8) -
                                           chance(*written, m_slides[judged], Precision::Float32)));
    QVERIFY(facts->agreement.largestChange && largest > 0);
    QVERIFY2(std::abs(*facts->agreement.largestChange - largest) < 1e-9,
             qPrintable(QStringLiteral("%1 %2").arg(*facts->agreement.largestChange).arg(largest)));
    QCOMPARE(*openModelPackage(package.folder)->int8->agreement.largestChange,
             *facts->agreement.largestChange);
  }

  void aPackageWithoutADiagnosisHasNoSuchNumber() {
    const Result<Int8Facts> facts = measured(madeModel(path("genes")));
    QVERIFY2(facts, facts ? "" : facts.error().sentence.c_str());
    QVERIFY(!facts->agreement.largestChange);
    QVERIFY(facts->agreement.leastR > 0.9 && facts->agreement.leastR <= 1);
  }

  void whatCannotBeCalibratedIsASentence() {
    ModelPackage package = madeModel(path("refused"));
    const auto reason = [&] { return measured(package).error().sentence; };
    m_slides.pop_back();
    QVERIFY(reason().ends_with("for int8: 3 slides are too few, it takes 4."));
    package.genes.clear();
    QVERIFY(reason().ends_with("for int8: it has no heads whose predictions could be compared."));
  }
};

}  // namespace geneglass::precision_measure_test

GENEGLASS_TEST(geneglass::precision_measure_test::PrecisionMeasureTest)
#include "precision_measure_test.moc"
