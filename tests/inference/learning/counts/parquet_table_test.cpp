// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/parquet_table.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <random>

#include "inference/learning/counts/spot_places.h"
#include "tests/inference/learning/counts/parquet_files.h"
#include "tests/support/test_program.h"

namespace geneglass::parquet_table_test {

class ParquetTableTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path write(const QByteArray& bytes) const {
    const std::filesystem::path file =
        std::filesystem::path(m_folder.path().toStdString()) / "tissue_positions.parquet";
    std::ofstream(file, std::ios::binary).write(bytes.data(), bytes.size());
    return file;
  }
  std::string refusal(const QByteArray& bytes, const std::vector<std::string>& names = {"barcode"}) const {
    const auto columns = readParquet(write(bytes), names);
    if (columns) return "read";
    const std::string sentence = columns.error().sentence, file = "tissue_positions.parquet': ";
    return sentence.substr(sentence.find(file) + file.size());
  }

 private Q_SLOTS:
  void placesAreReadHoweverTheyArePacked() {
    for (const char* text : {testing::kSnappyByDictionary, testing::kZstdByDictionary, testing::kGzipPlain}) {
      const Result<SpotPlaces> places = readPlaces(write(QByteArray::fromBase64(text)));
      QVERIFY2(places, places ? "" : places.error().sentence.c_str());
      QVERIFY(places->tellsTissue);
      for (int row = 0; row < 4; ++row) {
        const std::optional<Point>* place = places->find("s_0000" + std::to_string(row) + "-1");
        QVERIFY(place);
        QCOMPARE(place->has_value(), row != 1);
        if (row != 1) QCOMPARE(**place, (Point{100 + 2.5 * row, 0.25 + 1.5 * row}));
      }
      QVERIFY(!places->find("s_00004-1"));
    }
  }

  void whatCannotBeReadIsRefusedWithItsReason() {
    const QByteArray good = QByteArray::fromBase64(testing::kSnappyByDictionary);
    QCOMPARE(refusal(good), std::string("read"));
    QCOMPARE(refusal(good, {"barcode", "umi"}), std::string("there is no column 'umi'."));
    QCOMPARE(refusal(QByteArray("barcode,in_tissue,array_row\n")), std::string("it is no Parquet file."));
    QCOMPARE(refusal(good.first(good.size() - 1)), std::string("it ends too early, or is encrypted."));
    QCOMPARE(
        refusal(QByteArray::fromBase64(testing::kDeltas)),
        std::string(
            "column 'barcode': its values are written in a way that is not read (encoding 7); this makes "
            "a table of them: python3 -c \"import pandas; pandas.read_parquet('tissue_positions.parquet')"
            ".to_csv('tissue_positions.csv', index=False)\"."));
    QByteArray absurd = good;
    absurd[absurd.size() - 5] = char(0x7f);  // the footer's length
    QCOMPARE(refusal(absurd), std::string("what it says of its columns is damaged."));
  }

  /// Beginnings and changed bytes: read or refused, never more.
  void damagedFilesAreSentences() {
    std::mt19937 random(2);
    for (const char* text : {testing::kSnappyByDictionary, testing::kZstdByDictionary, testing::kGzipPlain}) {
      const QByteArray good = QByteArray::fromBase64(text);
      for (int run = 0; run < 300; ++run) {
        QByteArray damaged = run % 5 == 0 ? good.first(qsizetype(random() % size_t(good.size()))) : good;
        for (int i = 0; i < run % 5; ++i) damaged[qsizetype(random() % size_t(good.size()))] = char(random());
        const auto columns = readParquet(write(damaged), {"barcode", "in_tissue", "pxl_row_in_fullres"});
        if (columns) QCOMPARE(columns->size(), size_t(3));
        if (!columns)
          QVERIFY(columns.error().sentence.find("tissue_positions.parquet'") != std::string::npos);
      }
    }
  }
};

}  // namespace geneglass::parquet_table_test

GENEGLASS_TEST(geneglass::parquet_table_test::ParquetTableTest)
#include "parquet_table_test.moc"
