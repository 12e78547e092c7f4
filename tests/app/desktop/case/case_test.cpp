// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/support/test_program.h"

namespace geneglass::case_test {

class CaseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aStepIsUndoneAndDoneAgain();
  void aNewStepForgetsWhatWasUndone();
  void whatChangesNothingIsNoStep();
  void withoutStepsNothingIsUndone();
};

AnnotationSetPtr withSquare(const Case& of, const std::string& id) {
  return of.annotations()->with({{id, rectangleArea({1, 2, 3, 4}), "Tumour", {}, {}, {}, false}});
}

void CaseTest::aStepIsUndoneAndDoneAgain() {
  Case document;
  QSignalSpy changed(&document, &Case::annotationsChanged);
  document.change(withSquare(document, "a"), QStringLiteral("Draw Rectangle"));
  document.change(withSquare(document, "b"), QStringLiteral("Draw Another"));
  QCOMPARE(document.undoText(), QStringLiteral("Draw Another"));
  document.undo();
  QVERIFY(!document.annotations()->find("b") && document.annotations()->find("a"));
  QCOMPARE(document.redoText(), QStringLiteral("Draw Another"));
  document.redo();
  QVERIFY(document.annotations()->find("b"));
  QCOMPARE(changed.size(), 4);
}

void CaseTest::aNewStepForgetsWhatWasUndone() {
  Case document;
  document.change(withSquare(document, "a"), QStringLiteral("1"));
  document.undo();
  document.change(withSquare(document, "b"), QStringLiteral("2"));
  QVERIFY(!document.canRedo());
  document.undo();
  QVERIFY(document.annotations()->all().empty() && !document.canUndo());
}

void CaseTest::whatChangesNothingIsNoStep() {
  Case document;
  QSignalSpy changed(&document, &Case::annotationsChanged);
  document.change(document.annotations()->without({"nobody"}), QStringLiteral("Delete"));
  QVERIFY(!document.canUndo() && changed.isEmpty());
}

void CaseTest::withoutStepsNothingIsUndone() {
  Case document;
  document.undo();
  document.redo();
  QVERIFY(document.undoText().isEmpty() && document.redoText().isEmpty());
  QVERIFY(document.annotations()->all().empty());
}

}  // namespace geneglass::case_test

GENEGLASS_TEST(geneglass::case_test::CaseTest)
#include "case_test.moc"
