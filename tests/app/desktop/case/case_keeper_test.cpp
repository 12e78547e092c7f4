// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_keeper.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/app/desktop/case/made_case.h"
#include "tests/support/full_place.h"
#include "tests/support/test_files.h"
#include "tests/support/test_program.h"

namespace geneglass::case_keeper_test {

namespace fs = std::filesystem;

/// A case with its keeper, which ends where it is let go.
struct Kept {
  explicit Kept(const CasePlace& place, const SlideIdentity& slide = testing::madeSlide()) {
    QSignalSpy opened(&keeper, &CaseKeeper::opened);
    keeper.open(place, slide);
    QVERIFY(testing::came(opened));
  }
  void drawAndWait(const std::string& id) {
    testing::draw(document, id);
    QVERIFY(testing::came(saved, int(saved.size()) + 1));
    QVERIFY(keeper.isSaved());
  }
  size_t count() const { return document.annotations()->all().size(); }

  Case document;
  CaseKeeper keeper{document, [](std::any) {}};
  QSignalSpy saved{&keeper, &CaseKeeper::saved};
  QSignalSpy refused{&keeper, &CaseKeeper::saveRefused};
  QSignalSpy said{&keeper, &CaseKeeper::said};
};

class CaseKeeperTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void aCaseIsMadeByItsFirstStepAndComesBack();
  void aLookMakesNoFile();
  void whatIsDrawnWhileItOpensComesOnTop();
  void whatIsDrawnJustBeforeTheEndIsKept();
  void onAFullDiskItIsSaidOnceAndTriedAgain();
  void aFolderThatIsGoneIsSaidOnceAndWaitedFor();
  void aFolderThatWasDeletedGetsTheWholeCaseAgain();
  void whatCannotBeWrittenAtTheEndIsKeptElsewhere();
  void inAReadOnlyFolderANewCaseIsKeptElsewhere();
  void aCaseThatCanOnlyBeReadGoesOnElsewhere();
  void aCaseThatWasNeverWholeIsMadeAnew();
  void onAFullDiskANewCaseWaits();
  void aDamagedCaseIsLeftAndAnotherIsMade();
  void anotherSlidesCaseIsLeftAndAnotherIsMade();
  void aSecondWindowIsTold();
  void aCaseIsSavedUnderAnotherNameAndKeptThere();
  void aCaseThatAnotherProgramWentOnWithIsNotMixed();

 private:
  fs::path folder() const { return m_folder->path().toStdString(); }
  fs::path share() const { return folder() / "share"; }
  fs::path own() const { return folder() / "own" / "made.geneglass"; }
  CasePlace place() const { return {share() / "made.geneglass", own()}; }
  QString text(const char* form, const fs::path& file) const {
    return QString::fromUtf8(form).arg(QString::fromStdString(file.string()));
  }
  std::unique_ptr<QTemporaryDir> m_folder;
};

QString last(const QSignalSpy& spy) {
  return spy.isEmpty() ? QString() : spy.last().first().toString();
}

void CaseKeeperTest::init() {
  m_folder = std::make_unique<QTemporaryDir>();
  fs::create_directory(share());
  fs::create_directory(folder() / "own");
  fs::permissions(folder() / "own", fs::perms(0777));
}

void CaseKeeperTest::aCaseIsMadeByItsFirstStepAndComesBack() {
  {
    Kept kept(place());
    QVERIFY(!fs::exists(place().file));
    kept.drawAndWait("a");
    kept.document.setView({{5, 6}, 7, 0});
    kept.document.undo();
  }
  Kept again(place());
  QCOMPARE(again.count(), size_t(0));
  QVERIFY(again.document.view() == CaseView({{5, 6}, 7, 0}));
  again.document.redo();
  QVERIFY(again.document.annotations()->find("a"));
  QVERIFY(testing::came(again.saved) && again.keeper.isSaved());
  QVERIFY(again.refused.isEmpty() && again.said.isEmpty());
}

void CaseKeeperTest::aLookMakesNoFile() {
  {
    Kept kept(place());
    kept.document.setView({{5, 6}, 7, 0});
    QVERIFY(kept.keeper.isSaved());
  }
  QVERIFY(fs::is_empty(share()) && fs::is_empty(folder() / "own"));
}

void CaseKeeperTest::whatIsDrawnWhileItOpensComesOnTop() {
  {
    Kept kept(place());
    kept.drawAndWait("a");
  }
  Case document;
  CaseKeeper keeper(document, [](std::any) {});
  QSignalSpy opened(&keeper, &CaseKeeper::opened), saved(&keeper, &CaseKeeper::saved);
  keeper.open(place(), testing::madeSlide());
  testing::draw(document, "early");
  QVERIFY(testing::came(opened));
  QVERIFY(document.annotations()->find("a") && document.annotations()->find("early"));
  QCOMPARE(document.undoText(), QStringLiteral("Draw early"));
  QVERIFY(testing::came(saved));
  document.undo();
  QVERIFY(document.annotations()->find("a") && !document.annotations()->find("early"));
}

