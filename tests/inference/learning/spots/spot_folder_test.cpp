// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_folder.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_program.h"

namespace geneglass::spot_folder_test {

class SpotFolderTest final : public QObject {
  Q_OBJECT

  /// The two files found among these (blank: refused), each by its path within the folder.
  static std::string found(const QStringList& names) {
    const QTemporaryDir folder;
    const std::filesystem::path place = folder.path().toStdString();
    for (const QString& name : names) {
      const std::filesystem::path file = place / name.toStdString();
      std::filesystem::create_directories(file.parent_path());
      std::ofstream(file) << "1";
    }
    const Result<SpotFiles> files = findSpotFiles(place, {});
    if (!files) return "";
    return files->counts.lexically_relative(place).string() + " " +
           files->places.lexically_relative(place).string();
  }

 private Q_SLOTS:
  void dialectsAreFound_data() {
    QTest::addColumn<QString>("names");
    QTest::newRow("packed") << QStringLiteral("counts.tsv.gz spots.tsv");
    QTest::newRow("plain") << QStringLiteral("counts.tsv spots.tsv");
    QTest::newRow("Space Ranger 2") << QStringLiteral(
        "filtered_feature_bc_matrix.h5 spatial/tissue_positions.csv");
    QTest::newRow("Space Ranger 1") << QStringLiteral(
        "filtered_feature_bc_matrix.h5 spatial/tissue_positions_list.csv");
    QTest::newRow("side by side") << QStringLiteral("filtered_feature_bc_matrix.h5 tissue_positions.csv");
    QTest::newRow("packed places") << QStringLiteral(
        "filtered_feature_bc_matrix.h5 spatial/tissue_positions.csv.gz");
    QTest::newRow("matrix folder") << QStringLiteral(
        "filtered_feature_bc_matrix/matrix.mtx.gz spatial/tissue_positions.csv");
    QTest::newRow("the run's folder")
        << QStringLiteral("outs/filtered_feature_bc_matrix.h5 outs/spatial/tissue_positions.csv");
    QTest::newRow("matrix of version 2") << QStringLiteral("matrix.mtx tissue_positions_list.csv");
    QTest::newRow("raw alone") << QStringLiteral("raw_feature_bc_matrix.h5 spatial/tissue_positions.csv");
    QTest::newRow("GEO") << QStringLiteral("GSM12_a_matrix.mtx.gz GSM12_a_tissue_positions_list.csv.gz");
    QTest::newRow("GEO, HDF5") << QStringLiteral(
        "GSM12_filtered_feature_bc_matrix.h5 GSM12_tissue_positions_list.csv");
  }
  void dialectsAreFound() {
    QFETCH(QString, names);
    QCOMPARE(found(names.split(u' ')), names.toStdString());
  }

  void aFolderOfSeveralSamplesIsRefusedAndOneOfThemIsTakenByItsFile() {
    const QTemporaryDir folder;
    const std::filesystem::path place = folder.path().toStdString();
    for (const char* name : {"GSM1_matrix.mtx.gz", "GSM1_tissue_positions_list.csv.gz", "GSM2_matrix.mtx.gz",
                             "GSM2_tissue_positions_list.csv.gz"})
      std::ofstream(place / name) << "1";
    const Result<SpotFiles> all = findSpotFiles(place, {});
    QVERIFY(!all);
    QCOMPARE(all.error().sentence,
             "Cannot read the spots in '" + place.string() +
                 "': GSM1_matrix.mtx.gz, GSM2_matrix.mtx.gz are there; say which by naming the file.");
    const Result<SpotFiles> one = findSpotFiles(place / "GSM2_matrix.mtx.gz", {});
    QVERIFY(one);
    QCOMPARE(one->places, place / "GSM2_tissue_positions_list.csv.gz");
  }

  void oneFileOfTwoIsNotEnough() {
    QCOMPARE(found({QStringLiteral("counts.tsv.gz")}), std::string());
    QCOMPARE(found({QStringLiteral("spots.tsv")}), std::string());
  }

  void whatIsNotFoundIsSaidWithWhatIsThere() {
    const Result<SpotFiles> files = findSpotFiles("/nowhere", {});
    QVERIFY(!files);
    QCOMPARE(files.error().sentence,
             std::string("Cannot read the spots in '/nowhere': there is no such file or folder."));
    const QTemporaryDir folder;
    const std::string place = folder.path().toStdString();
    std::ofstream(place + "/notes.txt") << "1";
    QCOMPARE(
        findSpotFiles(place, {}).error().sentence,
        "Cannot read the spots in '" + place +
            "': it holds notes.txt; wanted are counts.tsv, filtered_feature_bc_matrix.h5, the folder with "
            "matrix.mtx, or a .h5ad.");
    std::ofstream(place + "/counts.tsv") << "1";
    QCOMPARE(findSpotFiles(place, {}).error().sentence, "Cannot read the spots of '" + place +
                                                            "/counts.tsv': there is neither spots.tsv nor "
                                                            "tissue_positions.csv in '" +
                                                            place + "' or its 'spatial'.");
  }
};

}  // namespace geneglass::spot_folder_test

GENEGLASS_TEST(geneglass::spot_folder_test::SpotFolderTest)
#include "spot_folder_test.moc"
