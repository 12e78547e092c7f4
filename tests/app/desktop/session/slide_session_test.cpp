// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_session.h"

#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::slide_session_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

/// A workplace with one slide's session, and what it says.
struct Opened {
  Workplace workplace;
  SlideSession session{workplace};
  QSignalSpy opened{&session, &SlideSession::slideOpened};
  QSignalSpy slideRefused{&session, &SlideSession::slideRefused};
  QSignalSpy started{&session, &SlideSession::predictionStarted};
  QSignalSpy progress{&session, &SlideSession::predictionProgress};
  QSignalSpy finished{&session, &SlideSession::predictionFinished};
  QSignalSpy refused{&session, &SlideSession::predictionRefused};
  QSignalSpy cancelled{&session, &SlideSession::predictionCancelled};
  QSignalSpy geneRefused{&session, &SlideSession::geneRefused};
};

}  // namespace

class SlideSessionTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void aMissingFileIsRefusedWithASentenceThatNamesIt();
  void aDamagedFileLeavesTheOpenSlideAsItIs();
  void onlyTheNewestOfTwoOpeningsCounts();
  void damagedTilesAreCountedOnce();
  void aSlideWithoutPixelSizeIsShownButNotPredicted();
  void aPixelSizeFromTheUserMakesPredictionPossible();
  void aModelThatCannotBeUsedIsSaidWhenASlideIsOpen();
  void anUnknownGeneIsRefusedWithItsName();
  void aCancelledPredictionSaysNothingMore();
  void anotherSlideDuringThePredictionDropsTheOldOnesResults();
  void anotherModelPredictsTheOpenSlideAnew();
  void finerMapsAreOfTilesHalfATileApart();
  void aModelThatCannotBeUsedLeavesTheOneBefore();
  void theKeptFeaturesAreMeasuredAndClearedBehindTheWindow();
  void theTissueIsFoundWithoutAnyModel();
  void theStainsComeFromTheTissue();
  void twoSlidesArePredictedOneAfterTheOther();
  void aSlideThatIsClosedMakesWayForTheOthersPrediction();
  void aModelIsTakenByAllSlides();
  void openSlidesShareTheMemoryBudget();
  void whatReadsInTheBackgroundOfOneSlideGivesWayToTheEyeOnAnother();

 private:
  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  std::filesystem::path model(int tilePixels) const { return path(std::to_string(tilePixels).c_str()); }

  QTemporaryDir m_folder;
};

void SlideSessionTest::initTestCase() {
  for (const int tilePixels : {16, 64, 224}) {
    const auto package = testing::writeRandomPackage(model(tilePixels), tilePixels);
    QVERIFY2(package, package ? "" : package.error().sentence.c_str());
  }
  QVERIFY(testing::writeTissueSlide(path("small.tif"), {2000, 1500}));
  QVERIFY(testing::writeTissueSlide(path("other.tif"), {1800, 1600}));
  QVERIFY(testing::writeTissueSlide(path("large.tif"), {6000, 4000}));
  QVERIFY(testing::writeTissueSlide(path("without-mpp.tif"), {2000, 1500}, 0));
  std::filesystem::copy_file(path("small.tif"), path("holes.tif"));
  testing::damageFirstTiles(path("holes.tif"));
  QFile damaged(QString::fromStdString(path("damaged.tif").string()));
  QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(QByteArray(5000, 'x')) == 5000);
}

void SlideSessionTest::aMissingFileIsRefusedWithASentenceThatNamesIt() {
  Opened one;
  one.session.open("/nowhere/absent.svs");
  QVERIFY(one.slideRefused.wait(kPatience));
  QVERIFY(one.slideRefused[0][0].toString().contains(QStringLiteral("absent.svs")));
  QVERIFY(!one.session.opened().slide);
}

void SlideSessionTest::aDamagedFileLeavesTheOpenSlideAsItIs() {
  Opened one;
  one.session.open(path("small.tif"));
  QVERIFY(one.opened.wait(kPatience));
  const auto before = one.session.opened().slide;
  const std::shared_ptr<TileLoader> loader = one.session.loader();
  one.session.open(path("damaged.tif"));
  QVERIFY(one.slideRefused.wait(kPatience));
  QVERIFY(one.slideRefused[0][0].toString().contains(QStringLiteral("damaged.tif")));
  QCOMPARE(one.session.opened().slide, before);
  QCOMPARE(one.session.loader(), loader);
  QCOMPARE(one.opened.count(), 1);
}

