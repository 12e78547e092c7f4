// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <algorithm>

#include "app/desktop/session/session.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_files.h"

namespace geneglass {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

class SessionTest final : public QObject {
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
  void cancellingReturnsAtOnceAndTheWindowGoesOnAnswering();
  void anotherSlideDuringThePredictionDropsTheOldOnesResults();
  void anotherModelPredictsTheOpenSlideAnew();
  void aModelThatCannotBeUsedLeavesTheOneBefore();
  void theKeptFeaturesAreMeasuredAndClearedBehindTheWindow();

 private:
  std::filesystem::path model(int tilePixels) const {
    return std::filesystem::path(m_folder.path().toStdString()) / std::to_string(tilePixels);
  }

  QTemporaryDir m_folder;
};

void SessionTest::initTestCase() {
  for (const int tilePixels : {16, 64, 224}) {
    const auto package = testing::writeRandomPackage(model(tilePixels), tilePixels);
    QVERIFY2(package, package ? "" : package.error().sentence.c_str());
  }
}

void SessionTest::aMissingFileIsRefusedWithASentenceThatNamesIt() {
  Session session;
  QSignalSpy refused(&session, &Session::slideRefused);
  session.open("/nowhere/absent.svs");
  QVERIFY(refused.wait(kPatience));
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("absent.svs")));
  QVERIFY(!session.opened().slide);
}

void SessionTest::aDamagedFileLeavesTheOpenSlideAsItIs() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  GENEGLASS_NEED(damaged, "broken/osp_unopenable.tiff");
  Session session;
  QSignalSpy opened(&session, &Session::slideOpened);
  QSignalSpy refused(&session, &Session::slideRefused);
  session.open(slide);
  QVERIFY(opened.wait(kPatience));
  const auto before = session.opened().slide;
  TileLoader* const loader = session.loader();
  session.open(damaged);
  QVERIFY(refused.wait(kPatience));
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("osp_unopenable.tiff")));
  QCOMPARE(session.opened().slide, before);
  QCOMPARE(session.loader(), loader);
  QCOMPARE(opened.count(), 1);
}

void SessionTest::onlyTheNewestOfTwoOpeningsCounts() {
  GENEGLASS_NEED(first, "slides/CMU-1-Small-Region.svs");
  GENEGLASS_NEED(second, "slides/small_HE_levels.tiff");
  Session session;
  QSignalSpy opened(&session, &Session::slideOpened);
  session.open(first);
  session.open(second);
  QVERIFY(opened.wait(kPatience));
  QTest::qWait(200);
  QCOMPARE(opened.count(), 1);
  QCOMPARE(session.opened().slide->file.filename().string(), std::string("small_HE_levels.tiff"));
}

void SessionTest::damagedTilesAreCountedOnce() {
  GENEGLASS_NEED(slide, "broken/osp_unreadable.svs");
  Session session;
  QSignalSpy opened(&session, &Session::slideOpened);
  QSignalSpy arrived(&session, &Session::tileArrived);
  session.open(slide);
  QVERIFY(opened.wait(kPatience));
  for (int round = 1; round <= 2; ++round) {
    session.cache()->clear();
    session.loader()->want({{0, 0, 0}});
    QTRY_COMPARE_WITH_TIMEOUT(arrived.count(), round, kPatience);
    QCOMPARE(session.damagedTiles(), size_t(1));
    QVERIFY2(
        session.damage().startsWith(QStringLiteral("Cannot read tile (level 0, column 0, row 0) of '")) &&
            session.damage().contains(QStringLiteral("osp_unreadable.svs")),
        qPrintable(session.damage()));
  }
}

void SessionTest::aSlideWithoutPixelSizeIsShownButNotPredicted() {
  GENEGLASS_NEED(slide, "slides/tcga-cr-7395-no-mpp.svs");
  Session session;
  QSignalSpy opened(&session, &Session::slideOpened);
  QSignalSpy refused(&session, &Session::predictionRefused);
  session.useModel(model(224));
  session.open(slide);
  QVERIFY(refused.wait(kPatience));
  QCOMPARE(opened.count(), 1);
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("tcga-cr-7395-no-mpp.svs")));
  QVERIFY(!session.isPredicting());
}

void SessionTest::aPixelSizeFromTheUserMakesPredictionPossible() {
  GENEGLASS_NEED(slide, "slides/tcga-cr-7395-no-mpp.svs");
  Session session;
  QSignalSpy started(&session, &Session::predictionStarted);
  session.useModel(model(224));
  session.open(slide, 0.5);
  QVERIFY(started.wait(kPatience));
  QCOMPARE(session.opened().slide->mpp->mean(), 0.5);
  QVERIFY(session.isPredicting());
}

void SessionTest::aModelThatCannotBeUsedIsSaidWhenASlideIsOpen() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Session session;
  QSignalSpy refused(&session, &Session::predictionRefused);
  session.useModel("/nowhere/model");
  session.open(slide);
  QVERIFY(refused.wait(kPatience));
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("/nowhere/model")));
}

void SessionTest::anUnknownGeneIsRefusedWithItsName() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Session session;
  QSignalSpy refused(&session, &Session::geneRefused);
  QSignalSpy finished(&session, &Session::predictionFinished);
  session.useModel(model(224));
  session.chooseGene(std::string("NOSUCHGENE"));
  session.open(slide);
  QVERIFY(finished.wait(kPatience));
  QCOMPARE(refused.count(), 1);
  QCOMPARE(refused[0][0].toString(),
           QStringLiteral("The model “made” does not predict the gene “NOSUCHGENE”."));
  QCOMPARE(session.scene().gene, -1);
}

