// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <fstream>
#include <iterator>

#include "tests/repository/layer_rules.h"
#include "tests/support/test_files.h"

using geneglass::testing::sourceFolder;
using geneglass::testing::violations;

class LayersTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFileThatBreaksARuleIsFound_data();
  void aFileThatBreaksARuleIsFound();
  void everySourceFileKeepsTheRules();
};

static const std::string licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

void LayersTest::aFileThatBreaksARuleIsFound_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("sentence");
  const auto row = [](const char* name, const char* path, const std::string& text, const char* sentence) {
    QTest::newRow(name) << QString::fromUtf8(path) << QString::fromStdString(text)
                        << QString::fromUtf8(sentence);
  };
  row("no licence", "viewer/slide/a.h", "#pragma once\n", "viewer/slide/a.h: no licence line");
  row("too long", "viewer/slide/a.h", licence + std::string(400, '\n'),
      "viewer/slide/a.h: 401 lines and no reason given");
  row("slide includes canvas", "viewer/slide/a.h", licence + "#include \"viewer/canvas/viewport.h\"\n",
      "viewer/slide/a.h: its layer may not include viewer/canvas/viewport.h");
  row("slide includes Qt", "viewer/slide/a.cpp", licence + "#include <QString>\n",
      "viewer/slide/a.cpp: Qt is not for this layer: QString");
  row("canvas includes inference", "viewer/canvas/a.cpp", licence + "#include \"inference/prediction.h\"\n",
      "viewer/canvas/a.cpp: its layer may not include inference/prediction.h");
  row("inference includes canvas", "inference/a.cpp", licence + "  #  include \"viewer/canvas/heatmap.h\"\n",
      "inference/a.cpp: its layer may not include viewer/canvas/heatmap.h");
  row("inference includes learning", "inference/a.cpp",
      licence + "#include \"inference/learning/cohort.h\"\n",
      "inference/a.cpp: inference may not include learning: inference/learning/cohort.h");
  row("torch in a header", "inference/a.h", licence + "#include <torch/torch.h>\n",
      "inference/a.h: LibTorch is not for this file: torch/torch.h");
  row("torch by way of its header", "inference/a.h", licence + "#include \"inference/torch_modules.h\"\n",
      "inference/a.h: a header may not include inference/torch_modules.h");
  row("torch in an overlay", "overlays/a.cpp", licence + "#include <torch/script.h>\n",
      "overlays/a.cpp: LibTorch is not for this file: torch/script.h");
  row("OpenGL in the app", "app/desktop/a.cpp", licence + "#include <QOpenGLFunctions>\n",
      "app/desktop/a.cpp: OpenGL is in viewer/canvas only: QOpenGLFunctions");
  row("widgets on the command line", "app/command_line/a.cpp", licence + "#include <QWidget>\n",
      "app/command_line/a.cpp: widgets are not for this layer: QWidget");
  row("the command line includes the desktop", "app/command_line/a.cpp",
      licence + "#include \"app/desktop/session.h\"\n",
      "app/command_line/a.cpp: its layer may not include app/desktop/session.h");
  row("an overlay includes app", "overlays/a.cpp", licence + "#include \"app/desktop/session.h\"\n",
      "overlays/a.cpp: its layer may not include app/desktop/session.h");
  row("nothing wrong", "overlays/a.cpp",
      licence + "#include \"inference/prediction.h\"\n#include <QPainter>\n", "");
}

void LayersTest::aFileThatBreaksARuleIsFound() {
  QFETCH(QString, path);
  QFETCH(QString, text);
  QFETCH(QString, sentence);
  const auto found = violations(path.toStdString(), text.toStdString());
  if (sentence.isEmpty()) {
    QCOMPARE(found.size(), 0u);
    return;
  }
  QCOMPARE(found.size(), 1u);
  QCOMPARE(QString::fromStdString(found.front()), sentence);
}

void LayersTest::everySourceFileKeepsTheRules() {
  int files = 0;
  std::vector<std::string> found;
  for (const char* folder : {"viewer", "inference", "overlays", "app", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceFolder() / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream stream(entry.path());
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      const auto path = std::filesystem::relative(entry.path(), sourceFolder()).generic_string();
      for (const auto& sentence : violations(path, text)) found.push_back(sentence);
      ++files;
    }
  }
  for (const auto& sentence : found) qWarning("%s", sentence.c_str());
  QVERIFY2(files > 40, "the test must run on the project's sources");
  QCOMPARE(found.size(), 0u);
}

QTEST_GUILESS_MAIN(LayersTest)
#include "layers_test.moc"
