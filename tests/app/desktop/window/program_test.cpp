// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <QImage>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <filesystem>

#include "app/desktop/case/case_place.h"
#include "inference/synthetic/synthetic_cohort.h"
#include "tests/support/called_program.h"
#include "tests/support/shipped_section.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"

using namespace geneglass::testing;

namespace geneglass::program_test {

/// Calls the built program as a user does.
class ProgramTest final : public QObject {
  Q_OBJECT

 private:
  std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }

  /// A case with a large green square, of the slide or of another one.
  std::string madeCase(const std::string& name, bool ofTheSlide) const {
    SlideIdentity slide = identityOf(*openSlide(m_slide)->slide);
    if (!ofTheSlide) slide = {"other.svs", std::string(64, 'e'), slide.size};
    CaseContent content{slide, {}, {}, 0, {}};
    content.base.all.push_back(std::make_shared<const Annotation>(
        Annotation{"a", rectangleArea({500, 500, 1000, 1000}), {}, "Square", {}, 0xff00ff00, false}));
    const auto made = CaseFile::create(path(name), content);
    return made ? path(name) : made.error().sentence;
  }
  static int greenPixels(const std::string& file) {
    const QImage picture(QString::fromStdString(file));
    int count = 0;
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x) {
        const QRgb pixel = picture.pixel(x, y);
        count += qGreen(pixel) > 200 && qRed(pixel) < 60 && qBlue(pixel) < 60;
      }
    return count;
  }

  QTemporaryDir m_folder;
  std::string m_slide;

 private Q_SLOTS:
  void initTestCase();
  void wrongCallsEndWithStatus2AndTheUsage_data();
  void wrongCallsEndWithStatus2AndTheUsage();
  void refusedFilesEndWithStatus1AndASentence_data();
  void refusedFilesEndWithStatus1AndASentence();
  void aPipeIsNotWaitedOn();
  void aMissingModelEndsWithStatus1AndNamesIt();
  void withoutAScreenItEndsWithStatus1AndASentence();
  void aSnapshotOfTheSlideIsDrawn();
  void aSnapshotShowsTheCaseThatIsNamed();
  void aCaseThatDoesNotFitEndsWithStatus1AndASentence();
  void aRegionOutsideTheSlideIsRefused();
  void spotsThatAreNotThereEndWithStatus1AndNoPicture();
  void measuredAndPredictedAreDrawnSideBySide();
  void aSnapshotShowsTheOverlayThatIsNamedOrSaysWhyNot();
};

void ProgramTest::initTestCase() {
  QVERIFY(writeSyntheticCohort(path("slides"), {.slides = 1, .size = {2048, 2048}}));
  m_slide = path("slides/synthetic-1-0001.tif");
}

void ProgramTest::wrongCallsEndWithStatus2AndTheUsage_data() {
  QTest::addColumn<QString>("words");
  const auto row = [](const char* name, const char* words) {
    QTest::newRow(name) << QString::fromLatin1(words);
  };
  row("unknown option", "--nonsense");
  row("a snapshot of two slides", "a.svs b.svs --snapshot a.png");
  row("a report of two slides", "a.svs b.svs --report a.pdf");
  row("less memory than a view needs", "a.svs --memory 255");
  row("snapshot without slide", "--snapshot out.png");
  row("report without slide", "--report out.pdf");
  row("region without snapshot", "a.svs --region 0,0,10,10");
  row("size without snapshot", "a.svs --size 100x100");
  row("region of three numbers", "a.svs --snapshot o.png --region 1,2,3");
  row("region with words", "a.svs --snapshot o.png --region a,b,c,d");
  row("empty region", "a.svs --snapshot o.png --region 0,0,0,10");
  row("size with trailing text", "a.svs --snapshot o.png --size 100x100x3");
  row("size too small", "a.svs --snapshot o.png --size 1x1");
  row("size too large", "a.svs --snapshot o.png --size 99999x99999");
  row("snapshot and report", "a.svs --snapshot o.png --report o.pdf");
  row("option without value", "a.svs --gene");
  row("spots without slide", "--spots folder");
  row("spots of two slides", "a.svs b.svs --spots folder");
  row("a report with spots", "a.svs --report o.pdf --spots folder");
  row("pixels of no size", "a.svs --mpp 0");
  row("pixel size in words", "a.svs --mpp small");
}