void SessionTest::cancellingReturnsAtOnceAndTheWindowGoesOnAnswering() {
  GENEGLASS_NEED(slide, "slides/colon-section.tif");
  Session session;
  QSignalSpy progress(&session, &Session::predictionProgress);
  QSignalSpy cancelled(&session, &Session::predictionCancelled);
  QSignalSpy finished(&session, &Session::predictionFinished);
  session.useModel(model(16));
  QElapsedTimer sinceTick;
  qint64 longestGap = 0;
  QTimer ticks;
  connect(&ticks, &QTimer::timeout, this, [&] { longestGap = std::max(longestGap, sinceTick.restart()); });
  sinceTick.start();
  ticks.start(5);
  session.open(slide);
  QVERIFY(progress.wait(kPatience));
  QTest::qWait(1500);
  QVERIFY(session.isPredicting());
  QElapsedTimer cancelling;
  cancelling.start();
  session.cancelPrediction();
  const qint64 took = cancelling.elapsed();
  QCOMPARE(cancelled.count(), 1);
  QVERIFY(!session.isPredicting());
  const qsizetype heard = progress.count();
  QTest::qWait(500);
  QCOMPARE(progress.count(), heard);
  QCOMPARE(finished.count(), 0);
  qInfo("cancel returned after %lld ms; longest gap of a 5 ms timer while predicting: %lld ms", took,
        longestGap);
  QVERIFY2(took < 200, "cancel must return within 200 ms");
  QVERIFY2(longestGap < 1000, "the event loop stood still");
}

void SessionTest::anotherSlideDuringThePredictionDropsTheOldOnesResults() {
  GENEGLASS_NEED(first, "slides/colon-section.tif");
  GENEGLASS_NEED(second, "slides/CMU-1-Small-Region.svs");
  Session session;
  QSignalSpy opened(&session, &Session::slideOpened);
  QSignalSpy progress(&session, &Session::predictionProgress);
  QSignalSpy finished(&session, &Session::predictionFinished);
  session.useModel(model(224));
  session.open(first);
  QVERIFY(progress.wait(kPatience));
  session.open(second);
  QVERIFY(opened.wait(kPatience));
  QVERIFY(!session.scene().prediction);
  QVERIFY(!session.scene().tissue);
  QVERIFY(finished.wait(kPatience));
  QTest::qWait(300);
  QCOMPARE(finished.count(), 1);
  QCOMPARE(session.scene().prediction->slideHash, session.opened().slide->hash);
  QCOMPARE(session.opened().slide->file.filename().string(), std::string("CMU-1-Small-Region.svs"));
}

void SessionTest::anotherModelPredictsTheOpenSlideAnew() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Session session;
  QSignalSpy taken(&session, &Session::modelTaken);
  QSignalSpy finished(&session, &Session::predictionFinished);
  session.useModel(model(224));
  session.open(slide);
  QVERIFY(finished.wait(kPatience));
  session.chooseGene(static_cast<int>(session.scene().prediction->genes.size()) - 1);
  const auto before = session.scene().prediction;
  session.useModel(model(64));
  QVERIFY(taken.wait(kPatience));
  QVERIFY2(!session.scene().prediction && session.scene().gene == -1,
           "a gene of the old model must not be looked for in the new one");
  QVERIFY(finished.wait(kPatience));
  QVERIFY(session.scene().prediction->grid.tile < before->grid.tile);
}

void SessionTest::aModelThatCannotBeUsedLeavesTheOneBefore() {
  GENEGLASS_NEED(slide, "slides/CMU-1-Small-Region.svs");
  Session session;
  QSignalSpy refused(&session, &Session::modelRefused);
  QSignalSpy finished(&session, &Session::predictionFinished);
  session.useModel(model(224));
  session.open(slide);
  QVERIFY(finished.wait(kPatience));
  const auto package = session.package();
  session.useModel("/nowhere/model");
  QVERIFY(refused.wait(kPatience));
  QVERIFY(refused[0][0].toString().contains(QStringLiteral("/nowhere/model")));
  QCOMPARE(session.package(), package);
  QVERIFY(session.scene().prediction);
}

void SessionTest::theKeptFeaturesAreMeasuredAndClearedBehindTheWindow() {
  const QByteArray before = qgetenv("GENEGLASS_CACHE");
  const QTemporaryDir folder;
  qputenv("GENEGLASS_CACHE", folder.path().toUtf8());
  QFile kept(folder.filePath(QString(32, u'a') + QStringLiteral(".h5")));
  QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write(QByteArray(1000, 'x')) == 1000);
  kept.close();
  Session session;
  qputenv("GENEGLASS_CACHE", before);
  QSignalSpy measured(&session, &Session::bagsMeasured);
  session.measureBags();
  QVERIFY(measured.wait(kPatience));
  QCOMPARE(measured[0][0].toInt(), 1);
  QCOMPARE(measured[0][1].toULongLong(), 1000ull);
  session.measureBags(true);
  QVERIFY(measured.wait(kPatience));
  QCOMPARE(measured[1][0].toInt(), 0);
  QCOMPARE(measured[1][2].toString(), QString());
  QVERIFY(!kept.exists());
}

}  // namespace geneglass

QTEST_MAIN(geneglass::SessionTest)
#include "session_test.moc"
