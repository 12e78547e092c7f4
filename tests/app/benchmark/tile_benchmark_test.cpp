// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/support/called_program.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_tiff.h"

namespace geneglass::tile_benchmark_test {

using namespace geneglass::testing;

/// `geneglass-cli bench tiles`, called as a user calls it.
class TileBenchmarkTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  static Ended bench(const std::string& slide, const Words& more = {"--json"}) {
    return call(Words{"bench", "tiles", slide} + more);
  }

  std::string made(const TiffRecipe& recipe) const {
    const std::string file = m_folder.path().toStdString() + "/made.tif";
    writeTiff(file, recipe);
    return file;
  }

 private Q_SLOTS:
  void initTestCase() { TIFFSetWarningHandler(nullptr); }

  void theResultHasTheKeysOfTheContractAndNoOther() {
    const Ended ended = bench(made({}), {"--json", "--threads", "2"});
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    const QJsonObject result = QJsonDocument::fromJson(QByteArray::fromStdString(ended.output)).object();
    const QStringList keys{QStringLiteral("decode_limit_tiles_per_s"),
                           QStringLiteral("geneglass_tiles_per_s"), QStringLiteral("max_difference"),
                           QStringLiteral("openslide_tiles_per_s"), QStringLiteral("threads")};
    QCOMPARE(result.keys(), keys);
    QCOMPARE(result[QStringLiteral("threads")].toInt(), 2);
    QCOMPARE(result[QStringLiteral("max_difference")].toDouble(-1), 0.0);
    for (const QString& key : keys.mid(0, 2) + keys.mid(3, 1))
      QVERIFY2(result[key].toDouble() > 0, qPrintable(key));
  }

  void withoutJpegTilesThereIsNoLimitOfTheJpegDecoder() {
    const Ended ended = bench(made({.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB}));
    QCOMPARE(ended.status, 0);
    const QJsonObject result = QJsonDocument::fromJson(QByteArray::fromStdString(ended.output)).object();
    QVERIFY(result[QStringLiteral("decode_limit_tiles_per_s")].isNull());
    QVERIFY(result[QStringLiteral("geneglass_tiles_per_s")].toDouble() > 0);
  }

  void aSlideThatOpenSlideDoesNotKnowIsMeasuredWithoutIt() {
    GENEGLASS_NEED(file, "slides/unsupported-dicom-wsi.dcm");
    const Ended ended = bench(file);
    QCOMPARE(ended.said, std::string());
    const QJsonObject result = QJsonDocument::fromJson(QByteArray::fromStdString(ended.output)).object();
    QVERIFY(result[QStringLiteral("geneglass_tiles_per_s")].toDouble() > 0);
    for (const char* key : {"openslide_tiles_per_s", "max_difference"})
      QVERIFY(result[QLatin1String(key)].isNull());
    QVERIFY(bench(file, {}).output.find("does not open it") != std::string::npos);
  }

  void whatCannotBeMeasuredIsASentenceAndStatus1() {
    const Ended absent = bench("/nowhere/absent.svs");
    QCOMPARE(absent.status, 1);
    QCOMPARE(absent.output, std::string());
    QCOMPARE(absent.said, std::string("Cannot open '/nowhere/absent.svs': there is no such file."));

    const std::string file = made({.levels = 2});
    FileBytes bytes(file);
    bytes.putTileValue(TIFFTAG_TILEOFFSETS, 4, bytes.size() - 10);
    bytes.write(file);
    const Ended torn = bench(file);
    QCOMPARE(torn.status, 1);
    QCOMPARE(torn.said, "Cannot read tile (level 0, column 1, row 1) of '" + file +
                            "': its bytes lie beyond the end of the file.");
  }

  void aWrongCallEndsWithStatus2() {
    QCOMPARE(bench("a.svs", {"--threads", "0"}).status, 2);
    QCOMPARE(bench("a.svs", {"--nonsense"}).status, 2);
  }
};

}  // namespace geneglass::tile_benchmark_test

GENEGLASS_TEST(geneglass::tile_benchmark_test::TileBenchmarkTest)
#include "tile_benchmark_test.moc"
