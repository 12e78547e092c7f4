// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_set.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/genes/gene_set_choice.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::gene_set_test {

class GeneSetTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path written(const char* name, const std::string& text) const {
    const std::filesystem::path file = m_folder.filePath(QString::fromLatin1(name)).toStdString();
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

 private Q_SLOTS:
  void typedGenesAreApartByBlanksCommasOrLinesAndStandOnce() {
    QCOMPARE(genesIn("CD8A, CDX2;MUC2\r\nCD8A # not this\n\tVIM"),
             (std::vector<std::string>{"CD8A", "CDX2", "MUC2", "VIM"}));
    QVERIFY(genesIn(" \n# nothing").empty());
  }

  void aTextIsOneSetAndGmtHasASetALine() {
    const auto text = readGeneSets(written("mine.txt", "CD8A\nVIM\n"));
    QVERIFY(text);
    QCOMPARE(*text, (std::vector<GeneSet>{{"mine", {"CD8A", "VIM"}}}));
    const auto gmt = readGeneSets(written("two.gmt", "ONE\thttps://x\tCD8A\tVIM\r\n\nTWO\t\tCDX2\n"));
    QVERIFY2(gmt, gmt ? "" : gmt.error().sentence.c_str());
    QCOMPARE(*gmt, (std::vector<GeneSet>{{"ONE", {"CD8A", "VIM"}}, {"TWO", {"CDX2"}}}));
  }

  void aFileThatIsNoneSaysWhy_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("it names no gene");
    QTest::newRow("comments") << QByteArray("# only\n") << QStringLiteral("it names no gene");
    QTest::newRow("binary") << QByteArray("\x89PNG\0\0", 6) << QStringLiteral("it is no text");
    QTest::newRow("no genes") << QByteArray("A\tb\tC\nD\te\n") << QStringLiteral("line 2 names no genes");
    QTest::newRow("no name") << QByteArray("\tb\tC\n") << QStringLiteral("line 1 does not name its set");
    QTest::newRow("many") << QByteArray("A\tb\tC\n").repeated(501)
                          << QStringLiteral("it has more than 500 sets");
    QTest::newRow("large") << QByteArray(9 << 20, 'A') << QStringLiteral("it is larger than 8 MiB");
  }
  void aFileThatIsNoneSaysWhy() {
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const auto sets = readGeneSets(written("sets.gmt", text.toStdString()));
    QVERIFY(!sets);
    QCOMPARE(QString::fromStdString(sets.error().sentence),
             QStringLiteral("Cannot read gene sets from 'sets.gmt': %1.").arg(reason));
  }

  void aFolderOrNothingIsNoFile() {
    QCOMPARE(readGeneSets("/nowhere/sets.gmt").error().sentence,
             std::string("Cannot read gene sets from 'sets.gmt': it is no file."));
    QVERIFY(!readGeneSets(m_folder.path().toStdString()));
  }

  void setsAreKeptAsText() {
    const std::vector<GeneSet> sets{{"mine", {"CD8A", "VIM"}}, {"Ü \"x\"", {"CDX2"}}};
    QCOMPARE(geneSetsOf(textOf(sets)), sets);
    for (const char* nothing : {"", "{}", "[{\"name\": 3}]", "[{\"name\": \"a\"}]"})
      QVERIFY(geneSetsOf(nothing).empty());
  }

  void itIsSaidHowMuchOfASetTheModelKnows() {
    const Prediction prediction = testing::madePrediction();
    QCOMPARE(knownText({"a", {"FSCN1", "TP53", "ABC1", "ABC2"}}, prediction),
             QStringLiteral("1 of 4 gene(s) well predicted, 2 not in this model: ABC1, ABC2"));
    QCOMPARE(knownText({"a", {"FSCN1", "CDX2"}}, prediction),
             QStringLiteral("2 of 2 gene(s) well predicted"));
  }
};

}  // namespace geneglass::gene_set_test

GENEGLASS_WINDOW_TEST(geneglass::gene_set_test::GeneSetTest)
#include "gene_set_test.moc"
