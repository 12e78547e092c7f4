// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_program.h"
#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::crashing_hdf5_test {

/// HDF5 really ends the process that goes over a file first: this one lives.
class CrashingHdf5Test final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

 private Q_SLOTS:
  void aCrashIsASentence() {
    const std::filesystem::path file = m_folder.path().toStdString() + "/bag.h5";
    QVERIFY(writeHdf5(file, [](H5::H5File& made) {
      writeFloats(made, "features", {2}, std::vector{1.f, 2.f});
    }));
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", "H5Gopen2:abort");
    for (int time = 0; time < 3; ++time) {
      const Result<void> read = readHdf5(file, [](H5::H5File&) -> Result<void> { return {}; });
      QVERIFY(!read);
      QCOMPARE(
          QString::fromStdString(read.error().sentence),
          QStringLiteral("Cannot read '%1': what reads it crashed (Aborted); the file is damaged, or not "
                         "what it says it is.")
              .arg(QString::fromStdString(file.string())));
    }
    QVERIFY(readHdf5(
        file, [](H5::H5File&) -> Result<void> { return {}; }, Hdf5Origin::Cache));
  }

  /// One child goes over many files: where it ends at the fifth, a fresh one says what that file deserves.
  void aFileIsNotBlamedForThoseBeforeIt() {
    const std::filesystem::path file = m_folder.path().toStdString() + "/blamed.h5";
    QVERIFY(writeHdf5(file, [](H5::H5File& made) { writeAttribute(made, "mpp", 0.5); }));
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", "H5Gopen2:abort:5");
    FileProbe probe;
    for (int time = 0; time < 12; ++time) QCOMPARE(probe.befell(FileProbe::Kind::Hdf5, file), std::string());
    qputenv("FAULTS_DECODER", "H5Gopen2:abort:1");
    QVERIFY(FileProbe().befell(FileProbe::Kind::Hdf5, file).find("crashed (Aborted)") != std::string::npos);
  }

  /// 1.5 s of the processor, not the 30 s that a share may take to answer.
  void goingRoundAndRoundIsASentenceSoon() {
    const std::filesystem::path file = m_folder.path().toStdString() + "/round.h5";
    QVERIFY(writeHdf5(file, [](H5::H5File& made) { writeAttribute(made, "mpp", 0.5); }));
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", "H5Gopen2:spin");
    FileProbe probe;
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(
        probe.befell(FileProbe::Kind::Hdf5, file),
        std::string("what reads it did not come to an end; the file is damaged, or not what it says it is"));
    QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
  }
};

}  // namespace geneglass::crashing_hdf5_test

GENEGLASS_TEST(geneglass::crashing_hdf5_test::CrashingHdf5Test)
#include "crashing_hdf5_test.moc"
