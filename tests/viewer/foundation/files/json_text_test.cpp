// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/json_text.h"

#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "tests/support/test_program.h"

namespace geneglass::json_text_test {

class JsonTextTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path file() const { return m_folder.path().toStdString() + "/facts.json"; }

  static std::string refusalOf(const std::string& text, const JsonLimits& limits = {}) {
    const auto read = parseJson(text, limits);
    return read ? "" : read.error().sentence;
  }
  std::string refusalOfFile(const std::string& text, const JsonLimits& limits = {}) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << text;
    const auto read = readJsonFile(file(), "its facts.json", limits);
    return read ? "" : read.error().sentence;
  }

 private Q_SLOTS:
  void aDocumentIsReadAsItStands() {
    const std::string text = "{\"a\":[1,\"[[[[\",{\"b\\\"\":null}],\"c\":\"\\\\\"}";
    const auto read = parseJson(text);
    QVERIFY(read.has_value());
    QCOMPARE(read->dump(), text);
  }

  void sixtyFourLevelsAreReadAndOneMoreIsRefused() {
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QCOMPARE(refusalOf(nested(64)), std::string());
    QCOMPARE(refusalOf(nested(65)), std::string("is nested deeper than 64 levels"));
    QCOMPARE(refusalOf(nested(100'000)), std::string("is nested deeper than 64 levels"));
    QCOMPARE(refusalOf(std::string(10'000'000, '[')), std::string("is nested deeper than 64 levels"));
  }

  void depthIsOfTheSameTimeNotOfTheWholeText() {
    std::string text = "[";
    for (int i = 0; i < 1000; ++i) text += "[],";
    QCOMPARE(refusalOf(text + "1]"), std::string());
  }

  void whatIsNoJsonIsRefused() {
    for (const char* text : {"", "{", "[1,", "{\"a\":\"\\", "\"", "nul", "{\"\xff\":1}", "[1]]"})
      QCOMPARE(refusalOf(text), std::string("is not valid JSON"));
  }

  void aDocumentOfTooManyValuesIsRefusedUnparsed() {
    std::string text = "[";
    for (int i = 0; i < 3'000'000; ++i) text += "{},";
    QCOMPARE(refusalOf(text + "1]"), std::string("has more values than are read (160 MiB of them)"));
  }

  void genesByTheTenThousandsAreNotTooMany() {
    std::string text = "[0";
    for (int i = 0; i < 20'000 * 110; ++i) text += ",0.123456789012345";
    QCOMPARE(refusalOf(text + "]"), std::string());
  }

  void aTextTooLongIsRefused() {
    QCOMPARE(refusalOf(std::string((2 << 20) + 1, ' '), {2 << 20, 1 << 20, 3}),
             std::string("has more than 2 MiB"));
  }

  void aFileIsRefusedWithItsName() {
    QCOMPARE(refusalOfFile("{\"a\": 1}"), std::string());
    QCOMPARE(refusalOfFile("{\"a\": 1"), std::string("its facts.json is not valid JSON"));
    QCOMPARE(refusalOfFile(std::string(100'000, '[')),
             std::string("its facts.json is nested deeper than 64 levels"));
    QCOMPARE(refusalOfFile("[1, 2, 3" + std::string(1, '\0') + "]"),
             std::string("its facts.json cannot be read: it is no text (at byte 8)"));
    QCOMPARE(
        refusalOfFile(std::string(3 << 20, ' '), {2 << 20, 1 << 20, 3}),
        std::string("its facts.json cannot be read: it has 3 MiB, and such files of at most 2 MiB can be "
                    "read"));
  }

  void aFileOfZerosIsNotReadToItsEnd() {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << "{\"a\":";
    std::filesystem::resize_file(file(), 90 << 20);
    const auto read = readJsonFile(file(), "it");
    QVERIFY(!read);
    QCOMPARE(read.error().sentence, std::string("it cannot be read: it is no text (at byte 5)"));
  }

  void aPipeAndAFolderAreNotWaitedOn() {
    const std::string pipe = m_folder.path().toStdString() + "/pipe";
    QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
    for (const std::string& place : {pipe, m_folder.path().toStdString()})
      QCOMPARE(readJsonFile(place).error().sentence, std::string("it cannot be read: it is no regular file"));
    QCOMPARE(readJsonFile("/none").error().sentence, std::string("it cannot be read: there is no such file"));
  }

  void whatIsReadIfItIsSoundIsNullWhereItIsNot() {
    QVERIFY(jsonOrNull("[1]").is_array());
    QVERIFY(jsonOrNull("[1").is_null());
    QVERIFY(jsonOrNull(std::string(100'000, '[')).is_null());
  }

  void deepCborIsRefusedAndSoundCborIsRead() {
    const nlohmann::json sound = {{"a", {1, 2, {{"b", nlohmann::json::binary({1, 2})}}}}};
    const auto bytes = nlohmann::json::to_cbor(sound);
    const auto read = parseCbor(std::string(bytes.begin(), bytes.end()));
    QVERIFY(read.has_value());
    QVERIFY(*read == sound);
    QCOMPARE(parseCbor(std::string(1'000'000, '\x81')).error().sentence,
             std::string("is nested deeper than 64 levels"));
    QCOMPARE(parseCbor(std::string(bytes.begin(), bytes.end() - 1)).error().sentence,
             std::string("is damaged"));
  }
};

}  // namespace geneglass::json_text_test

GENEGLASS_TEST(geneglass::json_text_test::JsonTextTest)
#include "json_text_test.moc"
