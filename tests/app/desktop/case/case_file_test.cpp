// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/desktop/case/annotation_text.h"
#include "app/desktop/case/case_rows.h"
#include "tests/app/desktop/case/made_case.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::case_file_test {

class CaseFileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void everyShapeIsReadAsItWasWritten();
  void everythingOfACaseComesBack();
  void whatWasUndoneCanBeDoneAgainAfterwards();
  void whatWasForgottenStaysForgotten();
  void oldStepsAreFoldedAndTheLastAreKept();
  void aFileThatIsOpenIsNotOpenedAgain();
  void aNewerVersionIsRefused();
  void whatIsNoCaseIsRefused();
  void aDamagedFileIsRefusedAndStaysAsItIs_data();
  void aDamagedFileIsRefusedAndStaysAsItIs();
  void aStepThatFitsNothingIsDamage();
  void anotherFileIsNeverOverwritten();
  void onAFullDiskTheFileStaysWhole();
  void aFileThatIsGoneIsNotWrittenTo();
  void inAReadOnlyFolderItIsRead();
  void anUnfinishedWriteIsTakenBackInAReadOnlyFolderToo();

 private:
  std::filesystem::path path(const char* name = "made.geneglass") const {
    return std::filesystem::path(m_folder->path().toStdString()) / name;
  }
  QString sentenceOf(const char* form, const std::filesystem::path& file) const {
    return QString::fromUtf8(form).arg(QString::fromStdString(file.string()));
  }
  std::unique_ptr<QTemporaryDir> m_folder;
};

void CaseFileTest::init() {
  m_folder = std::make_unique<QTemporaryDir>();
}

/// A case of three squares, a changed class and two bookmarks, of which the last is undone.
void fill(Case& document) {
  document.begin(testing::madeSlide());
  for (const char* id : {"a", "bb", "ccc"}) testing::draw(document, id);
  document.change(document.annotations()->withClass({"Tumour", 0xff112233}), QStringLiteral("Colour"));
  document.change(document.annotations()->without({"bb"}), QStringLiteral("Delete"));
  document.setView({{1.5, 2.25}, 4, 0.1});
  document.setBookmarks({{"here", {{7, 8}, 9, 0}}}, QStringLiteral("Add Bookmark"));
  document.setBookmarks({}, QStringLiteral("Remove Bookmark"));
  document.undo();
}

void write(const std::filesystem::path& file, const Case& document, size_t kept = CaseFile::kStepsKept) {
  const auto made = CaseFile::create(file, document.content(), kept);
  QVERIFY2(made, made ? "" : made.error().sentence.c_str());
}

void readInto(Case& document, const std::filesystem::path& file) {
  auto opened = CaseFile::open(file);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  const AnnotationSetPtr annotations = annotationsAt(opened->content);
  document.take(std::move(opened->content), annotations);
}

bool areEqual(const AnnotationSet& one, const AnnotationSet& other) {
  const auto same = [](const AnnotationPtr& a, const AnnotationPtr& b) { return *a == *b; };
  return one.classes() == other.classes() && std::ranges::equal(one.all(), other.all(), same);
}

QString refusalOf(const std::filesystem::path& file) {
  const auto opened = CaseFile::open(file);
  return opened ? QString() : QString::fromStdString(opened.error().sentence);
}

