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
    const Result<SpotFiles> files = spotFilesIn(place);
    if (!files) return "";
    return files->counts.lexically_relative(place).string() + " " +
           files->places.lexically_relative(place).string();
  }

 private Q_SLOTS:
  void bothDialectsAreFound_data() {
    QTest::addColumn<QString>("names");
    QTest::newRow("packed") << QStringLiteral("counts.tsv.gz spots.tsv");
    QTest::newRow("plain") << QStringLiteral("counts.tsv spots.tsv");
    QTest::newRow("Space Ranger 2") << QStringLiteral(
        "filtered_feature_bc_matrix.h5 spatial/tissue_positions.csv");
    QTest::newRow("Space Ranger 1") << QStringLiteral(
        "filtered_feature_bc_matrix.h5 spatial/tissue_positions_list.csv");
    QTest::newRow("side by side") << QStringLiteral("filtered_feature_bc_matrix.h5 tissue_positions.csv");
  }
  void bothDialectsAreFound() {
    QFETCH(QString, names);
    QCOMPARE(found(names.split(u' ')), names.toStdString());
  }

  void oneFileOfTwoIsNotEnough() {
    QCOMPARE(found({QStringLiteral("counts.tsv.gz")}), std::string());
    QCOMPARE(found({QStringLiteral("spots.tsv"), QStringLiteral("filtered_feature_bc_matrix.h5")}),
             std::string());
  }

  void aFolderWithoutThemIsRefusedInOneSentence() {
    const Result<SpotFiles> files = spotFilesIn("/nowhere");
    QVERIFY(!files);
    QCOMPARE(
        files.error().sentence,
        std::string("Cannot read the spots in '/nowhere': there is neither counts.tsv or counts.tsv.gz with "
                    "spots.tsv, nor filtered_feature_bc_matrix.h5 with tissue_positions.csv."));
  }
};

}  // namespace geneglass::spot_folder_test

GENEGLASS_TEST(geneglass::spot_folder_test::SpotFolderTest)
#include "spot_folder_test.moc"