void ProgramTest::wrongCallsEndWithStatus2AndTheUsage() {
  QFETCH(QString, words);
  const Ended ended = call(wordsOf(words.toStdString()));
  QCOMPARE(ended.status, 2);
  QVERIFY2(ended.said.find("Usage: geneglass") != std::string::npos, ended.said.c_str());
}

void ProgramTest::refusedFilesEndWithStatus1AndASentence_data() {
  QTest::addColumn<QString>("more");
  QTest::newRow("window") << QString();
  QTest::newRow("snapshot") << QStringLiteral("--snapshot never.png");
  QTest::newRow("report") << QStringLiteral("--report never.pdf");
}

void ProgramTest::refusedFilesEndWithStatus1AndASentence() {
  QFETCH(QString, more);
  const Ended ended = call(Words{"/nowhere/absent.svs"} + wordsOf(more.toStdString()));
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.find("/nowhere/absent.svs") != std::string::npos, ended.said.c_str());
  QCOMPARE(std::count(ended.said.begin(), ended.said.end(), '\n'), 0);
  QVERIFY(!std::filesystem::exists("never.png") && !std::filesystem::exists("never.pdf"));
}

void ProgramTest::aPipeIsNotWaitedOn() {
  const QTemporaryDir folder;
  const std::string pipe = folder.filePath(QStringLiteral("pipe.svs")).toStdString();
  QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
  for (const Words& words :
       {Words{pipe}, Words{pipe, "--snapshot", "never.png"}, Words{pipe, "--report", "never.pdf"}}) {
    const Ended ended = call(words);
    QVERIFY2(ended.said == "Cannot open '" + pipe + "': it is a pipe, not a file.", ended.said.c_str());
    QCOMPARE(ended.status, 1);
  }
}

void ProgramTest::aMissingModelEndsWithStatus1AndNamesIt() {
  const Ended ended = call({"--model", "/nowhere/model"});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.find("/nowhere/model") != std::string::npos, ended.said.c_str());
}

void ProgramTest::withoutAScreenItEndsWithStatus1AndASentence() {
  const Ended ended = call({}, {{"DISPLAY", ""}, {"WAYLAND_DISPLAY", ""}, {"QT_QPA_PLATFORM", "xcb"}});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.find("Geneglass cannot open a window") != std::string::npos, ended.said.c_str());
}

void ProgramTest::aSnapshotOfTheSlideIsDrawn() {
  const std::string file = path("snapshot.png");
  const Ended ended = call({m_slide, "--snapshot", file, "--size", "800x600"});
  QVERIFY2(ended.status == 0, ended.said.c_str());
  const QImage picture(QString::fromStdString(file));
  QCOMPARE(picture.width(), 800);
  QVERIFY(picture.height() >= 600);
}

/// A case beside the slide is shown only where it is named; it stays as it is.
void ProgramTest::aSnapshotShowsTheCaseThatIsNamed() {
  const std::string beside = madeCase("slides/synthetic-1-0001.geneglass", true);
  const std::string before = bytesOfFile(beside);
  const std::string without = path("without.png"), with = path("with.png");
  const Ended first = call({m_slide, "--snapshot", without, "--size", "800x600", "--plain"});
  QVERIFY2(first.status == 0, first.said.c_str());
  QCOMPARE(greenPixels(without), 0);
  const Ended second = call({m_slide, "--snapshot", with, "--size", "800x600", "--plain", "--case", beside});
  QVERIFY2(second.status == 0, second.said.c_str());
  QVERIFY2(greenPixels(with) > 1000, std::to_string(greenPixels(with)).c_str());
  QCOMPARE(bytesOfFile(beside), before);
  QVERIFY(std::filesystem::remove(beside));
}

