// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/faulty_call.h"
#include "tests/support/test_program.h"
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
