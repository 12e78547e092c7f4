// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/pictures/picture_process.h"
#include "viewer/slide/slide_probe.h"

namespace geneglass::crashing_decoder_test {

using namespace geneglass::testing;

/// Decoders that really crash or hang, in the process that opens a slide first: this one lives.
class CrashingDecoderTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  static Result<void> checked(const std::filesystem::path& slide, const std::string& decoder) {
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", QByteArray::fromStdString(decoder));
    SlideProbe probe({}, std::chrono::milliseconds(2000));
    Result<void> outcome = probe.check(slide);
    for (const char* name : {"LD_PRELOAD", "FAULTS_DECODER"}) qunsetenv(name);
    return outcome;
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 1, 1024); }

  void aCrashOrAHangIsASentence_data() {
    QTest::addColumn<QString>("decoder");
    QTest::addColumn<QString>("says");
    for (const char* function : {"TIFFClientOpen", "jpeg_read_header", "jpeg_start_decompress"}) {
      QTest::addRow("%s aborts", function)
          << QStringLiteral("%1:abort").arg(QLatin1String(function)) << "crashed (Aborted)";
      QTest::addRow("%s reads beyond", function)
          << QStringLiteral("%1:segv").arg(QLatin1String(function)) << "crashed (Segmentation fault)";
      QTest::addRow("%s hangs", function)
          << QStringLiteral("%1:loop").arg(QLatin1String(function)) << "did not come to an end within 2 s";
    }
  }

  void aCrashOrAHangIsASentence() {
    QFETCH(QString, decoder);
    QFETCH(QString, says);
    const std::string slide = m_folder.slide("slides", 1);
    const Result<void> outcome = checked(slide, decoder.toStdString());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().sentence, "Cannot open '" + slide + "': what reads it " + says.toStdString() +
                                           "; the file is damaged, or not what it says it is.");
    QVERIFY(checked(slide, "nothing:at all"));
  }

  /// Pictures are decoded in a process of their own from the first row to the last.
  void ofAPictureTheRestIsLost_data() {
    QTest::addColumn<std::string>("kind");
    QTest::addColumn<std::string>("decoder");
    QTest::newRow("JPEG 2000 aborts") << std::string("j2k") << std::string("opj_decode:abort");
    QTest::newRow("WebP reads beyond") << std::string("webp") << std::string("WebPIAppend:segv");
    QTest::newRow("PNG aborts at its 400th row")
        << std::string("png") << std::string("png_read_row:abort:400");
  }

  void ofAPictureTheRestIsLost() {
    QFETCH(std::string, kind);
    QFETCH(std::string, decoder);
    const std::string file = m_folder.path("a." + kind);
    if (kind == "png") writePng(file, {});
    if (kind == "webp") writeWebp(file, 700, 530);
    if (kind == "j2k") {
      const std::vector<uint8_t> stream = jpeg2000Bytes({.tile = 512}, {}, 0, 0);
      writeBytes(file, stream.data(), stream.size());
    }
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", QByteArray::fromStdString(decoder));
    const Result<OpenedSlide> opened = openSlide(file);
    for (const char* name : {"LD_PRELOAD", "FAULTS_DECODER"}) qunsetenv(name);
    QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
    const Result<TilePtr> last = opened->source->read({0, 1, 1});
    QVERIFY2(last, last ? "" : last.error().sentence.c_str());
    QCOMPARE((*last)->damage, "Cannot read tile (level 0, column 1, row 1) of '" + file +
                                  "': what reads it crashed (" +
                                  (decoder.ends_with("segv") ? "Segmentation fault" : "Aborted") +
                                  "); the file is damaged, or not what it says it is.");
    QCOMPARE((*opened->source->read({0, 0, 0}))->damaged, kind != "png");
  }

  void aPicturesDecoderThatNeverEndsIsEnded() {
    const std::string file = m_folder.path("endless.png");
    writePng(file, {});
    qputenv("LD_PRELOAD", GENEGLASS_FAULTS);
    qputenv("FAULTS_DECODER", "png_read_row:spin:400");
    const auto opened = openPictureElsewhere(*readFileHead(file), {}, 0.5);
    for (const char* name : {"LD_PRELOAD", "FAULTS_DECODER"}) qunsetenv(name);
    QVERIFY(opened && *opened);
    Image rows = Image::unset(700, 530);
    const RowsRead read = (*opened)->rows.next(rows);
    QCOMPARE(read.count, 0);
    QCOMPARE(read.reason,
             "what reads it did not come to an end; the file is damaged, or not what it says it is");
  }

  void openSlidesToo() {
    GENEGLASS_NEED(slide, "slides/small_HE_levels.tiff");
    for (const char* how : {"abort", "segv", "loop"}) {
      const Result<void> outcome = checked(slide, std::string("openslide_open:") + how);
      QVERIFY2(!outcome && outcome.error().sentence.ends_with("or not what it says it is."), how);
    }
  }
};

}  // namespace geneglass::crashing_decoder_test

GENEGLASS_TEST(geneglass::crashing_decoder_test::CrashingDecoderTest)
#include "crashing_decoder_test.moc"
