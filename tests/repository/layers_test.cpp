// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <fstream>
#include <iterator>

#include "tests/repository/layer_rules.h"
#include "tests/repository/rooms.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::layers_test {

using geneglass::testing::circles;
using geneglass::testing::Room;
using geneglass::testing::rooms;
using geneglass::testing::sourceFolder;
using geneglass::testing::violations;

class LayersTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFileThatBreaksARuleIsFound_data();
  void aFileThatBreaksARuleIsFound();
  void aRoomIncludesOnlyRoomsBeforeIt();
  void aCircleOfFilesIsFound();
  void everySourceFileKeepsTheRules();
};

static const std::string kLicence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

void LayersTest::aFileThatBreaksARuleIsFound_data() {
  QTest::addColumn<QString>("path");
  QTest::addColumn<QString>("text");
  QTest::addColumn<QString>("sentence");
  const auto row = [](const char* name, const char* path, const std::string& text, const char* sentence) {
    QTest::newRow(name) << QString::fromUtf8(path) << QString::fromStdString(text)
                        << QString::fromUtf8(sentence);
  };
  row("no licence", "viewer/slide/a.h", "#pragma once\n", "viewer/slide/a.h: no licence line");
  row("too long", "viewer/slide/a.h", kLicence + std::string(400, '\n'),
      "viewer/slide/a.h: 401 lines, 400 are the most");
  row("in no room", "viewer/a.h", kLicence, "viewer/a.h: in no room of the table");
  row("foundation includes slide", "viewer/foundation/a.h", kLicence + "#include \"viewer/slide/slide.h\"\n",
      "viewer/foundation/a.h: its room may not include viewer/slide/slide.h");
  row("slide includes canvas", "viewer/slide/a.h", kLicence + "#include \"viewer/canvas/viewport.h\"\n",
      "viewer/slide/a.h: its room may not include viewer/canvas/viewport.h");
  row("slide includes Qt", "viewer/slide/a.cpp", kLicence + "#include <QString>\n",
      "viewer/slide/a.cpp: Qt is not for this room: QString");
  row("canvas includes inference", "viewer/canvas/a.cpp",
      kLicence + "#include \"inference/prediction/prediction.h\"\n",
      "viewer/canvas/a.cpp: its room may not include inference/prediction/prediction.h");
  row("inference includes canvas", "inference/a.cpp", kLicence + "  #  include \"viewer/canvas/heatmap.h\"\n",
      "inference/a.cpp: its room may not include viewer/canvas/heatmap.h");
  row("a prediction includes a head", "inference/prediction/a.h",
      kLicence + "#include \"inference/head/slide_head.h\"\n",
      "inference/prediction/a.h: its room may not include inference/head/slide_head.h");
  row("inference includes learning", "inference/a.cpp",
      kLicence + "#include \"inference/learning/cohort/cohort.h\"\n",
      "inference/a.cpp: its room may not include inference/learning/cohort/cohort.h");
  row("learning draws", "inference/learning/evaluation/a.cpp",
      kLicence + "#include \"app/pages/svg_chart.h\"\n",
      "inference/learning/evaluation/a.cpp: its room may not include app/pages/svg_chart.h");
  row("torch in a header", "inference/torch/a.h", kLicence + "#include <torch/torch.h>\n",
      "inference/torch/a.h: LibTorch is not for this file: torch/torch.h");
  row("torch by way of its header", "inference/torch/a.h",
      kLicence + "#include \"inference/torch/torch_modules.h\"\n",
      "inference/torch/a.h: a header may not include inference/torch/torch_modules.h");
  row("torch in a room without it", "inference/learning/cohort/a.cpp",
      kLicence + "#include <torch/torch.h>\n",
      "inference/learning/cohort/a.cpp: LibTorch is not for this file: torch/torch.h");
  row("torch in an overlay", "overlays/a.cpp", kLicence + "#include <torch/script.h>\n",
      "overlays/a.cpp: LibTorch is not for this file: torch/script.h");
  row("an overlay includes the encoder", "overlays/a.cpp",
      kLicence + "#include \"inference/encoder/encoder.h\"\n",
      "overlays/a.cpp: its room may not include inference/encoder/encoder.h");
  row("OpenGL in the app", "app/desktop/window/a.cpp", kLicence + "#include <QOpenGLFunctions>\n",
      "app/desktop/window/a.cpp: OpenGL is in viewer/canvas only: QOpenGLFunctions");
  row("widgets on the command line", "app/command_line/a.cpp", kLicence + "#include <QWidget>\n",
      "app/command_line/a.cpp: widgets are not for this room: QWidget");
  row("the command line includes the desktop", "app/command_line/a.cpp",
      kLicence + "#include \"app/desktop/session/slide_session.h\"\n",
      "app/command_line/a.cpp: its room may not include app/desktop/session/slide_session.h");
  row("a session includes the window", "app/desktop/session/a.cpp",
      kLicence + "#include \"app/desktop/window/main_window.h\"\n",
      "app/desktop/session/a.cpp: its room may not include app/desktop/window/main_window.h");
  row("an overlay includes app", "overlays/a.cpp",
      kLicence + "#include \"app/desktop/session/slide_session.h\"\n",
      "overlays/a.cpp: its room may not include app/desktop/session/slide_session.h");
  row("nothing wrong", "overlays/a.cpp",
      kLicence + "#include \"inference/prediction/prediction.h\"\n#include <QPainter>\n", "");
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

void LayersTest::aRoomIncludesOnlyRoomsBeforeIt() {
  std::set<std::string> before{"viewer/foundation/"};
  for (const Room& room : rooms()) {
    for (const std::string& other : room.mayInclude)
      QVERIFY2(before.contains(other), qPrintable(QString::fromStdString(room.folder + " -> " + other)));
    before.insert(room.folder);
  }
}

void LayersTest::aCircleOfFilesIsFound() {
  const std::map<std::string, std::string> texts{
      {"a/one.h", "#include \"a/two.h\"\n"},
      {"a/two.h", ""},
      {"a/two.cpp", "#include \"a/two.h\"\n#include \"b/three.h\"\n"},
      {"b/three.h", ""},
      {"b/three.cpp", "#include \"b/three.h\"\n#include \"a/one.h\"\n"},
  };
  const auto found = circles(texts);
  QCOMPARE(found.size(), size_t(1));
  QCOMPARE(QString::fromStdString(found.front()),
           QStringLiteral("a circle of includes: a/one -> a/two -> b/three -> a/one"));
}

void LayersTest::everySourceFileKeepsTheRules() {
  std::map<std::string, std::string> texts;
  std::vector<std::string> found;
  for (const char* folder : {"viewer", "inference", "overlays", "app", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceFolder() / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream stream(entry.path());
      std::string text{std::istreambuf_iterator<char>(stream), {}};
      const auto path = std::filesystem::relative(entry.path(), sourceFolder()).generic_string();
      for (const auto& sentence : violations(path, text)) found.push_back(sentence);
      texts.emplace(path, std::move(text));
    }
  }
  for (const auto& sentence : circles(texts)) found.push_back(sentence);
  for (const auto& sentence : found) qWarning("%s", sentence.c_str());
  QVERIFY2(texts.size() > 700, "the test must run on the project's sources");
  QCOMPARE(found.size(), 0u);
}

}  // namespace geneglass::layers_test

GENEGLASS_TEST(geneglass::layers_test::LayersTest)
#include "layers_test.moc"
