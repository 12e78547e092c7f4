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

  static QByteArray varint(uint64_t value) {
    QByteArray bytes;
    for (; value >= 0x80; value >>= 7) bytes += char(0x80 | (value & 0x7f));
    return bytes + char(value);
  }
  static QByteArray text(const QByteArray& word) { return varint(uint64_t(word.size())) + word; }
  static QByteArray field(int kind, int step, uint64_t zigzag) {
    return char(step << 4 | kind) + varint(2 * zigzag);
  }

  /// Column "barcode" of so many rows a group, each the one text of a dictionary; all groups are one in the
  /// file.
  static QByteArray oneText(int rows, int groups) {
    const auto page = [](int kind, const QByteArray& body, const QByteArray& head) {
      const auto size = uint64_t(body.size());
      return field(5, 1, uint64_t(kind)) + field(5, 1, size) + field(5, 1, size) + head + char(0) + body;
    };
    const auto count = uint64_t(rows);
    const QByteArray dictionary =
        page(2, QByteArray("\x04\0\0\0AAAC", 8), char(0x4c) + field(5, 1, 1) + field(5, 1, 0) + char(0));
    const QByteArray data =
        page(0, char(1) + varint(count << 1) + char(0),
             char(0x2c) + field(5, 1, count) + field(5, 1, 8) + field(5, 1, 3) + field(5, 1, 3) + char(0));
    const QByteArray column = field(5, 1, 6) + char(0x19) + char(0x15) + varint(0) + char(0x19) + char(0x18) +
                              text("barcode") + field(5, 1, 0) + field(6, 1, count) + field(6, 1, 100) +
                              field(6, 1, 100) + field(6, 2, uint64_t(4 + dictionary.size())) +
                              field(6, 2, 4) + char(0);
    const QByteArray group = QByteArray("\x19\x1c") + field(6, 2, 4) + char(0x1c) + column + char(0) +
                             field(6, 1, 100) + field(6, 1, count) + char(0);
    QByteArray all;
    for (int i = 0; i < groups; ++i) all += group;
    const QByteArray root = char(0x48) + text("schema") + field(5, 1, 1) + char(0);
    const QByteArray leaf = field(5, 1, 6) + field(5, 2, 0) + char(0x18) + text("barcode") + char(0);
    const QByteArray footer = field(5, 1, 1) + char(0x19) + char(0x2c) + root + leaf +
                              field(6, 1, count * uint64_t(groups)) + char(0x19) + char(0xfc) +
                              varint(uint64_t(groups)) + all + char(0);
    QByteArray length(4, 0);
    for (int i = 0; i < 4; ++i) length[i] = char(footer.size() >> (8 * i));
    return "PAR1" + dictionary + data + footer + length + "PAR1";
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

  /// Sixteen million rows of one text in a hundred bytes, and the same few thousand rows four thousand
  /// times.
  void fewBytesThatTellOfManyRowsAreNotBelieved() {
    const std::string beyond("column 'barcode': it claims ");
    for (const auto& [rows, groups] : {std::pair(1 << 24, 1), std::pair(4096, 4000)}) {
      const std::string said = refusal(oneText(rows, groups));
      QVERIFY2(said.starts_with(beyond), said.c_str());
    }
    QCOMPARE(refusal(oneText(4096, 2)), std::string("read"));
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
        const auto rows = [](const ParquetColumn& column) {
          return column.texts.size() + column.numbers.size();
        };
        for (size_t i = 0; columns && i < 3; ++i) QCOMPARE(rows((*columns)[i]), rows(columns->front()));
        if (!columns)
          QVERIFY(columns.error().sentence.find("tissue_positions.parquet'") != std::string::npos);
      }
    }
  }
};

}  // namespace geneglass::parquet_table_test

GENEGLASS_TEST(geneglass::parquet_table_test::ParquetTableTest)
#include "parquet_table_test.moc"
