// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include "app/desktop/annotating/annotation_layer.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::annotation_panel_test {
namespace {

Annotation square(const std::string& id, const std::string& className, const std::string& name) {
  return {id, rectangleArea({10, 10, 100, 100}), className, name, {}, {}, false};
}

struct Desk {
  Desk() : layer(document, canvas, tools), panel(tools) {
    Slide slide = testing::pyramid({4000, 3000}, 2, 4);
    slide.mpp = Mpp{0.5, 0.5};
    document.change(
        document.annotations()->with(
            {square("a", "Tumour", "first"), square("b", "Stroma", "second"), square("c", "Tumour", "")}),
        QStringLiteral("3"));
    layer.showSlide(std::make_shared<const Slide>(slide), {});
    panel.showLayer(&layer);
    panel.show();
  }
  template <typename Widget>
  Widget& find(const char* name) {
    for (Widget* widget : panel.findChildren<Widget*>())
      if (widget->accessibleName() == QLatin1String(name)) return *widget;
    qFatal("no widget '%s'", name);
  }
  QTreeView& list() { return find<QTreeView>("Annotations"); }
  QString cell(int row, int column) { return list().model()->index(row, column).data().toString(); }

  Case document;
  SlideCanvas canvas;
  ToolChoice tools;
  AnnotationLayer layer;
  AnnotationPanel panel;
};

}  // namespace

class AnnotationPanelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void listsTheUppermostFirstWithKindAndMeasure();
  void filtersByClassAndName();
  void aRowSelectsOnTheSlideAndTheSlideSelectsTheRow();
  void aDoubleClickGoesThere();
  void aNameIsOneStepAndTheSameNameNone();
  void notesAreOneStepWhenTheyAreLeft();
  void lockingDisablesNameAndNotesAndIsUndone();
  void choosingAClassChangesWhatIsSelected();
  void withoutASlideNothingIsOffered();
};

void AnnotationPanelTest::listsTheUppermostFirstWithKindAndMeasure() {
  Desk desk;
  QCOMPARE(desk.list().model()->rowCount(), 3);
  QCOMPARE(desk.cell(0, AnnotationTable::Name), QStringLiteral("Rectangle"));
  QCOMPARE(desk.cell(2, AnnotationTable::Name), QStringLiteral("first"));
  QVERIFY2(desk.cell(0, AnnotationTable::Measure).contains(QStringLiteral("2500")) ||
               desk.cell(0, AnnotationTable::Measure).contains(QStringLiteral("2,500")),
           qPrintable(desk.cell(0, AnnotationTable::Measure)));  // 100 x 100 px of 0.25 um2
}

void AnnotationPanelTest::filtersByClassAndName() {
  Desk desk;
  auto& filter = desk.find<QLineEdit>("Filter by class, name or notes");
  filter.setText(QStringLiteral("TUMOUR"));
  QCOMPARE(desk.list().model()->rowCount(), 2);
  filter.setText(QStringLiteral("sec"));
  QCOMPARE(desk.cell(0, AnnotationTable::Name), QStringLiteral("second"));
  filter.setText(QStringLiteral("nothing of this"));
  QCOMPARE(desk.list().model()->rowCount(), 0);
}

void AnnotationPanelTest::aRowSelectsOnTheSlideAndTheSlideSelectsTheRow() {
  Desk desk;
  desk.list().setCurrentIndex(desk.list().model()->index(1, 0));
  QCOMPARE(desk.layer.selection(), std::set<std::string>{"b"});
  desk.layer.select({"a"});
  QCOMPARE(desk.list().selectionModel()->selectedRows().size(), 1);
  QCOMPARE(desk.list().selectionModel()->selectedRows().front().row(), 2);
  QCOMPARE(desk.find<QLineEdit>("Name of what is selected").text(), QStringLiteral("first"));
}

void AnnotationPanelTest::aDoubleClickGoesThere() {
  Desk desk;
  QSignalSpy wanted(&desk.panel, &AnnotationPanel::areaWanted);
  Q_EMIT desk.list().doubleClicked(desk.list().model()->index(0, 0));
  QCOMPARE(wanted.size(), 1);
  QCOMPARE(wanted.front().front().value<Rect>(), (Rect{-15, -15, 150, 150}));
}

void AnnotationPanelTest::aNameIsOneStepAndTheSameNameNone() {
  Desk desk;
  desk.layer.select({"b"});
  auto& name = desk.find<QLineEdit>("Name of what is selected");
  name.setText(QStringLiteral("margin"));
  Q_EMIT name.editingFinished();
  Q_EMIT name.editingFinished();
  QCOMPARE(desk.document.annotations()->find("b")->name, std::string("margin"));
  QCOMPARE(desk.document.undoText(), QStringLiteral("Rename"));
  desk.document.undo();
  QCOMPARE(desk.document.undoText(), QStringLiteral("3"));
  QCOMPARE(name.text(), QStringLiteral("second"));
}

void AnnotationPanelTest::notesAreOneStepWhenTheyAreLeft() {
  Desk desk;
  desk.layer.select({"b"});
  auto& notes = desk.find<QPlainTextEdit>("Notes to what is selected");
  notes.setPlainText(QStringLiteral("dense"));
  QCOMPARE(desk.document.undoText(), QStringLiteral("3"));
  QFocusEvent left(QEvent::FocusOut);
  QCoreApplication::sendEvent(&notes, &left);
  QCOMPARE(desk.document.annotations()->find("b")->notes, std::string("dense"));
  QCOMPARE(desk.document.undoText(), QStringLiteral("Edit Notes"));
}

void AnnotationPanelTest::lockingDisablesNameAndNotesAndIsUndone() {
  Desk desk;
  desk.layer.select({"a", "b"});
  auto* locked = desk.panel.findChild<QCheckBox*>();
  QVERIFY(!locked->isChecked());
  locked->click();
  QVERIFY(desk.document.annotations()->find("a")->locked && desk.document.annotations()->find("b")->locked);
  desk.layer.select({"a"});
  QVERIFY(!desk.find<QLineEdit>("Name of what is selected").isEnabled());
  desk.document.undo();
  QVERIFY(!desk.document.annotations()->find("a")->locked && !locked->isChecked());
}

void AnnotationPanelTest::choosingAClassChangesWhatIsSelected() {
  Desk desk;
  desk.layer.select({"b"});
  auto& classes = desk.find<QComboBox>("Class of what is drawn, and of what is selected");
  const int necrosis = classes.findText(QStringLiteral("Necrosis"));
  QVERIFY(necrosis > 0);
  classes.setCurrentIndex(necrosis);
  Q_EMIT classes.activated(necrosis);
  QCOMPARE(desk.document.annotations()->find("b")->className, std::string("Necrosis"));
  QCOMPARE(desk.tools.className(), std::string("Necrosis"));
}

void AnnotationPanelTest::withoutASlideNothingIsOffered() {
  Desk desk;
  desk.layer.showSlide(nullptr, {});
  QVERIFY(!desk.panel.isEnabled());
  QCOMPARE(desk.list().model()->rowCount(), 0);
  desk.panel.showLayer(nullptr);
  QVERIFY(!desk.panel.isEnabled());
}

}  // namespace geneglass::annotation_panel_test

GENEGLASS_WINDOW_TEST(geneglass::annotation_panel_test::AnnotationPanelTest)
#include "annotation_panel_test.moc"
