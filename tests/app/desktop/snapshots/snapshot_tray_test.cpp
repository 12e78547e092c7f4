// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_tray.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/support/window_test_program.h"

namespace geneglass::snapshot_tray_test {
namespace {

TraySnapshot made(const std::string& id) {
  return {.id = id,
          .taken = "2026-11-29T01:15:00Z",
          .caption = "Edge of the tumour, " + id,
          .view = {{1000.5, 2000.25}, 4, 0.5},
          .size = {1600, 1000},
          .gene = "FSCN1",
          .slide = std::string(64, 'a'),
          .model = std::string(64, 'b'),
          .overlays = {{"Expression", 0.6}, {"Hotspots", 1}},
          .notes = {"Provisional: 64 of 667 tiles computed."}};
}

QByteArray pictureNamed(const std::string& id) {
  return QByteArray("\xff\xd8 picture ", 11) + QByteArray::fromStdString(id);
}

void take(Case& document, const std::string& id) {
  addToTray(document, made(id), pictureNamed(id));
}

std::string idsOf(const Case& document) {
  std::string ids;
  for (const TraySnapshot& snapshot : traySnapshots(document)) ids += snapshot.id;
  return ids;
}

bool holdsPicture(const Case& document, const std::string& id) {
  return document.content().entries.contains("snapshot/" + id);
}

}  // namespace

class SnapshotTrayTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aListIsTheSameAfterItsText() {
    const std::vector<TraySnapshot> snapshots{made("a"), made("b"), {.id = "bare", .size = {1, 1}}};
    QVERIFY(traySnapshotsOf(textOf(snapshots)) == snapshots);
  }

  void textThatIsNoListIsLeftOut() {
    const std::string whole = textOf(std::vector{made("a")});
    for (const std::string& text : {std::string(), std::string("{"), std::string("7"),
                                    std::string("{\"id\": \"a\"}"), std::string("[7, null, \"a\", []]"),
                                    std::string("[{\"id\": \"a\"}]"), whole.substr(0, whole.size() / 2),
                                    std::string(R"([{"id": "", "view": [1, 2, 3, 0], "size": [5, 5]}])"),
                                    std::string(R"([{"id": "a", "view": [1, 2, 0, 0], "size": [5, 5]}])"),
                                    std::string(R"([{"id": "a", "view": [1, 2, 3], "size": [5, 5]}])"),
                                    std::string(R"([{"id": "a", "view": [1, 2, 3, 0], "size": [5, -5]}])"),
                                    std::string(R"([{"id": "a", "view": [1, 2, 3, 0], "size": [5.5, 5]}])"),
                                    std::string("[{\"id\": \"\xff\xfe\"}]")})
      QVERIFY2(traySnapshotsOf(text).empty(), text.c_str());
  }

  void ofAListThatIsPartlyNoneTheRestIsKept() {
    const auto kept = traySnapshotsOf(
        R"([{"id": "a", "view": [1, 2, 3, 0], "size": [5, 6], "caption": 7, "overlays": "none",
             "notes": [1, "Withheld."]}, 5, {"id": "a", "view": [1, 2, 3, 0], "size": [5, 6]}])");
    QCOMPARE(kept.size(), size_t{1});
    QCOMPARE(kept[0].caption, std::string());
    QVERIFY(kept[0].overlays.empty());
    QVERIFY(kept[0].notes == std::vector<std::string>{"Withheld."});
  }

  void whatIsTakenStandsLastWithItsPicture() {
    Case document;
    take(document, "a");
    take(document, "b");
    QCOMPARE(idsOf(document), std::string("ab"));
    QCOMPARE(trayPicture(document, "b"), pictureNamed("b"));
    QCOMPARE(trayPicture(document, "unknown"), QByteArray());
    QCOMPARE(document.undoText(), QStringLiteral("Take Snapshot"));
  }

  void captionsOrderAndRemovalAreStepsThatCanBeUndone() {
    Case document;
    for (const char* id : {"a", "b", "c"}) take(document, id);
    std::vector<TraySnapshot> tray = traySnapshots(document);
    tray[0].caption = "Another";
    setTray(document, tray, QStringLiteral("Edit Caption"));
    std::swap(tray[0], tray[2]);
    setTray(document, tray, QStringLiteral("Move Snapshot"));
    QCOMPARE(idsOf(document), std::string("cba"));
    tray.erase(tray.begin());
    setTray(document, tray, QStringLiteral("Remove Snapshot"));
    QCOMPARE(idsOf(document), std::string("ba"));
    QCOMPARE(document.undoText(), QStringLiteral("Remove Snapshot"));
    document.undo();
    QCOMPARE(idsOf(document), std::string("cba"));
    QCOMPARE(trayPicture(document, "c"), pictureNamed("c"));
    document.undo();
    document.undo();
    QCOMPARE(traySnapshots(document)[0].caption, made("a").caption);
    document.redo();
    QCOMPARE(traySnapshots(document)[0].caption, std::string("Another"));
  }

  void aCaptionsStepCopiesNoPicture() {
    Case document;
    take(document, "a");
    std::vector<TraySnapshot> tray = traySnapshots(document);
    tray[0].caption = "Another";
    QSignalSpy changed(&document, &Case::changed);
    setTray(document, tray, QStringLiteral("Edit Caption"));
    QCOMPARE(changed.size(), 1);
    const auto changes = changed[0][0].value<CaseChanges>();
    QVERIFY(changes.entries.size() == 1 && changes.entries.contains("snapshots"));
    QCOMPARE(changes.steps.at(0).entry->key, std::string("snapshots"));
  }

  void theSameTrayIsNoStep() {
    Case document;
    take(document, "a");
    setTray(document, traySnapshots(document), QStringLiteral("Move Snapshot"));
    QCOMPARE(document.undoText(), QStringLiteral("Take Snapshot"));
  }

  void aPictureStaysWhileAStepCanBringItBackAndThenGoes() {
    Case document;
    take(document, "a");
    take(document, "b");
    document.undo();
    QVERIFY(holdsPicture(document, "b"));  // redo would show it
    take(document, "c");
    QCOMPARE(idsOf(document), std::string("ac"));
    QVERIFY(!holdsPicture(document, "b"));
    setTray(document, {}, QStringLiteral("Remove Snapshot"));
    QVERIFY(holdsPicture(document, "a") && holdsPicture(document, "c"));  // undo would
    CaseContent folded = document.content();
    folded.base.number = folded.steps.back().number;
    folded.steps.clear();
    Case later;
    later.take(folded, annotationsAt(folded));
    take(later, "d");
    QVERIFY(!holdsPicture(later, "a") && !holdsPicture(later, "c") && holdsPicture(later, "d"));
  }

  void aSnapshotsViewFillsACanvasOfAnotherSize() {
    const TraySnapshot snapshot = made("a");  // 1600 x 1000 at 4
    QVERIFY(viewOn({1600, 1000}, snapshot) == snapshot.view);
    QCOMPARE(viewOn({3200, 2000}, snapshot).downsample, 2.0);
    QCOMPARE(viewOn({1600, 500}, snapshot).downsample, 8.0);
  }
};

}  // namespace geneglass::snapshot_tray_test

GENEGLASS_WINDOW_TEST(geneglass::snapshot_tray_test::SnapshotTrayTest)
#include "snapshot_tray_test.moc"
