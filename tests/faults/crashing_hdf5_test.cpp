// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_program.h"
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
};

}  // namespace geneglass::crashing_hdf5_test

GENEGLASS_TEST(geneglass::crashing_hdf5_test::CrashingHdf5Test)
#include "crashing_hdf5_test.moc"
