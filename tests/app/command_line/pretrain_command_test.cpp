// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::pretrain_command_test {

using namespace geneglass::testing;

/// `geneglass-cli pretrain`, called as a user calls it.
class PretrainCommandTest final : public QObject {
  Q_OBJECT

  CommandFolder m_folder;

  Words contrast(const std::string& out) const {
    return {"pretrain",    m_folder.path("slides"),
            "--recipe",    "contrast",
            "--encoder",   "small",
            "--epochs",    "1",
            "--batch",     "4",
            "--negatives", "16",
            "--out",       m_folder.path(out)};
  }

 private Q_SLOTS:
  void initTestCase() { m_folder.paint("slides", 2); }

  void itLeavesAnEncoderAndItsCurve() {
    const Ended ended = call(contrast("encoder"));
    QVERIFY2(ended.status == 0, ended.said.c_str());
    QVERIFY2(ended.output.starts_with("Trained on "), ended.output.c_str());
    QVERIFY(ended.output.find("\n" + m_folder.path("encoder") + " written, ") != std::string::npos);
    QCOMPARE(filesIn(m_folder.path("encoder")), std::string("encoder.h5 manifest.json"));
    QVERIFY(std::filesystem::exists(m_folder.path("encoder.curve.csv")));
    const auto manifest = jsonOfFile(m_folder.path("encoder/manifest.json"));
    QVERIFY(manifest.is_object() && manifest.contains("encoder") && !manifest.contains("head"));
  }

  void anEncoderThatIsThereIsNotOverwritten() {
    std::filesystem::create_directories(m_folder.path("there"));
    const Ended ended = call(contrast("there"));
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.output, std::string());
    QVERIFY2(ended.said.find("'" + m_folder.path("there") + "'") != std::string::npos, ended.said.c_str());
    QCOMPARE(filesIn(m_folder.path("there")), std::string());
  }

  void aSourceThatIsNoneIsNamed() {
    const Ended ended =
        call({"pretrain", "/nowhere/slides", "--recipe", "contrast", "--out", m_folder.path("none")});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.find("'/nowhere/slides'") != std::string::npos, ended.said.c_str());
    QVERIFY(!std::filesystem::exists(m_folder.path("none")));
  }

  void aWrongCallEndsWithStatus2AndTheUsage() {
    for (const char* words : {"pretrain s --out d", "pretrain s --recipe nonsense --out d",
                              "pretrain s --recipe contrast --out d --batch 1"})
      GENEGLASS_WRONG_CALL(wordsOf(words));
  }
};

}  // namespace geneglass::pretrain_command_test

GENEGLASS_TEST(geneglass::pretrain_command_test::PretrainCommandTest)
#include "pretrain_command_test.moc"
