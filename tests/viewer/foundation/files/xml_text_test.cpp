// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/xml_text.h"

#include <QtTest>
#include <string>

#include "tests/support/test_program.h"

namespace geneglass::xml_text_test {

class XmlTextTest final : public QObject {
  Q_OBJECT

  static std::string refusalOf(const std::string& text, const XmlLimits& limits = {}) {
    const auto read = parseXml(text, limits);
    return read ? "" : read.error().sentence;
  }
  static std::string repeated(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
  }
  /// ASCII as UTF-16 with a byte order mark.
  static std::string wide(const std::string& text, bool lowFirst) {
    std::string all = lowFirst ? "\xff\xfe" : "\xfe\xff";
    for (const char letter : text) all += lowFirst ? std::string{letter, '\0'} : std::string{'\0', letter};
    return all;
  }

 private Q_SLOTS:
  void aDocumentIsReadAsItStands() {
    const auto read = parseXml("<?xml version=\"1.0\"?><!-- <<< --><a b='>'><c/><![CDATA[<<<]]></a>");
    QVERIFY(read.has_value());
    QCOMPARE(std::string(read->child("a").attribute("b").value()), std::string(">"));
    QCOMPARE(std::string(read->child("a").text().get()), std::string("<<<"));
  }

  void sixtyFourLevelsAreReadAndOneMoreIsRefused() {
    QCOMPARE(refusalOf(repeated("<a>", 64) + repeated("</a>", 64)), std::string());
    QCOMPARE(refusalOf(repeated("<a>", 65) + repeated("</a>", 65)),
             std::string("is nested deeper than 64 levels"));
    QCOMPARE(refusalOf(repeated("<a b=\"/\">", 100'000)), std::string("is nested deeper than 64 levels"));
  }

  void elementsBesideEachOtherAreNotDeep() {
    QCOMPARE(refusalOf("<a>" + repeated("<b x='1'/><c></c><d y=\"/\" />", 1000) + "</a>"), std::string());
  }

  void tooManyElementsAreRefusedUnparsed() {
    QCOMPARE(refusalOf("<a>" + repeated("<b/>", 1'600'000) + "</a>"),
             std::string("has more than 1500000 elements and attributes"));
    QCOMPARE(refusalOf("<a " + repeated("b=\"\" ", 1'600'000) + "/>"),
             std::string("has more than 1500000 elements and attributes"));
    QCOMPARE(refusalOf("<a>" + repeated("<![CDATA[]]>", 1'000'000) + "</a>", {1 << 30, 500'000, 64}),
             std::string("has more than 500000 elements and attributes"));
  }

  void aTextTooLongIsRefused() {
    QCOMPARE(refusalOf("<a>" + std::string(16 << 20, 'x') + "</a>"), std::string("has more than 16 MiB"));
  }

  void whatIsNoXmlIsRefused() {
    QCOMPARE(refusalOf(""), std::string("is no XML"));
    QCOMPARE(refusalOf("words"), std::string("is no XML"));
    QCOMPARE(refusalOf("<a><b></a>"), std::string("is no whole XML (at byte 8)"));
    QCOMPARE(refusalOf("<a"), std::string("is no whole XML (at byte 1)"));
    for (const char* begun : {"<!--", "<![CDATA[", "<?xml", "<!DOCTYPE a [<!ENTITY", "<a b='", "</"})
      QVERIFY2(!refusalOf(begun).empty(), begun);
  }

  void entitiesOfItsOwnAreNotExpanded() {
    std::string text = "<!DOCTYPE a [<!ENTITY l0 \"lol\">";
    for (int i = 1; i < 30; ++i) {
      const std::string before = "&l" + std::to_string(i - 1) + ";";
      text += "<!ENTITY l" + std::to_string(i) + " \"" + repeated(before, 10) + "\">";
    }
    const auto read = parseXml(text + "]><a>&l29;</a>");
    QVERIFY(read.has_value());
    QCOMPARE(std::string(read->child("a").text().get()), std::string("&l29;"));
  }

  void twoByteTextIsCountedByCharacters() {
    const std::string flat = "<a>" + repeated("<b x='1'></b>", 100) + "</a>";
    for (const bool lowFirst : {true, false}) {
      QCOMPARE(refusalOf(wide(flat, lowFirst)), std::string());
      QCOMPARE(refusalOf(wide(repeated("<a>", 70), lowFirst)),
               std::string("is nested deeper than 64 levels"));
      QCOMPARE(refusalOf(wide(flat, lowFirst).substr(2)), std::string());
    }
  }
};

}  // namespace geneglass::xml_text_test

GENEGLASS_TEST(geneglass::xml_text_test::XmlTextTest)
#include "xml_text_test.moc"