void SlideSessionTest::onlyTheNewestOfTwoOpeningsCounts() {
  Opened one;
  one.session.open(path("large.tif"));
  one.session.open(path("small.tif"));
  QVERIFY(one.opened.wait(kPatience));
  // A third opening comes after whatever the first could still have brought.
  one.session.open(path("other.tif"));
  QVERIFY(one.opened.wait(kPatience));
  QCOMPARE(one.opened.count(), 2);
  QCOMPARE(one.session.opened().slide->file.filename().string(), std::string("other.tif"));
}

void SlideSessionTest::damagedTilesAreCountedOnce() {
  Opened one;
  QSignalSpy arrived(&one.session, &SlideSession::tileArrived);
  one.session.open(path("holes.tif"));
  QVERIFY(one.opened.wait(kPatience));
  for (int round = 1; round <= 2; ++round) {
    one.session.cache()->clear();
    one.session.loader()->want({{0, 0, 0}});
    QTRY_COMPARE_WITH_TIMEOUT(arrived.count(), round, kPatience);
    QCOMPARE(one.session.damagedTiles(), size_t(1));
    QVERIFY2(one.session.damage().contains(QStringLiteral("holes.tif")), qPrintable(one.session.damage()));
  }
}

void SlideSessionTest::aSlideWithoutPixelSizeIsShownButNotPredicted() {
  Opened one;
  one.workplace.useModel(model(224));
  one.session.open(path("without-mpp.tif"));
  QVERIFY(one.refused.wait(kPatience));
  QCOMPARE(one.opened.count(), 1);
  QVERIFY(one.refused[0][0].toString().contains(QStringLiteral("without-mpp.tif")));
  QVERIFY(!one.session.isPredicting());
}

void SlideSessionTest::aPixelSizeFromTheUserMakesPredictionPossible() {
  Opened one;
  one.workplace.useModel(model(224));
  one.session.open(path("without-mpp.tif"), 0.5);
  QVERIFY(one.started.wait(kPatience));
  QCOMPARE(one.session.opened().slide->mpp->mean(), 0.5);
  QVERIFY(one.session.isPredicting());
}

void SlideSessionTest::aModelThatCannotBeUsedIsSaidWhenASlideIsOpen() {
  Opened one;
  one.workplace.useModel("/nowhere/model");
  one.session.open(path("small.tif"));
  QVERIFY(one.refused.wait(kPatience));
  QVERIFY(one.refused[0][0].toString().contains(QStringLiteral("/nowhere/model")));
}

void SlideSessionTest::anUnknownGeneIsRefusedWithItsName() {
  Opened one;
  one.workplace.useModel(model(224));
  one.session.chooseGene(std::string("NOSUCHGENE"));
  one.session.open(path("small.tif"));
  QVERIFY(one.finished.wait(kPatience));
  QCOMPARE(one.geneRefused.count(), 1);
  QCOMPARE(one.geneRefused[0][0].toString(),
           QStringLiteral("The model “made” does not predict the gene “NOSUCHGENE”."));
  QCOMPARE(one.session.scene().gene, -1);
}

void SlideSessionTest::aCancelledPredictionSaysNothingMore() {
  Opened one;
  one.workplace.useModel(model(16));
  one.session.open(path("large.tif"));
  QVERIFY(one.progress.wait(kPatience));
  QVERIFY(one.session.isPredicting());
  one.session.cancelPrediction();
  QCOMPARE(one.cancelled.count(), 1);
  QVERIFY(!one.session.isPredicting());
  const qsizetype heard = one.progress.count();
  // The queue predicts another slide after whatever the first could still have told.
  SlideSession other(one.workplace);
  QSignalSpy finished(&other, &SlideSession::predictionFinished);
  other.open(path("small.tif"));
  QVERIFY(finished.wait(kPatience));
  QCOMPARE(one.progress.count(), heard);
  QCOMPARE(one.finished.count(), 0);
}

void SlideSessionTest::anotherSlideDuringThePredictionDropsTheOldOnesResults() {
  Opened one;
  one.workplace.useModel(model(16));
  one.session.open(path("large.tif"));
  QVERIFY(one.progress.wait(kPatience));
  one.session.open(path("small.tif"));
  QVERIFY(one.opened.wait(kPatience));
  QVERIFY(!one.session.scene().prediction);
  QVERIFY(!one.session.scene().tissue);
  QVERIFY(one.finished.wait(kPatience));
  QCOMPARE(one.finished.count(), 1);
  QCOMPARE(one.session.scene().prediction->slideHash, one.session.opened().slide->hash);
}

