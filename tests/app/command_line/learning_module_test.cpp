// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>
#include <fstream>
#include <iterator>

#include "tests/app/command_line/command_folder.h"
#include "tests/support/test_program.h"

namespace geneglass::learning_module_test {

using namespace geneglass::testing;

/// What trains is loaded when it is called, and not before.
class LearningModuleTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatDoesNotLearnLoadsNoLibTorch_data();
  void whatDoesNotLearnLoadsNoLibTorch();
  void helpNamesAllCommands();
  void aMissingModuleIsASentence();

 private:
  const CommandFolder m_folder;
};

void LearningModuleTest::whatDoesNotLearnLoadsNoLibTorch_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<bool>("learns");
  QTest::newRow("version") << "--version" << false;
  QTest::newRow("a slide's facts") << "info --help" << false;
  QTest::newRow("prediction") << "predict --help" << false;
  QTest::newRow("calibration") << "calibrate --help" << false;
  QTest::newRow("training") << "train --help" << true;
  QTest::newRow("pretraining") << "pretrain --help" << true;
  QTest::newRow("judging") << "evaluate --help" << true;
}

void LearningModuleTest::whatDoesNotLearnLoadsNoLibTorch() {
  QFETCH(QString, words);
  QFETCH(bool, learns);
  const std::filesystem::path folder = m_folder.path("loader");
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const Ended ended = call(wordsOf(words.toStdString()),
                           {{"LD_DEBUG", "files"}, {"LD_DEBUG_OUTPUT", (folder / "said").string()}});
  QCOMPARE(ended.status, 0);
  std::string said;  // by the loader, of each process
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(file.path());
    said.append(std::istreambuf_iterator<char>(stream), {});
  }
  QVERIFY(said.find("libfmt") != std::string::npos);
  QCOMPARE(said.find("libtorch") != std::string::npos, learns);
}

void LearningModuleTest::helpNamesAllCommands() {
  const Ended ended = call({"--help"});
  QCOMPARE(ended.status, 0);
  for (const char* name :
       {"info", "synth", "extract", "predict", "pretrain", "train", "import-encoder", "calibrate", "domain",
        "models", "evaluate", "spots", "spot-cohort", "compare", "convert", "subtype", "bench", "cache"})
    QVERIFY2(ended.output.find("\n  " + std::string(name) + " ") != std::string::npos, name);
}

void LearningModuleTest::aMissingModuleIsASentence() {
  const std::filesystem::path alone = m_folder.path("bin/geneglass-cli");
  std::filesystem::create_directories(alone.parent_path());
  std::filesystem::copy_file(GENEGLASS_PROGRAM, alone);
  QCOMPARE(callProgram(alone.string(), {"--version"}).status, 0);
  const Ended ended = callProgram(alone.string(), {"train", "--help"});
  QCOMPARE(ended.status, 1);
  QCOMPARE(ended.output, std::string());
  const std::string module = m_folder.path("lib/geneglass/learning.so");
  QVERIFY2(ended.said.starts_with("What trains and judges models cannot be loaded: " + module),
           ended.said.c_str());
  QVERIFY(ended.said.ends_with('.'));
}

}  // namespace geneglass::learning_module_test

GENEGLASS_TEST(geneglass::learning_module_test::LearningModuleTest)
#include "learning_module_test.moc"
