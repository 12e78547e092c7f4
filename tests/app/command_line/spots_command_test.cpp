// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/test_files.h"

using namespace geneglass;

/// `geneglass-cli spots`, called as a user calls it, with the shipped model.
class SpotsCommandTest final : public QObject {
  Q_OBJECT

  struct Ended {
    int status = -1;
    QByteArray output;
    QString said;  ///< on standard error
  };
  static Ended spots(const QStringList& words) {
    QProcess program;
    program.start(QStringLiteral(GENEGLASS_PROGRAM), QStringList{QStringLiteral("spots")} + words);
    if (!program.waitForFinished(60000)) return {};
    return {program.exitCode(), program.readAllStandardOutput(),
            QString::fromUtf8(program.readAllStandardError()).trimmed()};
  }

  static QString model() {
    return QString::fromStdString((testing::sourceFolder() / "resources/models/demonstration").string());
  }

  /// PACKAGE SLIDE --counts F --spots F of a section of the data folder, then `more`.
  static QStringList section(const std::filesystem::path& folder, const QStringList& more = {}) {
    const auto file = [&](const char* name) { return QString::fromStdString((folder / name).string()); };
    return QStringList{model(),
                       file("slide.tif"),
                       QStringLiteral("--counts"),
                       file("counts.tsv.gz"),
                       QStringLiteral("--spots"),
                       file("spots.tsv")} +
           more;
  }

 private Q_SLOTS:
  void aRealSectionGivesOneJsonObjectAndAPicture() {
    GENEGLASS_NEED(slide, "st/her2st-C2/slide.tif");
    const QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("spots.png"));
    const Ended ended =
        spots(section(slide.parent_path(), {QStringLiteral("--json"), QStringLiteral("--picture"), picture,
                                            QStringLiteral("--gene"), QStringLiteral("CD8A")}));
    QVERIFY2(ended.status == 0, qPrintable(ended.said));
    QCOMPARE(ended.said, QString());
    const QJsonObject result = QJsonDocument::fromJson(ended.output).object();
    const QJsonObject about = result[QStringLiteral("spots")].toObject();
    QCOMPARE(about[QStringLiteral("measured")].toInt(), 187);
    QCOMPARE(about[QStringLiteral("compared")].toInt(), 180);
    // What NumPy and SciPy give for the same maps and counts, overlaps there counted by sample points. The
    // median distance to the nearest spot is less than the array's 200 um: the spots' places scatter.
    QVERIFY(std::abs(about[QStringLiteral("pitch_um")].toDouble() - 186.75) < 0.01);
    const QJsonArray genes = result[QStringLiteral("genes")].toArray();
    QCOMPARE(genes.size(), 52);
    for (const auto& [symbol, r] : {std::pair("STAT1", 0.2913), {"CD8A", 0.1480}, {"KLF4", -0.1357}}) {
      const auto gene = std::find_if(genes.begin(), genes.end(), [&](const QJsonValue& value) {
        return value[QStringLiteral("symbol")].toString() == QLatin1String(symbol);
      });
      QVERIFY(gene != genes.end());
      const double pearson = gene->toObject()[QStringLiteral("pearson")].toDouble();
      QVERIFY2(std::abs(pearson - r) < 0.01, symbol);
    }
    QVERIFY(QImage(picture).width() > 1000);
  }

  void peopleReadATable() {
    GENEGLASS_NEED(slide, "st/her2st-C2/slide.tif");
    const Ended ended = spots(section(slide.parent_path()));
    QCOMPARE(ended.status, 0);
    const QString text = QString::fromUtf8(ended.output);
    QVERIFY2(text.startsWith(QStringLiteral("demonstration 1: demonstration model, trained on synthetic")),
             qPrintable(text));
    QVERIFY(
        text.contains(QStringLiteral("180 of 187 spots compared; 7 touch no predicted tile; 93 um wide")));
    const QRegularExpression row(QStringLiteral("\nSTAT1 +CMS1 +[0-9]+ +0\\.[0-9]{3} \\[ 0\\.[0-9]{3}, "));
    QVERIFY(row.match(text).hasMatch());
  }

  void aPictureThatIsNoWholeSlideIsRefused() {
    GENEGLASS_NEED(counts, "st/visium-human/filtered_feature_bc_matrix.h5");
    const QString folder = QString::fromStdString(counts.parent_path().string());
    const QString picture = folder + QStringLiteral("/spatial/tissue_hires_image.png");
    const Ended ended =
        spots({model(), picture, QStringLiteral("--counts"), QString::fromStdString(counts.string()),
               QStringLiteral("--spots"), folder + QStringLiteral("/spatial/tissue_positions_list.csv")});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.said, QStringLiteral("Cannot open '%1': no reader knows this format.").arg(picture));
  }

  void aGeneThatIsNotInBothIsRefusedBeforeAnythingIsDrawn() {
    GENEGLASS_NEED(slide, "st/her2st-C2/slide.tif");
    const QTemporaryDir folder;
    const QString picture = folder.filePath(QStringLiteral("spots.png"));
    const Ended ended =
        spots(section(slide.parent_path(), {QStringLiteral("--picture"), picture, QStringLiteral("--gene"),
                                            QStringLiteral("cd8a")}));
    QCOMPARE(ended.status, 1);
    QVERIFY2(
        ended.said.startsWith(QStringLiteral("Cannot draw the gene 'cd8a': it is not one of the 52 that ")),
        qPrintable(ended.said));
    QVERIFY(!QFile::exists(picture));
  }

  void aWrongCallEndsWithStatus2AndTheUsage_data() {
    QTest::addColumn<QString>("words");
    for (const char* words :
         {"model slide.tif --counts c.tsv", "model slide.tif --counts c.tsv --spots s.tsv --gene TP53"})
      QTest::newRow(words) << QString::fromLatin1(words);
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    QFETCH(QString, words);
    const Ended ended = spots(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QCOMPARE(ended.status, 2);
    QVERIFY2(ended.said.contains(QStringLiteral("Usage: geneglass-cli")), qPrintable(ended.said));
  }
};

QTEST_GUILESS_MAIN(SpotsCommandTest)
#include "spots_command_test.moc"
