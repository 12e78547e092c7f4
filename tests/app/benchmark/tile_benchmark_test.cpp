// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/viewer/slide/formats/made_tiff.h"

using namespace geneglass;
using geneglass::testing::FileBytes;
using geneglass::testing::TiffRecipe;

/// `geneglass-cli bench tiles`, called as a user calls it.
class TileBenchmarkTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  struct Ended {
    int status = -1;
    QByteArray output;
    QString said;  ///< on standard error
  };
  static Ended bench(const QString& slide, const QStringList& more = {QStringLiteral("--json")}) {
    QProcess program;
    program.start(QStringLiteral(GENEGLASS_PROGRAM),
                  QStringList{QStringLiteral("bench"), QStringLiteral("tiles"), slide} + more);
    if (!program.waitForFinished(60000)) return {};
    return {program.exitCode(), program.readAllStandardOutput(),
            QString::fromUtf8(program.readAllStandardError()).trimmed()};
  }

  QString made(const TiffRecipe& recipe) {
    const QString file = m_folder.filePath(QStringLiteral("made.tif"));
    testing::writeTiff(file.toStdString(), recipe);
    return file;
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void the_result_has_the_keys_of_the_contract_and_no_other() {
    const Ended ended =
        bench(made({}), {QStringLiteral("--json"), QStringLiteral("--threads"), QStringLiteral("2")});
    QCOMPARE(ended.said, QString());
    QCOMPARE(ended.status, 0);
    const QJsonObject result = QJsonDocument::fromJson(ended.output).object();
    const QStringList keys{QStringLiteral("decode_limit_tiles_per_s"),
                           QStringLiteral("geneglass_tiles_per_s"), QStringLiteral("max_difference"),
                           QStringLiteral("openslide_tiles_per_s"), QStringLiteral("threads")};
    QCOMPARE(result.keys(), keys);
    QCOMPARE(result[QStringLiteral("threads")].toInt(), 2);
    QCOMPARE(result[QStringLiteral("max_difference")].toDouble(-1), 0.0);
    for (const QString& key : keys.mid(0, 2) + keys.mid(3, 1))
      QVERIFY2(result[key].toDouble() > 0, qPrintable(key));
  }

  void without_jpeg_tiles_there_is_no_limit_of_the_jpeg_decoder() {
    const Ended ended = bench(made({.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB}));
    QCOMPARE(ended.status, 0);
    const QJsonObject result = QJsonDocument::fromJson(ended.output).object();
    QVERIFY(result[QStringLiteral("decode_limit_tiles_per_s")].isNull());
    QVERIFY(result[QStringLiteral("geneglass_tiles_per_s")].toDouble() > 0);
  }

  void what_cannot_be_measured_is_a_sentence_and_status_1() {
    const Ended absent = bench(QStringLiteral("/nowhere/absent.svs"));
    QCOMPARE(absent.status, 1);
    QCOMPARE(absent.output, QByteArray());
    QCOMPARE(absent.said, QStringLiteral("Cannot open '/nowhere/absent.svs': there is no such file."));

    const QString file = made({.levels = 2});
    FileBytes bytes(file.toStdString());
    bytes.putTileValue(TIFFTAG_TILEOFFSETS, 4, bytes.size() - 10);
    bytes.write(file.toStdString());
    const Ended torn = bench(file);
    QCOMPARE(torn.status, 1);
    QCOMPARE(torn.said, QStringLiteral("Cannot read tile (level 0, column 1, row 1) of '%1': its bytes lie "
                                       "beyond the end of the file.")
                            .arg(file));
  }

  void a_wrong_call_ends_with_status_2() {
    QCOMPARE(bench(QStringLiteral("a.svs"), {QStringLiteral("--threads"), QStringLiteral("0")}).status, 2);
    QCOMPARE(bench(QStringLiteral("a.svs"), {QStringLiteral("--nonsense")}).status, 2);
  }
};

QTEST_GUILESS_MAIN(TileBenchmarkTest)
#include "tile_benchmark_test.moc"