void CaseKeeperTest::whatIsDrawnJustBeforeTheEndIsKept() {
  {
    Kept kept(place());
    testing::draw(kept.document, "a");
    QVERIFY(!kept.keeper.isSaved());
  }
  QCOMPARE(Kept(place()).count(), size_t(1));
}

void CaseKeeperTest::onAFullDiskItIsSaidOnceAndTriedAgain() {
  {
    Kept kept(place());
    kept.drawAndWait("a");
    {
      const testing::FullPlace full(40000);
      testing::draw(kept.document, std::string(200000, 'b'));
      QVERIFY(testing::came(kept.refused));
      QTest::qWait(int(CaseWriter::kRetry.count()) + 500);  // the second try must say nothing
      QCOMPARE(kept.refused.size(), 1);
      QVERIFY2(last(kept.refused).startsWith(text("Cannot save the case '%1': ", place().file)),
               qPrintable(last(kept.refused)));
      QVERIFY(!kept.keeper.isSaved());
    }
    testing::draw(kept.document, "c");
    QVERIFY(QTest::qWaitFor([&] { return kept.keeper.isSaved(); }, 60000));
    QVERIFY(kept.said.isEmpty());
  }
  QCOMPARE(Kept(place()).count(), size_t(3));
}

void CaseKeeperTest::aFolderThatIsGoneIsSaidOnceAndWaitedFor() {
  Kept kept(place());
  kept.drawAndWait("a");
  fs::rename(share(), folder() / "away");
  testing::draw(kept.document, "b");
  QVERIFY(testing::came(kept.refused));
  QCOMPARE(last(kept.refused),
           text("Cannot save the case '%1': it is no longer in its place.", place().file));
  testing::draw(kept.document, "c");
  QVERIFY(!kept.keeper.isSaved());
  fs::rename(folder() / "away", share());
  QVERIFY(QTest::qWaitFor([&] { return kept.keeper.isSaved(); }, 60000));
  QCOMPARE(kept.refused.size(), 1);
  const auto other = CaseFile::open(place().file);
  QVERIFY(!other);  // it holds it again
}

void CaseKeeperTest::aFolderThatWasDeletedGetsTheWholeCaseAgain() {
  {
    Kept kept(place());
    kept.drawAndWait("a");
    fs::remove_all(share());
    testing::draw(kept.document, "b");
    QVERIFY(testing::came(kept.refused));
    fs::create_directory(share());
    QVERIFY(QTest::qWaitFor([&] { return kept.keeper.isSaved(); }, 60000));
  }
  Kept again(place());
  QCOMPARE(again.count(), size_t(2));
  QVERIFY(again.document.undoText() == QStringLiteral("Draw b"));
}

void CaseKeeperTest::whatCannotBeWrittenAtTheEndIsKeptElsewhere() {
  {
    Kept kept(place());
    kept.drawAndWait("a");
    fs::rename(share(), folder() / "away");
    testing::draw(kept.document, "b");
  }
  fs::rename(folder() / "away", share());
  Kept again(place());
  QCOMPARE(again.count(), size_t(1));
  QCOMPARE(last(again.said), text("There is another case of this slide, from when its folder could not be "
                                  "written: '%1'.",
                                  own()));
  const auto other = CaseFile::open(own());
  QVERIFY(other && other->content.steps.size() == 2);
}

void CaseKeeperTest::inAReadOnlyFolderANewCaseIsKeptElsewhere() {
  const testing::ReadOnlyFolder readOnly(folder(), share());
  {
    Kept kept(place());
    kept.drawAndWait("a");
    QCOMPARE(kept.keeper.file(), own());
  }
  QCOMPARE(Kept(place()).count(), size_t(1));
}

void CaseKeeperTest::aCaseThatCanOnlyBeReadGoesOnElsewhere() {
  Kept(place()).drawAndWait("a");
  fs::permissions(place().file, fs::perms(0644));
  const std::string before = testing::bytesOfFile(place().file);
  const testing::ReadOnlyFolder readOnly(folder(), share());
  {
    Kept kept(place());
    QCOMPARE(kept.count(), size_t(1));
    QCOMPARE(last(kept.said), text("The case '%1' can only be read.", place().file) +
                                  text(" What you change is kept in '%1'.", own()));
    kept.document.setView({{1, 2}, 3, 0});
    QVERIFY(kept.keeper.isSaved());  // a look makes no copy
    kept.drawAndWait("b");
  }
  Kept again(place());
  QCOMPARE(again.count(), size_t(2));
  QCOMPARE(testing::bytesOfFile(place().file), before);
}

/// As a kill in the middle of the first write leaves it.
void CaseKeeperTest::aCaseThatWasNeverWholeIsMadeAnew() {
  {
    auto making = Database::open(folder() / "making", Database::Access::Create);
    QVERIFY(making->run(
        "PRAGMA cache_size = 1; BEGIN; CREATE TABLE a(b); INSERT INTO a VALUES(randomblob(90000));"
        "INSERT INTO a VALUES(randomblob(90000))"));
    fs::copy_file(folder() / "making", place().file);
    fs::copy_file(folder() / "making-journal", share() / "made.geneglass-journal");
  }
  QVERIFY(fs::file_size(place().file) > 0);
  {
    Kept kept(place());
    kept.drawAndWait("a");
    QVERIFY(kept.said.isEmpty() && kept.keeper.file() == place().file);
  }
  QCOMPARE(Kept(place()).count(), size_t(1));
}