void ProgramTest::aCaseThatDoesNotFitEndsWithStatus1AndASentence() {
  const std::string file = path("case.png"), other = madeCase("other.geneglass", false);
  const auto sentence = [&](const std::string& named) {
    const Ended ended = call({m_slide, "--snapshot", file, "--case", named});
    return std::to_string(ended.status) + ": " + ended.said;
  };
  QCOMPARE(sentence(other),
           "1: '" + other + "' is the case of another slide, 'other.svs', not of 'synthetic-1-0001.tif'.");
  QCOMPARE(sentence("/nowhere/a.geneglass"),
           std::string("1: Cannot open the case '/nowhere/a.geneglass': No such file or directory."));
  QVERIFY(!std::filesystem::exists(file));
}

void ProgramTest::aRegionOutsideTheSlideIsRefused() {
  const std::string file = path("outside.png");
  const Ended ended = call({m_slide, "--snapshot", file, "--region", "90000,90000,100,100"});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.find("synthetic-1-0001.tif") != std::string::npos, ended.said.c_str());
  QVERIFY(!std::filesystem::exists(file));
}

void ProgramTest::spotsThatAreNotThereEndWithStatus1AndNoPicture() {
  const std::string file = path("never.png");
  const Ended ended = call({m_slide, "--snapshot", file, "--spots", "/nowhere"});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.said.find("Cannot read the spots in '/nowhere': there is no such file or folder.") !=
               std::string::npos,
           ended.said.c_str());
  QVERIFY(!std::filesystem::exists(file));
}

void ProgramTest::measuredAndPredictedAreDrawnSideBySide() {
  const std::string section = shippedSection().string();
  const std::string model = (sourceFolder() / "resources/models/breast-her2st").string();
  const std::string file = path("both.png");
  const Ended ended = call({section + "/her2st-C5.tif", "--model", model, "--spots", section, "--gene",
                            "CEACAM6", "--snapshot", file, "--size", "1200x800"});
  QVERIFY2(ended.status == 0, ended.said.c_str());
  const QImage picture(QString::fromStdString(file));
  QCOMPARE(picture.width(), 1200);
  // The same tissue left and right, under different maps.
  int alike = 0, differ = 0;
  for (int y = 0; y < 600; y += 3)
    for (int x = 0; x < 600; x += 3) {
      const bool same = picture.pixel(x, y) == picture.pixel(x + 600, y);
      same ? ++alike : ++differ;
    }
  QVERIFY2(alike > 10000 && differ > 4000, qPrintable(QStringLiteral("%1 %2").arg(alike).arg(differ)));
}

void ProgramTest::aSnapshotShowsTheOverlayThatIsNamedOrSaysWhyNot() {
  const std::string section = (shippedSection() / "her2st-C5.tif").string();
  const std::string bare = path("bare.png"), shown = path("shown.png"), file = path("refused.png");
  const auto sentence = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{
        section,     "--model", (sourceFolder() / "resources/models/breast-her2st").string(),
        "--size",    "600x400", "--plain",
        "--snapshot"};
    all.insert(all.end(), words.begin(), words.end());
    const Ended ended = call(all);
    return std::to_string(ended.status) + ": " + ended.said;
  };
  QCOMPARE(sentence({bare}), std::string("0: "));
  QVERIFY(sentence({shown, "--show", "unlike_training"}).starts_with("0: "));
  const QImage without(QString::fromStdString(bare)), with(QString::fromStdString(shown));
  QCOMPARE(with.size(), without.size());
  int differ = 0;
  for (int y = 0; y < with.height(); ++y)
    for (int x = 0; x < with.width(); ++x) differ += with.pixel(x, y) != without.pixel(x, y);
  QVERIFY2(differ > 10000, std::to_string(differ).c_str());
  QVERIFY(
      sentence({file, "--show", "tile_classes"})
          .ends_with("Overlay 'tile_classes': This model tells no classes of tiles apart; Slide > Subtype by "
                     "Templates does, by marker genes."));
  QVERIFY(sentence({file, "--show", "attention"}).starts_with("1: "));
  QVERIFY(sentence({file, "--show", "nothing"})
              .starts_with("1: There is no overlay 'nothing'; there are attention, gene_expression, "));
  QVERIFY(!std::filesystem::exists(file));
}

}  // namespace geneglass::program_test

GENEGLASS_TEST(geneglass::program_test::ProgramTest)
#include "program_test.moc"