void SlideSessionTest::anotherModelPredictsTheOpenSlideAnew() {
  Opened one;
  QSignalSpy taken(&one.workplace, &Workplace::modelTaken);
  one.workplace.useModel(model(224));
  one.session.open(path("small.tif"));
  QVERIFY(one.finished.wait(kPatience));
  one.session.chooseGene(static_cast<int>(one.session.scene().prediction->genes.size()) - 1);
  const auto before = one.session.scene().prediction;
  one.workplace.useModel(model(64));
  QVERIFY(taken.wait(kPatience));
  QVERIFY2(!one.session.scene().prediction && one.session.scene().gene == -1,
           "a gene of the old model must not be looked for in the new one");
  QVERIFY(one.finished.wait(kPatience));
  QVERIFY(one.session.scene().prediction->grid.tile < before->grid.tile);
}

void SlideSessionTest::finerMapsAreOfTilesHalfATileApart() {
  Opened one;
  one.workplace.predictFiner(true);  // without a model there is nothing to lay out
  QVERIFY(!one.workplace.stride());
  one.workplace.predictFiner(false);
  one.workplace.useModel(model(64));
  one.session.open(path("small.tif"));
  QVERIFY(one.finished.wait(kPatience));
  const auto before = one.session.scene().prediction;
  QCOMPARE(before->grid.stride, before->grid.tile);
  one.workplace.predictFiner(true);
  QVERIFY(one.finished.wait(kPatience));
  const auto finer = one.session.scene().prediction;
  QCOMPARE(finer->grid.tile, before->grid.tile);
  QCOMPARE(2 * finer->grid.stride, before->grid.tile);
  QVERIFY(finer->grid.count() > 3 * before->grid.count());
}

void SlideSessionTest::aModelThatCannotBeUsedLeavesTheOneBefore() {
  Opened one;
  QSignalSpy refused(&one.workplace, &Workplace::modelRefused);
  one.workplace.useModel(model(224));
  one.session.open(path("small.tif"));
  QVERIFY(one.finished.wait(kPatience));
  const auto package = one.workplace.package();
  one.workplace.useModel("/nowhere/model");
  QVERIFY(refused.wait(kPatience));
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("/nowhere/model")));
  QCOMPARE(one.workplace.package(), package);
  QVERIFY(one.session.scene().prediction);
}

void SlideSessionTest::theKeptFeaturesAreMeasuredAndClearedBehindTheWindow() {
  // Not while the workplace's threads may read it.
  const auto restored =
      qScopeGuard([before = qgetenv("GENEGLASS_CACHE")] { qputenv("GENEGLASS_CACHE", before); });
  const QTemporaryDir folder;
  qputenv("GENEGLASS_CACHE", folder.path().toUtf8());
  QFile kept(folder.filePath(QString(32, u'a') + QStringLiteral(".h5")));
  QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write(QByteArray(1000, 'x')) == 1000);
  kept.close();
  Workplace workplace;
  QSignalSpy measured(&workplace, &Workplace::bagsMeasured);
  workplace.measureBags();
  QVERIFY(measured.wait(kPatience));
  QCOMPARE(measured[0][0].toInt(), 1);
  QCOMPARE(measured[0][1].toULongLong(), 1000ull);
  workplace.measureBags(true);
  QVERIFY(measured.wait(kPatience));
  QCOMPARE(measured[1][0].toInt(), 0);
  QCOMPARE(measured[1][2].toString(), QString());
  QVERIFY(!kept.exists());
}

void SlideSessionTest::theTissueIsFoundWithoutAnyModel() {
  Opened one;
  one.session.open(path("small.tif"));
  QTRY_VERIFY_WITH_TIMEOUT(one.session.scene().tissue, kPatience);
  QVERIFY(one.session.scene().tissue->areaPixels > 0);
  QCOMPARE(one.started.count(), 0);
}

void SlideSessionTest::theStainsComeFromTheTissue() {
  Opened one;
  QSignalSpy read(&one.session, &SlideSession::stainsRead);
  one.session.open(path("small.tif"));
  QVERIFY(read.wait(kPatience));
  QVERIFY(one.session.scene().tissue);
  QVERIFY(!one.session.thumbnail().isNull());
  one.session.open(path("without-mpp.tif"));  // no mask, and stains all the same
  QVERIFY(read.wait(kPatience));
  QVERIFY(!one.session.scene().tissue);
}

