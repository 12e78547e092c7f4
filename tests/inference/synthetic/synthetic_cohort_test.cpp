// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <map>

#include "inference/learning/cohort/cohort.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "inference/synthetic/synthetic_truth.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::synthetic_cohort_test {

namespace fs = std::filesystem;

namespace {

constexpr Size kSize{1301, 1101};

SyntheticCohortOptions twoSlides(int threads = 2) {
  return {.slides = 2, .seed = 9, .size = kSize, .stainShift = 0, .threads = threads};
}

std::string bytesOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> contentsOf(const fs::path& folder) {
  std::map<std::string, std::string> contents;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    contents[entry.path().filename().string()] = bytesOf(entry.path());
  return contents;
}

QString sentenceOf(const Result<void>& outcome) {
  return outcome ? QStringLiteral("it was written") : QString::fromStdString(outcome.error().sentence);
}

/// Fractions of the whole slide from its map, each cell alike.
ClassFractions wholeOf(const SyntheticTruth& truth) {
  ClassFractions fractions{};
  const size_t cells = truth.rows * truth.columns;
  for (size_t k = 0; k < kTissueClasses; ++k)
    for (size_t i = 0; i < cells; ++i)
      fractions[k] += truth.composition[k * cells + i] / static_cast<double>(cells);
  return fractions;
}

double tissueOf(const SyntheticTruth& truth, size_t cell) {
  double sum = 0;
  for (TissueClass each : kAllTissueClasses)
    if (isTissue(each))
      sum += truth.composition[static_cast<size_t>(each) * truth.rows * truth.columns + cell];
  return sum;
}

}  // namespace

class SyntheticCohortTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    m_folder = m_temporary.path().toStdString();
    const Result<void> written = writeSyntheticCohort(m_folder, twoSlides());
    QVERIFY2(written, qPrintable(sentenceOf(written)));
  }

  void theTableIsACohortWithTheWholePanel() {
    const Result<Cohort> cohort = readCohort(m_folder / "cohort.csv");
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->cases.size(), size_t(2));
    QCOMPARE(cohort->genes.size(), plantedGenes().size());
    const Result<OpenedSlide> opened = openSlide(cohort->cases[0].slides.front());
    QVERIFY(opened);
    QCOMPARE(opened->slide->size(), kSize);
    QVERIFY(std::abs(opened->slide->mpp->mean() - 0.5) < 1e-6);
    const Result<SyntheticTruth> truth = readTruth(m_folder / "synthetic-9-0001.truth.h5");
    QVERIFY(truth);
    QCOMPARE(QString::fromStdString(truth->slideHash), QString::fromStdString(opened->slide->hash));
    for (size_t g = 0; g < cohort->genes.size(); ++g) {
      QCOMPARE(truth->genes[g], cohort->genes[g]);
      QVERIFY(std::abs(static_cast<double>(cohort->cases[0].labels[g]) - truth->expression[g]) < 1e-3);
    }
  }

  void expressionIsTheStatedFunctionOfComposition() {
    const Result<SyntheticTruth> truth = readTruth(m_folder / "synthetic-9-0002.truth.h5");
    QVERIFY(truth);
    const ClassFractions whole = wholeOf(*truth);
    double squares = 0;
    for (size_t g = 0; g < plantedGenes().size(); ++g) {
      const PlantedGene& gene = plantedGenes()[g];
      const double share = driverShare(gene, whole);
      const double expected = gene.base + gene.slope * (share - gene.mean) / gene.deviation;
      const double surplus = (truth->expression[g] - expected) / gene.noise;
      QVERIFY2(std::abs(surplus) < 4.5, gene.symbol.c_str());
      squares += surplus * surplus / static_cast<double>(plantedGenes().size());
    }
    QVERIFY(squares > 0.5 && squares < 1.7);
  }

  void theTruthMapsMeanIsTheSlidesExpressionWithoutNoise() {
    const Result<SyntheticTruth> truth = readTruth(m_folder / "synthetic-9-0001.truth.h5");
    QVERIFY(truth);
    for (size_t g = 0; g < truth->genes.size(); ++g) {
      double sum = 0, weight = 0;
      for (size_t i = 0; i < truth->rows * truth->columns; ++i) {
        const double tissue = tissueOf(*truth, i);
        QCOMPARE(std::isnan(truth->truthOf(g)[i]), tissue < 1e-4);
        if (tissue >= 1e-4) sum += tissue * static_cast<double>(truth->truthOf(g)[i]), weight += tissue;
      }
      QVERIFY(std::abs(sum / weight - plantedTruth(plantedGenes()[g], wholeOf(*truth))) < 1e-3);
    }
  }

  void sixGenesFollowNothingAndMlh1FallsWithLymphocytes() {
    int nulls = 0;
    for (const PlantedGene& gene : plantedGenes()) {
      nulls += gene.drivers.empty();
      if (!gene.drivers.empty()) QVERIFY(gene.bestCorrelation >= 0.8 && gene.bestCorrelation <= 0.95);
      QCOMPARE(gene.slope < 0, gene.symbol == "MLH1");
      if (gene.symbol == "MLH1") QCOMPARE(gene.drivers, std::vector{TissueClass::Lymphoid});
    }
    QCOMPARE(nulls, 6);
  }

  void compositionOfARectangleWeighsCellsByOverlap() {
    SyntheticTruth truth;
    truth.rows = 1, truth.columns = 2;
    truth.composition.assign(kTissueClasses * 2, 0);
    truth.composition[static_cast<size_t>(TissueClass::Tumour) * 2] = 1;
    truth.composition[static_cast<size_t>(TissueClass::Fat) * 2 + 1] = 1;
    const ClassFractions fractions = compositionOf(truth, {48, -100, 64, 500});
    QVERIFY(std::abs(fractions[static_cast<size_t>(TissueClass::Tumour)] - 0.25) < 1e-9);
    QVERIFY(std::abs(fractions[static_cast<size_t>(TissueClass::Fat)] - 0.75) < 1e-9);
    QCOMPARE(compositionOf(truth, {500, 0, 64, 64}), ClassFractions{});
  }

  void theClassMapHasAPixelACellAndTheClassesColours() {
    const QImage map(QString::fromStdString((m_folder / "synthetic-9-0001.classes.png").string()));
    QCOMPARE(map.size(), QSize((1301 + 63) / 64, (1101 + 63) / 64));
    QCOMPARE(map.format(), QImage::Format_Indexed8);
    QCOMPARE(map.pixelIndex(0, 0), 0);
    QCOMPARE(map.color(static_cast<int>(TissueClass::Lymphoid)) & 0xffffff, mapColour(TissueClass::Lymphoid));
  }

  void theSameCallGivesTheSameBytesWithOtherThreads() {
    const QTemporaryDir other;
    QVERIFY(writeSyntheticCohort(other.path().toStdString(), twoSlides(5)));
    QVERIFY(contentsOf(other.path().toStdString()) == contentsOf(m_folder));
  }

  void aRepeatedCallKeepsFinishedSlidesAndMendsBrokenOnes() {
    const fs::path good = m_folder / "synthetic-9-0001.tif", bad = m_folder / "synthetic-9-0002.tif";
    const auto before = contentsOf(m_folder);
    const auto written = fs::last_write_time(good);
    std::ofstream(bad, std::ios::app) << "x";
    int reports = 0;
    QVERIFY(writeSyntheticCohort(m_folder, twoSlides(), {}, [&](const Progress& progress) {
      ++reports;
      QVERIFY(progress.stage.starts_with("slide 2 of 2"));
    }));
    QVERIFY(reports > 0);
    QCOMPARE(fs::last_write_time(good), written);
    QVERIFY(contentsOf(m_folder) == before);
  }

  void aStoppedCallLeavesNoHalfSlide() {
    const QTemporaryDir other;
    std::stop_source source;
    const Result<void> outcome =
        writeSyntheticCohort(other.path().toStdString(), twoSlides(), source.get_token(),
                             [&](const Progress&) { source.request_stop(); });
    QVERIFY2(sentenceOf(outcome).endsWith(QStringLiteral("was stopped.")), qPrintable(sentenceOf(outcome)));
    for (const auto& [name, content] : contentsOf(other.path().toStdString()))
      QCOMPARE(name, std::string("truth.json"));
  }

  void matchedNormalSlidesHoldNeitherTumourNorNecrosisAndTumourSlidesHoldTumour() {
    const QTemporaryDir other;
    const fs::path folder = other.path().toStdString();
    SyntheticCohortOptions options = twoSlides();
    options.slides = 3;
    options.normal = 0.67;
    QVERIFY(writeSyntheticCohort(folder, options));
    QCOMPARE(bytesOf(folder / "diagnosis.csv"),
             std::string("slide,case,split,tumour\n"
                         "synthetic-9-0001.tif,synthetic-9-0001,train,1\n"
                         "synthetic-9-0002.tif,synthetic-9-0002,train,1\n"
                         "synthetic-9-0003.tif,synthetic-9-0003,train,1\n"
                         "synthetic-9-0001-normal.tif,synthetic-9-0001,train,0\n"
                         "synthetic-9-0002-normal.tif,synthetic-9-0002,train,0\n"));
    const Result<Cohort> cohort = readCohort(folder / "cohort.csv");
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->slideCount(), size_t(3));
    for (const char* name : {"0001", "0002", "0003", "0001-normal", "0002-normal"}) {
      const Result<SyntheticTruth> truth =
          readTruth(folder / (std::string("synthetic-9-") + name + ".truth.h5"));
      QVERIFY(truth);
      const bool normal = std::string(name).ends_with("normal");
      QVERIFY(truth->kind == (normal ? SectionKind::Normal : SectionKind::Tumour));
      const ClassFractions whole = wholeOf(*truth);
      const double tumour = whole[static_cast<size_t>(TissueClass::Tumour)];
      QVERIFY2(normal ? tumour == 0 : tumour > 0, name);
      if (normal) QCOMPARE(whole[static_cast<size_t>(TissueClass::Necrosis)], 0.0);
    }
    // A slide of another kind is not finished: a call without normal slides paints it anew.
    const auto before = contentsOf(folder);
    options.normal = 0;
    QVERIFY(writeSyntheticCohort(folder, options));
    QVERIFY(contentsOf(folder).at("synthetic-9-0001.truth.h5") != before.at("synthetic-9-0001.truth.h5"));
  }

  void badCallsEndInASentence_data() {
    QTest::addColumn<int>("slides");
    QTest::addColumn<qint64>("width");
    QTest::addColumn<double>("shift");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no slides") << 0 << qint64(1000) << 0.0 << QStringLiteral("it needs at least one slide");
    QTest::newRow("too small") << 1 << qint64(255) << 0.0
                               << QStringLiteral("255 x 1000 pixels is out of range");
    QTest::newRow("too large") << 1 << qint64(100001) << 0.0
                               << QStringLiteral("out of range (256 to 100000 a side)");
    QTest::newRow("shift") << 1 << qint64(1000) << std::nan("")
                           << QStringLiteral("the stain shift must be 0 to 3");
  }
  void badCallsEndInASentence() {
    QFETCH(int, slides);
    QFETCH(qint64, width);
    QFETCH(double, shift);
    QFETCH(QString, reason);
    const Result<void> outcome = writeSyntheticCohort(
        m_folder, {.slides = slides, .seed = 1, .size = {width, 1000}, .stainShift = shift, .threads = 1});
    QVERIFY2(sentenceOf(outcome).contains(reason), qPrintable(sentenceOf(outcome)));
  }

  void aPartOfPatientsBeyondAllIsRefused() {
    SyntheticCohortOptions options = twoSlides();
    options.normal = 1.5;
    const Result<void> outcome = writeSyntheticCohort(m_folder, options);
    QVERIFY2(sentenceOf(outcome).endsWith(
                 QStringLiteral("the part of the patients with a normal slide must be 0 to 1.")),
             qPrintable(sentenceOf(outcome)));
  }

  void aFolderThatCannotBeMadeIsNamed() {
    const fs::path file = m_folder / "cohort.csv";
    const Result<void> outcome = writeSyntheticCohort(file / "inside", twoSlides());
    QVERIFY2(sentenceOf(outcome).startsWith(QStringLiteral("Cannot make the folder '")),
             qPrintable(sentenceOf(outcome)));
  }

  void aTruthFileThatIsSomethingElseIsRefused() {
    const Result<SyntheticTruth> truth = readTruth(m_folder / "cohort.csv");
    QVERIFY(!truth);
    QVERIFY2(truth.error().sentence.ends_with("it is not an HDF5 file, or it is damaged."),
             truth.error().sentence.c_str());
  }

 private:
  QTemporaryDir m_temporary;
  fs::path m_folder;
};

}  // namespace geneglass::synthetic_cohort_test

GENEGLASS_TEST(geneglass::synthetic_cohort_test::SyntheticCohortTest)
#include "synthetic_cohort_test.moc"