void CaseFileTest::everyShapeIsReadAsItWasWritten() {
  const double third = 1.0 / 3;
  const Shape shapes[] = {Area{{{{{0, 0}, {third, 0}, {1e-17, 1e9}}, {{{1, 1}, {2, 1}, {1, 2}}}}}},
                          Ellipse{{third, 2}, 3, 4, 5},
                          Path{{{1, 2}, {3, third}}},
                          Angle{{1, 2}, {3, 4}, {5, third}},
                          Places{{{1, 2}, {third, 4}}},
                          Places{}};
  for (const Shape& shape : shapes) {
    const Annotation annotation{"id", shape, "Klasse ü", "name", "notes \"\n", 0xff010203, true};
    const auto read = annotationOf(textOf(annotation));
    QVERIFY(read && *read == annotation);
  }
  QVERIFY(!annotationOf("{}") && !annotationOf("[1,") && !annotationOf(R"({"id":"a","path":[1]})"));
  for (const char* far : {"null", "1e300", "-1e10", "1000000001"}) {
    const std::string places[] = {R"("path":[0,0,%,1])",      R"("area":[[[0,0,1,0,1,%]]])",
                                  R"("places":[%,2])",        R"("ellipse":[%,1,2,3,0])",
                                  R"("ellipse":[1,1,2,%,0])", R"("angle":[0,0,1,%,2,2])"};
    for (std::string shape : places) {
      const auto read = annotationOf(R"({"id":"a",)" + shape.replace(shape.find('%'), 1, far) + "}");
      QVERIFY2(!read, shape.c_str());
      QCOMPARE(read.error().sentence, std::string("an annotation lies where no slide can be"));
    }
  }
  for (const char* view : {"[1e300,0,1,0]", "[0,-1e10,1,0]", "[0,0,1e300,0]", "[0,0,1e-300,0]", "[0,0,0,0]",
                           "[null,0,1,0]", "[0,0,1,1e999]"})
    QVERIFY2(!viewOf(view), view);
  QVERIFY(viewOf("[1e9,-1e9,64,3]"));
  for (const char* colour : {"1e300", "-1", "4294967296", "18446744073709551615", "1.5", "\"red\""}) {
    QVERIFY(!annotationOf(R"({"id":"a","path":[0,0],"colour":)" + std::string(colour) + "}"));
    QVERIFY(!classesOf(R"([{"name":"a","colour":)" + std::string(colour) + "}]"));
  }
}

void CaseFileTest::everythingOfACaseComesBack() {
  Case written, read;
  fill(written);
  write(path(), written);
  readInto(read, path());
  QVERIFY(areEqual(*read.annotations(), *written.annotations()));
  QCOMPARE(read.content().slide.name, std::string("made.svs"));
  QCOMPARE(read.content().slide.size.height, written.content().slide.size.height);
  QVERIFY(read.view() == written.view() && read.bookmarks() == written.bookmarks());
  QCOMPARE(read.bookmarks().front().name, std::string("here"));
  while (written.canUndo()) {
    QCOMPARE(read.undoText(), written.undoText());
    read.undo();
    written.undo();
    QVERIFY(areEqual(*read.annotations(), *written.annotations()));
    QVERIFY(read.bookmarks() == written.bookmarks());
  }
  QVERIFY(!read.canUndo() && read.annotations()->all().empty());
}

void CaseFileTest::whatWasUndoneCanBeDoneAgainAfterwards() {
  Case written, read;
  fill(written);
  while (written.canUndo()) written.undo();
  write(path(), written);
  readInto(read, path());
  QVERIFY(!read.canUndo() && read.annotations()->all().empty());
  while (written.canRedo()) {
    written.redo();
    read.redo();
    QVERIFY(areEqual(*read.annotations(), *written.annotations()));
  }
  QVERIFY(!read.canRedo() && read.bookmarks().empty());
}

void CaseFileTest::whatWasForgottenStaysForgotten() {
  Case written, read;
  written.begin(testing::madeSlide());
  testing::draw(written, "a");
  testing::draw(written, "gone");
  auto file = CaseFile::create(path(), written.content());
  QVERIFY(file);
  connect(&written, &Case::changed, this,
          [&](const CaseChanges& changes) { QVERIFY((*file)->write(changes)); });
  written.undo();
  testing::draw(written, "b");
  file->reset();
  readInto(read, path());
  QVERIFY(areEqual(*read.annotations(), *written.annotations()));
  read.undo();
  QCOMPARE(read.annotations()->all().size(), size_t(1));
  QCOMPARE(read.redoText(), QStringLiteral("Draw b"));
  testing::draw(read, "c");  // its number must be a new one
  QCOMPARE(read.content().steps.back().number, int64_t(4));
}

