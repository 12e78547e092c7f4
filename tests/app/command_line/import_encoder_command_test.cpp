// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/inference/import/made_foreign.h"
#include "tests/support/test_program.h"
#include "tests/support/written_npz.h"

namespace geneglass::import_encoder_command_test {

using namespace geneglass::testing;

/// `geneglass-cli import-encoder`, called as a user calls it.
class ImportEncoderCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words importing(const std::string& source, const std::string& out) const {
    return {"import-encoder", source,   "--out", m_folder.path(out), "--mpp", "1", "--licence",
            "CC0-1.0",        "--tile", "32"};
  }

 private Q_SLOTS:
  void initTestCase() {
    const EncoderFacts facts = narrowMobileNet();
    writeNpz(m_folder.path("mobilenet.npz"), numbered(facts, madeMobileNet(facts, 3)));
    m_folder.paint("slides", 1);
  }

  void itLeavesAPackageThatSlidesAreReadWith() {
    const Ended ended = call(importing(m_folder.path("mobilenet.npz"), "encoder") + Words{"--blocks", "11"});
    QVERIFY2(ended.status == 0, ended.said.c_str());
    const std::string said =
        "MobileNetV2 to block 11: 10 numbers a tile of 32 px of 1 um, licence CC0-1.0\n" +
        m_folder.path("encoder") + " written, ";
    QVERIFY2(ended.output.starts_with(said), ended.output.c_str());
    QCOMPARE(filesIn(m_folder.path("encoder")), std::string("encoder.h5 manifest.json self_test.h5"));
    const auto manifest = jsonOfFile(m_folder.path("encoder/manifest.json"));
    QCOMPARE(manifest.at("licence").get<std::string>(), std::string("CC0-1.0"));
    QCOMPARE(manifest.at("statement").get<std::string>(),
             std::string("MobileNetV2 to block 11, imported from 'mobilenet.npz'"));
    const Ended read = call({"extract", m_folder.slide("slides", 1), "--model", m_folder.path("encoder"),
                             "--out", m_folder.path("bags")});
    QVERIFY2(read.status == 0, read.said.c_str());
  }

  void whatItCannotReadIsSaidInOneSentence() {
    const std::string junk = m_folder.write("junk.npz", "junk");
    GENEGLASS_REFUSED(importing(junk, "none"),
                      "Cannot read '" + junk + "': it is no zip archive, or not whole (Not a zip archive).");
    const std::string good = m_folder.path("mobilenet.npz");
    GENEGLASS_REFUSED(
        Words({"import-encoder", good, "--out", m_folder.path("none"), "--mpp", "1"}),
        "Cannot import '" + good + "': it does not say under which licence it is; --licence does.");
    GENEGLASS_REFUSED(Words({"import-encoder", good, "--out", m_folder.path("none"), "--licence", "CC0-1.0"}),
                      "Cannot import '" + good +
                          "': it does not say how many micrometres a pixel of its tiles is; --mpp does.");
    QVERIFY(!std::filesystem::exists(m_folder.path("none")));
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"import-encoder a.npz", "import-encoder a.npz --out o --licence L --mpp 0",
                              "import-encoder --out o --licence L --mpp 1"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::import_encoder_command_test

GENEGLASS_TEST(geneglass::import_encoder_command_test::ImportEncoderCommandTest)
#include "import_encoder_command_test.moc"
