// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/pictures/picture_process.h"

#include <signal.h>

#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <thread>

#include "tests/support/test_program.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"

namespace geneglass::picture_process_test {

using namespace geneglass::testing;
using Opened = Result<std::optional<PlainPicture>>;

/// The processes that this one has started and not yet collected.
std::vector<pid_t> childProcesses() {
  std::vector<pid_t> found;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(task.path() / "children");
    for (pid_t child = 0; file >> child;) found.push_back(child);
  }
  return found;
}

/// All rows of a picture, so many at a time, until there are no more.
std::vector<uint32_t> rowsOf(const PlainPicture& picture, int together, std::string* reason = nullptr) {
  std::vector<uint32_t> pixels;
  for (int64_t left = picture.size.height; left > 0;) {
    Image rows = Image::unset(static_cast<int>(picture.size.width),
                              static_cast<int>(std::min<int64_t>(left, together)));
    const RowsRead read = picture.rows.next(rows);
    pixels.insert(pixels.end(), rows.pixels.begin(),
                  rows.pixels.begin() + std::ptrdiff_t{read.count} * rows.width);
    left -= read.count;
    if (read.count == rows.height) continue;
    if (reason) *reason = read.reason;
    break;
  }
  return pixels;
}

class PictureProcessTest : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path path(const std::string& name) const {
    return m_folder.filePath(QString::fromStdString(name)).toStdString();
  }
  FileHead head(const std::string& name) const { return *readFileHead(path(name)); }
  std::filesystem::path program(const char* name, const std::string& does) const {
    std::ofstream(path(name)) << "#!/bin/bash\n" << does << '\n';
    std::filesystem::permissions(path(name), std::filesystem::perms::owner_all);
    return path(name);
  }
  std::string cannotOpen(const std::string& name, const std::string& reason) const {
    return "Cannot open '" + path(name).string() + "': " + reason + ".";
  }

 private Q_SLOTS:
  void initTestCase() {
    writePng(path("a.png"), {.dotsPerMetre = 2'000'000});
    writePng(path("interlaced.png"), {.colourType = PNG_COLOR_TYPE_RGB_ALPHA, .interlaced = true});
    writeJpeg(path("a.jpg"), JpegRecipe{});
    writeWebp(path("a.webp"), 700, 530);
    writeTiff(path("a.tif"), TiffRecipe{});
    const std::vector<uint8_t> stream = jpeg2000Bytes({.tile = 512}, {}, 0, 0);
    writeBytes(path("a.j2k"), stream.data(), stream.size());
    FileBytes cut(path("a.png"));
    cut.resize(cut.size() / 2);
    cut.write(path("cut.png"));
    std::ofstream(path("text.png")) << "text";
    std::ofstream(path("bad.webp"), std::ios::binary) << "RIFF1234WEBPVP8 and no more";
  }

  void itSaysAndGivesWhatThePictureHolds_data() {
    QTest::addColumn<std::string>("name");
    for (const char* name : {"a.png", "interlaced.png", "a.jpg", "a.webp", "a.tif", "a.j2k", "cut.png"})
      QTest::newRow(name) << std::string(name);
  }
  void itSaysAndGivesWhatThePictureHolds() {
    QFETCH(std::string, name);
    const Opened here = openPicture(head(name)), there = openPictureElsewhere(head(name));
    QVERIFY(here && *here && there && *there);
    QVERIFY(!childProcesses().empty());
    QCOMPARE((*there)->kind, (*here)->kind);
    QVERIFY((*there)->size == (*here)->size);
    QCOMPARE((*there)->mpp.has_value(), (*here)->mpp.has_value());
    if ((*here)->mpp) QCOMPARE((*there)->mpp->x, (*here)->mpp->x);
    QVERIFY((*there)->colourProfile == (*here)->colourProfile);
    std::string hereFor, thereFor;
    QVERIFY(rowsOf(**there, 100, &thereFor) == rowsOf(**here, 100, &hereFor));
    QCOMPARE(thereFor, hereFor);
  }

  void whatIsRefusedIsRefusedInTheSameWords() {
    const Opened here = openPicture(head("bad.webp")), there = openPictureElsewhere(head("bad.webp"));
    QVERIFY(!here && !there);
    QCOMPARE(there.error().sentence, here.error().sentence);
    const Opened text = openPictureElsewhere(head("text.png"));
    QVERIFY(text && !*text);
  }

  void withoutAnotherProcessItIsOpenedHere() {
    const Opened opened = openPictureElsewhere(head("a.png"), "/nowhere/probe");
    QVERIFY(opened && *opened);
    QCOMPARE(rowsOf(**opened, 530).size(), size_t{700 * 530});
    QVERIFY(childProcesses().empty());
  }

  void whatGivesNoAnswerIsASentence() {
    const char* kDamaged = "; the file is damaged, or not what it says it is";
    QCOMPARE(openPictureElsewhere(head("a.png"), program("crash", "kill -SEGV $$")).error().sentence,
             cannotOpen("a.png", std::string("what reads it crashed (Segmentation fault)") + kDamaged));
    QCOMPARE(openPictureElsewhere(head("a.png"), program("slow", "kill -PROF $$")).error().sentence,
             cannotOpen("a.png", std::string("what reads it did not come to an end") + kDamaged));
    QCOMPARE(openPictureElsewhere(head("a.png"), program("noise", "yes >&3; exit 3")).error().sentence,
             cannotOpen("a.png", std::string("what reads it ended with status 3") + kDamaged));
  }

  void whereItCrashesOnTheWayTheRestIsLost() {
    const Opened opened = openPictureElsewhere(head("a.png"));
    QVERIFY(opened && *opened);
    Image rows = Image::unset(700, 100);
    QCOMPARE((*opened)->rows.next(rows).count, 100);
    const std::vector<pid_t> running = childProcesses();
    QCOMPARE(running.size(), size_t{1});
    QCOMPARE(::kill(running.front(), SIGABRT), 0);
    const RowsRead lost = (*opened)->rows.next(rows);
    QCOMPARE(lost.count, 0);
    QCOMPARE(lost.reason,
             "what reads it crashed (Aborted); the file is damaged, or not what it "
             "says it is");
    QCOMPARE((*opened)->rows.next(rows).count, 0);
  }

  void whoWaitsForRowsIsSentAway() {
    const Opened opened = openPictureElsewhere(head("a.png"));
    QVERIFY(opened && *opened);
    QCOMPARE(::kill(childProcesses().front(), SIGSTOP), 0);  // as where its disk does not answer
    Image rows = Image::unset(700, 100);
    RowsRead read;
    std::jthread waiting([&] { read = (*opened)->rows.next(rows); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    (*opened)->rows.stop();
    waiting.join();
    QCOMPARE(read.count, 0);
    QCOMPARE(read.reason, std::string("its picture is being closed"));
  }

  void theProcessEndsWithThePicture() {
    {
      const Opened opened = openPictureElsewhere(head("a.png"));
      QCOMPARE(childProcesses().size(), size_t{1});
    }
    QVERIFY(childProcesses().empty());
    const Result<OpenedSlide> slide = openSlide(path("a.png"));
    QVERIFY(slide);
    while (slide->source->preparation()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    QVERIFY(childProcesses().empty());
  }
};

}  // namespace geneglass::picture_process_test

GENEGLASS_TEST(geneglass::picture_process_test::PictureProcessTest)
#include "picture_process_test.moc"
