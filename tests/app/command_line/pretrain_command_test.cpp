// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <algorithm>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/free_port.h"
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

  static QImage drawnPicture(int i) {
    QImage picture(48, 48, QImage::Format_RGB32);
    for (int y = 0; y < 48; ++y)
      for (int x = 0; x < 48; ++x)
        picture.setPixel(x, y, qRgb(120 + i, (x * (i + 3) + y * (i % 7)) % 200, (x * y + 5 * i) % 256));
    return picture;
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

  /// One that is killed ends the others with a sentence; called again they go on, and end with the bytes that
  /// one process leaves.
  void twoProcessesLearnWhatOneLearns() {
    std::filesystem::create_directories(m_folder.path("pictures"));
    for (int i = 0; i < 96; ++i)
      drawnPicture(i).save(QString::fromStdString(m_folder.path("pictures/")) +
                           QStringLiteral("%1.png").arg(i));
    const auto words = [&](const std::string& out) {
      return Words{"pretrain",    m_folder.path("pictures"),
                   "--recipe",    "contrast",
                   "--encoder",   "small",
                   "--epochs",    "8",
                   "--batch",     "64",
                   "--threads",   "1",
                   "--negatives", "64",
                   "--out",       m_folder.path(out)};
    };
    QCOMPARE(call(words("alone")).status, 0);
    const std::string port = std::to_string(freePort());
    const auto variables = [&](const char* rank) {
      return Variables{{"RANK", rank}, {"WORLD_SIZE", "2"}, {"MASTER_PORT", port}};
    };
    {
      CalledProgram first(GENEGLASS_PROGRAM, words("both"), variables("0"));
      {
        CalledProgram second(GENEGLASS_PROGRAM, words("both"), variables("1"));
        const std::string curve = m_folder.path("both.curve.csv");
        const auto rows = [&] {
          const std::string text = std::filesystem::exists(curve) ? bytesOfFile(curve) : std::string();
          return std::count(text.begin(), text.end(), '\n');
        };
        QTRY_VERIFY_WITH_TIMEOUT(rows() > 2, 60'000);
      }
      const Ended ended = first.ended();
      QCOMPARE(ended.status, 1);
      QVERIFY2(ended.said.find("lost another of its 2 processes (") != std::string::npos, ended.said.c_str());
      QVERIFY(!std::filesystem::exists(m_folder.path("both")));
    }
    CalledProgram second(GENEGLASS_PROGRAM, words("both"), variables("1"));
    const Ended first = callProgram(GENEGLASS_PROGRAM, words("both"), variables("0")), other = second.ended();
    QVERIFY2(first.status == 0 && other.status == 0, (first.said + other.said).c_str());
    QVERIFY(first.output.starts_with("Trained on ") && other.output.empty());
    QCOMPARE(bytesOfFile(m_folder.path("both.curve.csv")), bytesOfFile(m_folder.path("alone.curve.csv")));
    QCOMPARE(bytesOfFile(m_folder.path("both/encoder.h5")), bytesOfFile(m_folder.path("alone/encoder.h5")));
  }

  void aBatchThatCannotBeSharedIsRefused() {
    const Ended ended = call(contrast("shared"), {{"RANK", "1"}, {"WORLD_SIZE", "2"}});
    QCOMPARE(ended.status, 1);
    QVERIFY2(ended.said.ends_with(
                 "shared': a batch of 4 tiles in parts of 32 cannot be shared evenly by 2 processes."),
             ended.said.c_str());
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