void SlideSessionTest::twoSlidesArePredictedOneAfterTheOther() {
  Opened first;
  SlideSession second(first.workplace);
  QSignalSpy secondOpened(&second, &SlideSession::slideOpened);
  QSignalSpy secondFinished(&second, &SlideSession::predictionFinished);
  QStringList stages;
  bool firstWasDone = true;
  connect(&second, &SlideSession::predictionProgress, this, [&](const Progress& progress) {
    const QString stage = QString::fromStdString(progress.stage);
    if (stage != QStringLiteral("waiting for the other slide")) firstWasDone &= first.finished.count() == 1;
    if (stages.isEmpty() || stages.last() != stage) stages << stage;
  });
  first.workplace.useModel(model(64));
  first.session.open(path("small.tif"));
  QVERIFY(first.started.wait(kPatience));
  second.open(path("other.tif"));
  QVERIFY(secondFinished.wait(kPatience));
  QCOMPARE(first.finished.count(), 1);
  if (!stages.isEmpty() && stages.first() == QStringLiteral("waiting for the other slide"))
    QVERIFY2(firstWasDone, "the second slide's prediction ran beside the first's");
  QCOMPARE(second.scene().prediction->slideHash, second.opened().slide->hash);
  QCOMPARE(first.session.scene().prediction->slideHash, first.session.opened().slide->hash);
}

void SlideSessionTest::aSlideThatIsClosedMakesWayForTheOthersPrediction() {
  Workplace workplace;
  auto first = std::make_unique<SlideSession>(workplace);
  QSignalSpy progress(first.get(), &SlideSession::predictionProgress);
  workplace.useModel(model(16));
  first->open(path("large.tif"));
  QVERIFY(progress.wait(kPatience));
  SlideSession second(workplace);
  QSignalSpy waits(&second, &SlideSession::predictionProgress);
  QSignalSpy finished(&second, &SlideSession::predictionFinished);
  second.open(path("small.tif"));
  QVERIFY(waits.wait(kPatience));
  QCOMPARE(waits[0][0].value<Progress>().stage, std::string("waiting for the other slide"));
  first.reset();
  QVERIFY(finished.wait(kPatience));
}

void SlideSessionTest::aModelIsTakenByAllSlides() {
  Opened first;
  SlideSession second(first.workplace);
  QSignalSpy secondOpened(&second, &SlideSession::slideOpened);
  QSignalSpy secondFinished(&second, &SlideSession::predictionFinished);
  first.session.open(path("small.tif"));
  second.open(path("other.tif"));
  QTRY_VERIFY_WITH_TIMEOUT(first.opened.count() == 1 && secondOpened.count() == 1, kPatience);
  QCOMPARE(first.started.count(), 0);
  first.workplace.useModel(model(224));
  QTRY_VERIFY_WITH_TIMEOUT(first.finished.count() == 1 && secondFinished.count() == 1, kPatience);
  QCOMPARE(first.session.scene().prediction->modelHash, second.scene().prediction->modelHash);
}

void SlideSessionTest::openSlidesShareTheMemoryBudget() {
  constexpr size_t kBudget = size_t{800} << 20;
  Workplace workplace(kBudget);
  SlideSession first(workplace);
  QSignalSpy opened(&first, &SlideSession::slideOpened);
  first.open(path("small.tif"));
  QVERIFY(opened.wait(kPatience));
  const size_t alone = first.cache()->limitInBytes();
  QCOMPARE(alone, size_t{300} << 20);
  QVERIFY(workplace.share().bytes() <= kBudget);
  {
    const SlideSession second(workplace);
    QCOMPARE(first.cache()->limitInBytes(), alone / 2);
    QVERIFY(2 * workplace.share().bytes() <= kBudget);
  }
  QCOMPARE(first.cache()->limitInBytes(), alone);
}

void SlideSessionTest::whatReadsInTheBackgroundOfOneSlideGivesWayToTheEyeOnAnother() {
  Opened other;
  other.workplace.eyeFirst()->startWaiting();  // as a loader does whose tiles are looked at
  QElapsedTimer since;
  since.start();
  other.session.open(path("small.tif"));
  QTRY_VERIFY_WITH_TIMEOUT(other.session.scene().tissue, kPatience);
  QVERIFY2(since.elapsed() >= 100, "it gives way to a restless eye for 100 ms before each block");
  other.workplace.eyeFirst()->stopWaiting();
}

}  // namespace geneglass::slide_session_test

GENEGLASS_WINDOW_TEST(geneglass::slide_session_test::SlideSessionTest)
#include "slide_session_test.moc"