void CaseKeeperTest::onAFullDiskANewCaseWaits() {
  Kept kept(place());
  {
    const testing::FullPlace full(40000);
    testing::draw(kept.document, std::string(200000, 'b'));
    QVERIFY(testing::came(kept.refused));
    QVERIFY2(last(kept.refused).startsWith(text("Cannot save the case '%1': ", place().file)),
             qPrintable(last(kept.refused)));
    QVERIFY(fs::is_empty(share()) && fs::is_empty(folder() / "own"));
  }
  QVERIFY(QTest::qWaitFor([&] { return kept.keeper.isSaved(); }, 60000));
  QCOMPARE(kept.keeper.file(), place().file);
}

void CaseKeeperTest::aDamagedCaseIsLeftAndAnotherIsMade() {
  const std::string bytes = "Not a database, though it has its name, and long enough to be read as one.";
  std::ofstream(place().file) << bytes;
  {
    Kept kept(place());
    QCOMPARE(last(kept.said),
             text("Cannot open the case '%1': it is damaged and was left as it is (file is not a database).",
                  place().file) +
                 text(" What you change is kept in '%1'.", own()));
    kept.drawAndWait("a");
  }
  QCOMPARE(testing::bytesOfFile(place().file), bytes);
  QCOMPARE(Kept(place()).count(), size_t(1));
}

void CaseKeeperTest::anotherSlidesCaseIsLeftAndAnotherIsMade() {
  SlideIdentity other = testing::madeSlide(std::string(64, 'b'));
  other.name = "other.svs";
  {
    Kept kept(place(), other);
    kept.drawAndWait("theirs");
  }
  {
    Kept kept(place());
    QCOMPARE(last(kept.said),
             text("'%1' is the case of another slide, 'other.svs', not of 'made.svs'.", place().file) +
                 text(" What you change is kept in '%1'.", own()));
    QCOMPARE(kept.count(), size_t(0));
    kept.drawAndWait("ours");
  }
  QVERIFY(Kept(place(), other).document.annotations()->find("theirs"));
}

void CaseKeeperTest::aSecondWindowIsTold() {
  Kept first(place());
  first.drawAndWait("a");
  {
    Kept second(place());
    QCOMPARE(last(second.said),
             text("Cannot open the case '%1': it is open in another window or program.", place().file) +
                 text(" What you change is kept in '%1'.", own()));
    second.drawAndWait("b");
  }
  first.drawAndWait("c");
  QCOMPARE(first.count(), size_t(2));
}

void CaseKeeperTest::aCaseIsSavedUnderAnotherNameAndKeptThere() {
  const fs::path other = folder() / "other.geneglass";
  std::ofstream(other) << "to be replaced, as the user said";
  {
    Kept kept(place());
    kept.drawAndWait("a");
    kept.keeper.saveAs(other);
    QVERIFY(testing::came(kept.saved, 2));
    QCOMPARE(kept.keeper.file(), other);
    kept.drawAndWait("b");
    kept.keeper.saveAs(folder() / "no" / "folder.geneglass");
    QVERIFY(testing::came(kept.refused));
    QCOMPARE(last(kept.refused), text("Cannot save the case '%1': there is no such folder.",
                                      folder() / "no" / "folder.geneglass.part"));
    kept.drawAndWait("c");
  }
  QCOMPARE(Kept(place()).count(), size_t(1));
  QCOMPARE(Kept({other, own()}).count(), size_t(3));
}

void CaseKeeperTest::aCaseThatAnotherProgramWentOnWithIsNotMixed() {
  Kept kept(place());
  kept.drawAndWait("a");
  fs::rename(share(), folder() / "away");
  testing::draw(kept.document, "b");
  QVERIFY(testing::came(kept.refused));
  {
    auto other = CaseFile::open(folder() / "away" / "made.geneglass");
    QVERIFY(other);
    Case theirs;
    theirs.take(other->content, annotationsAt(other->content));
    QObject::connect(&theirs, &Case::changed,
                     [&](const CaseChanges& changes) { QVERIFY(other->file->write(changes)); });
    for (const char* id : {"their first", "their second"}) testing::draw(theirs, id);
  }
  fs::rename(folder() / "away", share());
  QVERIFY(QTest::qWaitFor([&] { return kept.keeper.isSaved(); }, 60000));
  QCOMPARE(kept.keeper.file(), own());
  QCOMPARE(last(kept.said),
           text("The case is kept in '%1', since ", own()) + text("'%1' cannot be written.", place().file));
  QCOMPARE(CaseFile::open(place().file)->content.steps.size(), size_t(3));
}

}  // namespace geneglass::case_keeper_test

GENEGLASS_TEST(geneglass::case_keeper_test::CaseKeeperTest)
#include "case_keeper_test.moc"