void CaseFileTest::oldStepsAreFoldedAndTheLastAreKept() {
  constexpr size_t kKept = 5;
  Case written, read;
  written.begin(testing::madeSlide());
  for (int i = 0; i < 12; ++i) testing::draw(written, std::string(size_t(i) + 1, 'x'));
  auto file = CaseFile::create(path(), written.content(), kKept);
  QVERIFY(file);
  connect(&written, &Case::changed, this,
          [&](const CaseChanges& changes) { QVERIFY((*file)->write(changes)); });
  written.change(written.annotations()->without({"xx"}), QStringLiteral("Delete"));
  written.undo();
  QVERIFY((*file)->foldOldSteps());
  testing::draw(written, "after");
  file->reset();
  readInto(read, path());
  QVERIFY(areEqual(*read.annotations(), *written.annotations()));
  int undone = 0;
  for (; read.canUndo(); ++undone) read.undo();
  QCOMPARE(undone, int(kKept) + 1);
  QCOMPARE(read.annotations()->all().size(), size_t(7));
  while (read.canRedo()) read.redo();
  QVERIFY(areEqual(*read.annotations(), *written.annotations()));
}

void CaseFileTest::aFileThatIsOpenIsNotOpenedAgain() {
  Case document;
  fill(document);
  auto made = CaseFile::create(path(), document.content());
  QVERIFY(made);
  QCOMPARE(refusalOf(path()),
           sentenceOf("Cannot open the case '%1': it is open in another window or program.", path()));
  made->reset();
  QCOMPARE(refusalOf(path()), QString());
}

void CaseFileTest::aNewerVersionIsRefused() {
  Case document;
  fill(document);
  write(path(), document);
  QVERIFY(Database::open(path(), Database::Access::Write)->run("PRAGMA user_version = 7"));
  const std::string before = testing::bytesOfFile(path());
  QCOMPARE(refusalOf(path()),
           sentenceOf("Cannot open the case '%1': a newer Geneglass wrote it (version 7 of "
                      "the file, this program knows 2).",
                      path()));
  QCOMPARE(testing::bytesOfFile(path()), before);
}

void CaseFileTest::whatIsNoCaseIsRefused() {
  QVERIFY(Database::open(path(), Database::Access::Create)->run("CREATE TABLE other(a)"));
  QCOMPARE(refusalOf(path()),
           sentenceOf("Cannot open the case '%1': it is not a case of Geneglass.", path()));
  std::ofstream(path("text.geneglass"))
      << "These are words, and many of them, but no database at all. " << path();
  QCOMPARE(
      refusalOf(path("text.geneglass")),
      sentenceOf("Cannot open the case '%1': it is damaged and was left as it is (file is not a database).",
                 path("text.geneglass")));
  QCOMPARE(refusalOf(path("none.geneglass")),
           sentenceOf("Cannot open the case '%1': No such file or directory.", path("none.geneglass")));
  QCOMPARE(refusalOf(m_folder->path().toStdString()),
           sentenceOf("Cannot open the case '%1': it is not a file.", m_folder->path().toStdString()));
}

void CaseFileTest::aDamagedFileIsRefusedAndStaysAsItIs_data() {
  QTest::addColumn<bool>("cut");
  QTest::newRow("cut") << true;
  QTest::newRow("overwritten") << false;
}

void CaseFileTest::aDamagedFileIsRefusedAndStaysAsItIs() {
  QFETCH(bool, cut);
  Case document;
  fill(document);
  write(path(), document);
  std::string bytes = testing::bytesOfFile(path());
  if (cut)
    bytes.resize(bytes.size() / 2);
  else
    std::fill(bytes.begin() + 4096, bytes.begin() + 12288, 'x');
  std::ofstream(path(), std::ios::binary) << bytes;
  const QString refusal = refusalOf(path());
  QVERIFY2(refusal.startsWith(
               sentenceOf("Cannot open the case '%1': it is damaged and was left as it is (", path())),
           qPrintable(refusal));
  QCOMPARE(testing::bytesOfFile(path()), bytes);
}

void CaseFileTest::aStepThatFitsNothingIsDamage() {
  Case document;
  fill(document);
  write(path(), document);
  QVERIFY(
      Database::open(path(), Database::Access::Write)
          ->run("UPDATE change SET id = 'other', sum = check_sum(step, 'other', place_before, place_after, "
                "annotation) WHERE place_before IS NOT NULL"));
  QCOMPARE(refusalOf(path()),
           sentenceOf("Cannot open the case '%1': it is damaged and was left as it is (its "
                      "step 5 changes what is not there).",
                      path()));
}

