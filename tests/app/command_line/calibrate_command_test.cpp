// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/processor_precision.h"
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::calibrate_command_test {

using namespace geneglass::testing;

/// `geneglass-cli calibrate`, called as a user calls it.
class CalibrateCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 4); }

  void whatItFindsIsKeptInTheManifest() {
    if (!geneglass::processorHasInt8()) QSKIP("this processor has no AVX-512 VNNI: int8 is not used on it");
    const std::string model = m_folder.model();
    const Ended ended = call(Words{"calibrate", model} + m_folder.slides("slides", 4));
    QCOMPARE(ended.said, std::string());
    QCOMPARE(ended.status, 0);
    QVERIFY2(ended.output.starts_with("int8 against float32 on "), ended.output.c_str());
    QVERIFY(jsonOfFile(model + "/manifest.json").contains("int8"));
  }

  void aProcessorThatCannotIsNamedAndTheModelStaysAsItWas() {
    if (geneglass::processorHasInt8()) QSKIP("this processor has the instructions");
    const std::string model = m_folder.model(32), before = bytesOfFile(model + "/manifest.json");
    GENEGLASS_REFUSED(Words({"calibrate", model}) + m_folder.slides("slides", 4),
                      "Cannot calibrate '" + model +
                          "' for int8: this processor lacks the instructions for int8 (AVX-512 VNNI).");
    QCOMPARE(bytesOfFile(model + "/manifest.json"), before);
  }

  void whatIsNoModelIsRefused() {
    GENEGLASS_REFUSED(Words({"calibrate", "/nowhere"}) + m_folder.slides("slides", 4),
                      "Cannot use the model package '/nowhere': there is no readable manifest.json in it.");
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"calibrate model", "calibrate model a.svs --tiles 0"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::calibrate_command_test

GENEGLASS_TEST(geneglass::calibrate_command_test::CalibrateCommandTest)
#include "calibrate_command_test.moc"
