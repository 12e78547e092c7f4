// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "viewer/foundation/files/csv_reader.h"
#include "viewer/foundation/files/utf8_text.h"

namespace geneglass::utf8_text_test {

class Utf8TextTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachCharacterIsWholeAndShort_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("place");
    QTest::newRow("plain") << QByteArray("ERBB2") << -1;
    QTest::newRow("two to four bytes") << QByteArray("\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\xac") << -1;
    QTest::newRow("Latin-1") << QByteArray("G\xe8ne") << 1;
    QTest::newRow("cut short") << QByteArray("ab\xe2\x82") << 2;
    QTest::newRow("in the middle of one") << QByteArray("\x82") << 0;
    QTest::newRow("longer than it need be") << QByteArray("\xc0\x80") << 0;
    QTest::newRow("three for two") << QByteArray("\xe0\x80\x80") << 0;
    QTest::newRow("half of a pair") << QByteArray("a\xed\xa0\x80") << 1;
    QTest::newRow("beyond the last") << QByteArray("\xf4\x90\x80\x80") << 0;
  }

  void eachCharacterIsWholeAndShort() {
    QFETCH(QByteArray, text);
    QFETCH(int, place);
    const std::optional<size_t> found = firstNotUtf8(text.toStdString());
    QCOMPARE(found ? int(*found) : -1, place);
    QVERIFY(!firstNotUtf8(readableBytes(text.toStdString())));
  }

  void aTableSaysRowAndColumn() {
    QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("table.csv")).toStdString();
    const auto reasonOf = [&](const std::string& text) {
      std::ofstream(file, std::ios::binary) << text;
      CsvReader reader(file, "cohort");
      const Result<void> read =
          reader.read([](const auto&) { return Result<void>(); }, [](const auto&) { return Result<void>(); });
      return read ? std::string() : read.error().sentence;
    };
    const std::string begin = "Cannot use the cohort '" + file + "': ";
    QCOMPARE(reasonOf("slide,case,split,G\xe8ne1\na,b,c,1\n"),
             begin + "row 1, column 4: 'G\\xE8ne1' is not UTF-8; save it as UTF-8.");
    QCOMPARE(reasonOf("slide;G\xc3\xa8ne1\na;1\nb\xff;2\n"),
             begin + "row 3, column 1: 'b\\xFF' is not UTF-8; save it as UTF-8.");
    QCOMPARE(reasonOf("slide,G\xc3\xa8ne1\na,1\n"), std::string());
  }
};

}  // namespace geneglass::utf8_text_test

GENEGLASS_TEST(geneglass::utf8_text_test::Utf8TextTest)
#include "utf8_text_test.moc"
