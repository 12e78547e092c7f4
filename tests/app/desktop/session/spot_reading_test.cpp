// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/spot_reading.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/app/desktop/spot_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::spot_reading_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

struct Reading {
  Workplace workplace;
  SlideSession session{workplace};
  SpotReading spots{session};
  QSignalSpy opened{&session, &SlideSession::slideOpened};
  QSignalSpy started{&spots, &SpotReading::started};
  QSignalSpy changed{&spots, &SpotReading::changed};
  QSignalSpy refused{&spots, &SpotReading::refused};

  QString sentence() const { return refused.isEmpty() ? QString() : refused.last().first().toString(); }
};

}  // namespace

class SpotReadingTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    QVERIFY(testing::writeRandomPackage(path("another"), 96));
    QVERIFY(testing::writeTissueSlide(path("small.tif"), {2000, 1500}));
    QVERIFY(testing::writeTissueSlide(path("other.tif"), {1800, 1600}));
    QVERIFY(testing::writeTissueSlide(path("without-mpp.tif"), {2000, 1500}, 0));
    testing::writeSpotFiles(path("spots"));
    testing::writeSpotFiles(path("far"), 400);
  }

  void spotsThatWereAskedForFirstAreReadOnceSlideAndModelAreThere() {
    Reading reading;
    reading.spots.read(path("spots"));
    reading.session.open(path("small.tif"));
    QVERIFY(reading.opened.wait(kPatience));
    QCOMPARE(reading.started.count(), 0);
    reading.workplace.useModel(path("model"));
    QVERIFY(reading.changed.wait(kPatience));
    const auto spots = reading.spots.spots();
    QVERIFY(spots);
    QCOMPARE(spots->centres.size(), size_t(48));
    QCOMPARE(spots->slideHash, reading.session.opened().slide->hash);
    QCOMPARE(spots->diameter, 100.0);
    QCOMPARE(spots->genes.size(), size_t(3));
    const MeasuredGene* gene = spots->find("VIM");
    QVERIFY(gene);
    // 1, 2, .. 8 of 106 molecules each.
    for (size_t spot = 0; spot < 48; ++spot)
      QVERIFY(std::abs(std::expm1(double(gene->measured[spot])) - double(spot % 8 + 1)) < 1e-4);
    QVERIFY(std::isnan(spots->find("MUC2")->r));  // the same everywhere
    QVERIFY(!spots->find("REST") && !spots->find("CDX2"));
  }

  void anotherSlideEndsThemAndTheSameOneAnewKeepsThem() {
    Reading reading;
    reading.workplace.useModel(path("model"));
    reading.session.open(path("without-mpp.tif"));
    QVERIFY(reading.opened.wait(kPatience));
    reading.spots.read(path("spots"));
    reading.session.open(path("without-mpp.tif"), 0.5);
    QVERIFY(reading.changed.wait(kPatience));
    QVERIFY(reading.spots.spots());
    reading.session.open(path("other.tif"));
    QVERIFY(reading.changed.wait(kPatience));
    QVERIFY(!reading.spots.spots());
    QCOMPARE(reading.sentence(), QString());
  }

  void anotherModelIsHeldAgainstThemAnew() {
    Reading reading;
    reading.workplace.useModel(path("model"));
    reading.session.open(path("small.tif"));
    QVERIFY(reading.opened.wait(kPatience));
    reading.spots.read(path("spots"));
    QTRY_VERIFY_WITH_TIMEOUT(reading.spots.spots(), kPatience);
    const auto before = reading.spots.spots();
    reading.workplace.useModel(path("another"));
    QTRY_VERIFY_WITH_TIMEOUT(reading.spots.spots() && reading.spots.spots() != before, kPatience);
    QCOMPARE(reading.spots.spots()->find("VIM")->measured, before->find("VIM")->measured);
    QVERIFY(reading.spots.spots()->find("VIM")->predicted != before->find("VIM")->predicted);
  }

  void whatCannotBeUsedIsOneSentence() {
    Reading reading;
    reading.workplace.useModel(path("model"));
    reading.session.open(path("small.tif"));
    QVERIFY(reading.opened.wait(kPatience));
    reading.spots.read(path("nothing"));
    QVERIFY(reading.refused.wait(kPatience));
    QCOMPARE(reading.sentence(),
             QStringLiteral("Cannot read the spots in '%1': there is no such file or folder.")
                 .arg(QString::fromStdString(path("nothing").string())));
    reading.spots.read(path("far"));
    QVERIFY(reading.refused.wait(kPatience));
    QCOMPARE(reading.sentence(),
             QStringLiteral("Cannot use the spots in '%1': 36 of 48 lie outside 'small.tif', which is 2000 x "
                            "1500 pixels; are their places in level-0 pixels of this slide?")
                 .arg(QString::fromStdString((path("far") / "counts.tsv").string())));
    QVERIFY(!reading.spots.spots());
  }

  void theWindowMayCloseWhileTheyAreRead() {
    Reading reading;
    reading.workplace.useModel(path("model"));
    reading.session.open(path("small.tif"));
    QVERIFY(reading.opened.wait(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(reading.workplace.model(), kPatience);
    reading.spots.read(path("spots"));
    QCOMPARE(reading.started.count(), 1);
  }
};

}  // namespace geneglass::spot_reading_test

GENEGLASS_WINDOW_TEST(geneglass::spot_reading_test::SpotReadingTest)
#include "spot_reading_test.moc"
