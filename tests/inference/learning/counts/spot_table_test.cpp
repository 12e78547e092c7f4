// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/spot_table.h"
#include "inference/learning/spots/read_spots.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "inference/learning/spots/spot_sections.h"
#include "tests/support/shipped_section.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::spot_table_test {
namespace {

constexpr const char* kCounts = "\tTP53\tVIM\n1x1\t3\t0\n2x1\t0\t5\n1x2\t1\t1\n";
constexpr const char* kPlaces = "x\ty\tpixel_x\tpixel_y\n1\t1\t100\t100\n2\t1\t300\t100\n1\t2\t100\t300\n";

/// A folder with files of given texts.
struct MadeFiles {
  QTemporaryDir folder;
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / name;
    std::ofstream(file) << text;
    return file;
  }
};

QString sentenceOf(const std::string& counts, const std::string& places, const MadeFiles& files) {
  const auto table = readSpots(files.write("counts.tsv", counts), files.write("spots.tsv", places));
  return table ? QString() : QString::fromStdString(table.error().sentence);
}

}  // namespace

class SpotTableTest final : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsAndPlacesAreJoinedBySpot() {
    const MadeFiles files;
    const auto table = readSpots(files.write("counts.tsv", std::string(kCounts) + "9x9\t1\t1\n"),
                                 files.write("spots.tsv", std::string(kPlaces) + "7\t7\t0\t0\n"));
    QVERIFY2(table.has_value(), table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->genes, (std::vector<std::string>{"TP53", "VIM"}));
    QCOMPARE(table->names, (std::vector<std::string>{"1x1", "2x1", "1x2"}));
    QCOMPARE(table->centres[1], (Point{300, 100}));
    QCOMPARE(table->counts.at(1, 1), 5.0f);
    QCOMPARE(table->counts.spots(), size_t(3));
    QCOMPARE(table->listed, size_t(4));
    QCOMPARE(table->withoutPlace, size_t(1));
    QCOMPARE(table->diameter, 100.0);
  }

  void aFileOfBlankLinesIsRefused() {
    const MadeFiles files;
    const QString named =
        QStringLiteral("Cannot use the spots in '%1/spots.tsv': there are only blank lines.");
    for (const char* blank : {"\n", "\n\n \t\r\n", " "})
      QCOMPARE(sentenceOf(kCounts, blank, files), named.arg(files.folder.path()));
  }

  void aRealSectionHasTheFactsThatAnotherReaderFinds() {
    const auto table =
        readSpots(testing::shippedSection() / "counts.tsv.gz", testing::shippedSection() / "spots.tsv");
    QVERIFY2(table.has_value(), table ? "" : table.error().sentence.c_str());
    QCOMPARE(table->names.size(), size_t(181));
    QCOMPARE(table->genes.size(), size_t(251));
    double sum = 0;
    for (const double count : table->counts.totalsOfGenes()) sum += count;
    QCOMPARE(sum, 2014132.0);  // numpy's
  }

  void brokenTablesAreRefusedWithRowAndReason_data() {
    QTest::addColumn<QString>("counts");
    QTest::addColumn<QString>("places");
    QTest::addColumn<QString>("reason");
    const QString counts = QString::fromLatin1(kCounts), places = QString::fromLatin1(kPlaces);
    const auto row = [](const char* name, const QString& c, const QString& p, const char* reason) {
      QTest::newRow(name) << c << p << QString::fromLatin1(reason);
    };
    const auto with = [](QString text, const char* before, const char* after) {
      return text.replace(QString::fromLatin1(before), QString::fromLatin1(after));
    };
    row("empty", QString(), places, "counts.tsv': it is empty.");
    row("commas", with(counts, "\t", ","), places,
        "counts.tsv': row 1: there are no genes, separated by tabs.");
    row("gene twice", with(counts, "VIM", "TP53"), places,
        "counts.tsv': row 1: the gene TP53 has two columns.");
    row("short row", with(counts, "\t5", ""), places, "counts.tsv': row 3: 2 cells where the header has 3.");
    row("no count", with(counts, "\t5", "\tfive"), places,
        "counts.tsv': row 3: 'five' for VIM is not a count.");
    row("below 0", with(counts, "\t5", "\t-5"), places, "counts.tsv': row 3: '-5' for VIM is not a count.");
    row("nan", with(counts, "\t5", "\tnan"), places, "counts.tsv': row 3: 'nan' for VIM is not a count.");
    row("spot twice", with(counts, "2x1", "1x1"), places,
        "counts.tsv': row 3: the spot '1x1' is there already.");
    row("header only", QStringLiteral("\tTP53\n"), places, "counts.tsv': there are no spots.");
    row("no pixel_x", counts, with(places, "pixel_x", "px"),
        "spots.tsv': row 1: there is no column 'pixel_x'.");
    row("no place", counts, with(places, "300\t100", "?\t100"),
        "spots.tsv': row 3: pixel_x or pixel_y is not a number.");
    row("place twice", counts, with(places, "2\t1\t300", "1\t1\t300"),
        "spots.tsv': row 3: the spot '1x1' is there already.");
    row("nothing in common", with(counts, "x", "y"), places, "counts.tsv': fewer than two have a place in '");
  }
  void brokenTablesAreRefusedWithRowAndReason() {
    QFETCH(QString, counts);
    QFETCH(QString, places);
    QFETCH(QString, reason);
    const MadeFiles files;
    const QString sentence = sentenceOf(counts.toStdString(), places.toStdString(), files);
    QVERIFY2(sentence.contains(reason), qPrintable(sentence));
  }

  void aCompressedTableThatEndsTooEarlyIsRefused() {
    const std::filesystem::path counts = testing::shippedSection() / "counts.tsv.gz";
    std::ifstream whole(counts, std::ios::binary);
    std::string bytes(20000, '\0');
    whole.read(bytes.data(), std::streamsize(bytes.size()));
    const MadeFiles files;
    const auto table = readSpots(files.write("short.tsv.gz", bytes), counts.parent_path() / "spots.tsv");
    QVERIFY(!table);
    QVERIFY2(table.error().sentence.ends_with("short.tsv.gz': it ends too early."),
             table.error().sentence.c_str());
  }

  void sectionsAreRefusedWithRowAndReason_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, const char* reason) {
      QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(reason);
    };
    row("no column", "section,slide,counts\n", "row 1: there is no column 'spots'.");
    row("tabs", "section\tslide\tcounts\tspots\n", "one is left out in turn, so there must be two.");
    row("short row", "section,slide,counts,spots\nA,a.tif\n", "row 2: 2 cells where the header has 4.");
    row("no name", "section,slide,counts,spots\n,a.tif,c,s\n", "row 2: the section has no name.");
    row("mpp", "section,slide,counts,spots,mpp\nA,a.tif,c,s,-1\n",
        "row 2: '-1' for mpp is not a number above 0.");
    row("no slide", "section,slide,counts,spots\nA,a.tif,c,s\n", "a.tif'");
    row("none", "section,slide,counts,spots\n", "one is left out in turn, so there must be two.");
  }
  void sectionsAreRefusedWithRowAndReason() {
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const MadeFiles files;
    const auto sections = readSections(files.write("sections.csv", text.toStdString()));
    QVERIFY(!sections);
    const QString sentence = QString::fromStdString(sections.error().sentence);
    QVERIFY2(sentence.contains(reason), qPrintable(sentence));
  }
};

}  // namespace geneglass::spot_table_test

GENEGLASS_TEST(geneglass::spot_table_test::SpotTableTest)
#include "spot_table_test.moc"