void CaseFileTest::anotherFileIsNeverOverwritten() {
  Case document;
  fill(document);
  write(path(), document);
  const std::string before = testing::bytesOfFile(path());
  const auto again = CaseFile::create(path(), document.content());
  QCOMPARE(QString::fromStdString(again.error().sentence),
           sentenceOf("Cannot save the case '%1': there is another file of that name already.", path()));
  QCOMPARE(testing::bytesOfFile(path()), before);
}

void CaseFileTest::onAFullDiskTheFileStaysWhole() {
  Case document, read;
  document.begin(testing::madeSlide());
  testing::draw(document, "a");
  auto file = CaseFile::create(path(), document.content());
  QVERIFY(file);
  CaseChanges missed;
  connect(&document, &Case::changed, this, [&](const CaseChanges& changes) { missed = changes; });
  testing::draw(document, std::string(200000, 'b'));
  {
    const testing::FullPlace full(40000);
    const auto written = (*file)->write(missed);
    QVERIFY(!written);
    QVERIFY2(QString::fromStdString(written.error().sentence)
                 .startsWith(sentenceOf("Cannot save the case '%1': ", path())),
             written.error().sentence.c_str());
    const auto other = CaseFile::create(path("other.geneglass"), document.content());
    QVERIFY(!other);
    QVERIFY2(!std::filesystem::exists(path("other.geneglass")), other.error().sentence.c_str());
  }
  file->reset();
  auto opened = CaseFile::open(path());
  QVERIFY(opened && opened->content.steps.size() == 1);
  QVERIFY(opened->file->write(missed));
  opened->file.reset();
  readInto(read, path());
  QVERIFY(areEqual(*read.annotations(), *document.annotations()));
}

void CaseFileTest::aFileThatIsGoneIsNotWrittenTo() {
  Case document;
  fill(document);
  auto file = CaseFile::create(path(), document.content());
  QVERIFY(file);
  std::filesystem::remove(path());
  const auto written = (*file)->write({{}, document.content().head, {{"a", "b"}}});
  QCOMPARE(QString::fromStdString(written.error().sentence),
           sentenceOf("Cannot save the case '%1': it is no longer in its place.", path()));
}

void CaseFileTest::inAReadOnlyFolderItIsRead() {
  Case document, read;
  fill(document);
  const auto folder = path("share");
  std::filesystem::create_directory(folder);
  write(folder / "made.geneglass", document);
  std::filesystem::permissions(folder / "made.geneglass", std::filesystem::perms(0644));
  const testing::ReadOnlyFolder readOnly(m_folder->path().toStdString(), folder);
  auto opened = CaseFile::open(folder / "made.geneglass");
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QVERIFY(!opened->file);
  QVERIFY(areEqual(*annotationsAt(opened->content), *document.annotations()));
  const auto made = CaseFile::create(folder / "other.geneglass", document.content());
  QCOMPARE(
      QString::fromStdString(made.error().sentence),
      sentenceOf("Cannot save the case '%1': unable to open database file.", folder / "other.geneglass"));
}

/// A killed program leaves its journal: here the copy of a file in the middle of a write.
void CaseFileTest::anUnfinishedWriteIsTakenBackInAReadOnlyFolderToo() {
  Case document;
  fill(document);
  write(path(), document);
  const auto folder = path("share");
  const auto killed = folder / "made.geneglass";
  std::filesystem::create_directory(folder);
  {
    auto writing = Database::open(path(), Database::Access::Write);
    QVERIFY(
        writing->run("PRAGMA cache_size = 1; BEGIN; UPDATE step SET what = hex(randomblob(9000));"
                     "UPDATE base SET annotation = ''; DELETE FROM entry"));
    std::filesystem::copy_file(path(), killed);
    std::filesystem::copy_file(path("made.geneglass-journal"), folder / "made.geneglass-journal");
  }
  QVERIFY(testing::bytesOfFile(killed) != testing::bytesOfFile(path()));
  const testing::ReadOnlyFolder readOnly(m_folder->path().toStdString(), folder);
  const auto opened = CaseFile::open(killed);
  QVERIFY2(opened, opened ? "" : opened.error().sentence.c_str());
  QCOMPARE(opened->content.steps.front().what, std::string("Draw a"));
  QVERIFY(areEqual(*annotationsAt(opened->content), *document.annotations()));
}

}  // namespace geneglass::case_file_test

GENEGLASS_TEST(geneglass::case_file_test::CaseFileTest)
#include "case_file_test.moc"
