// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/regions/region_panel.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/inference/regions/made_field.h"
#include "tests/support/window_test_program.h"
#include "tests/viewer/canvas/coloured_source.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::region_panel_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

Annotation rectangle(const std::string& id, const std::string& className, Rect box) {
  return {id, rectangleArea(box), className, {}, {}, {}, false};
}

/// A panel over the annotations of a slide of 40 x 30 tiles of 100 px: Left and Right of 20 columns each, a
/// small one without class. The second gene is 2 more on the left.
struct Desk {
  Desk() : layer(document, canvas, tools), panel(workplace) {
    Slide slide = testing::pyramid({4000, 3000}, 2, 4);
    slide.mpp = Mpp{1, 1};
    slide.hash = std::string(64, 'a');
    document.change(document.annotations()->with({rectangle("l", "Left", {0, 0, 2000, 3000}),
                                                  rectangle("r", "Right", {2000, 0, 2000, 3000}),
                                                  rectangle("s", "", {0, 0, 500, 500})}),
                    QStringLiteral("3"));
    layer.showSlide(std::make_shared<const Slide>(slide), {});
    panel.showLayer(&layer);
    panel.showPrediction(std::make_shared<const Prediction>(
        testing::madeField(40, 30,
                           {[](int x, int y) { return std::sin(12.9898 * x + 78.233 * y); },
                            [](int x, int y) { return std::sin(7.1 * x + 5.3 * y) + (x < 20 ? 2 : 0); }})));
    panel.show();
  }
  QComboBox& box(const char* name) {
    for (QComboBox* box : panel.findChildren<QComboBox*>())
      if (box->accessibleName() == QLatin1String(name)) return *box;
    qFatal("no box '%s'", name);
  }
  void choose(const char* a, const char* b) {
    box("Region A").setCurrentText(QString::fromUtf8(a));
    box("Region B").setCurrentText(QString::fromUtf8(b));
  }
  QPushButton& button(const char* text) {
    for (QPushButton* one : panel.findChildren<QPushButton*>())
      if (one->text().remove(u'&') == QString::fromUtf8(text)) return *one;
    qFatal("no button '%s'", text);
  }
  bool compare() {
    QSignalSpy compared(&panel, &RegionPanel::compared);
    button("Compare").click();
    return compared.wait(kPatience);
  }
  QTableView& table() { return *panel.findChild<QTableView*>(); }
  QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
  QString text(const char* name) { return panel.findChild<QLabel*>(QLatin1String(name))->text(); }

  Workplace workplace;
  Case document;
  SlideCanvas canvas;
  ToolChoice tools;
  AnnotationLayer layer;
  RegionPanel panel;
};

}  // namespace

class RegionPanelTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  }

  void twoClassesBecomeATableWithTheLargestEffectFirst() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    QCOMPARE(desk.table().model()->rowCount(), 2);
    QCOMPARE(desk.cell(0, RegionTable::Symbol), QStringLiteral("GENE2"));
    QVERIFY2(desk.cell(0, RegionTable::Difference).startsWith(u'2') ||
                 desk.cell(0, RegionTable::Difference).startsWith(QLatin1String("1.9")),
             qPrintable(desk.cell(0, RegionTable::Difference)));
    QVERIFY(desk.cell(0, RegionTable::Interval).startsWith(u'['));
    QVERIFY(!desk.table().model()->index(0, 0).data(Qt::ForegroundRole).isValid());
    desk.table().sortByColumn(RegionTable::Effect, Qt::AscendingOrder);
    QCOMPARE(desk.cell(0, RegionTable::Symbol), QStringLiteral("GENE1"));
    QVERIFY2(desk.text("regionSentences")
                 .startsWith(QLatin1String("A: Left: 600 tiles, 6 mm2, 100 % of the 6 mm2 drawn is tissue\n"
                                           "B: Right: 600 tiles")),
             qPrintable(desk.text("regionSentences")));
    QVERIFY2(desk.text("counterfactual")
                 .startsWith(QString::fromUtf8("Without “Left” the slide's GENE2 would be")),
             qPrintable(desk.text("counterfactual")));
  }

  void whatIsSelectedIsComparedWithTheRestAndGreyWhereItIsTooSmallForAnInterval() {
    Desk desk;
    desk.layer.select({"s"});
    desk.choose("What is selected", "Rest of the tissue");
    QVERIFY(desk.compare());
    QVERIFY(desk.panel.comparison()->bIsRest);
    QCOMPARE(desk.panel.comparison()->a.tiles, size_t(25));
    QCOMPARE(desk.cell(0, RegionTable::Interval), QStringLiteral("–"));
    QVERIFY(desk.table().model()->index(0, 0).data(Qt::ForegroundRole).isValid());
    QVERIFY(desk.text("regionSentences").contains(QLatin1String("the differences are shown without")));
  }

  void aRowChoosesItsGene() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    QSignalSpy chosen(&desk.panel, &RegionPanel::geneChosen);
    desk.table().selectRow(1);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("GENE1"));
    QVERIFY(desk.text("counterfactual").contains(QLatin1String("GENE1")));
  }

  void whatCannotBeComparedIsSaidAndTheTableBeforeStays() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    QSignalSpy refused(&desk.panel, &RegionPanel::refused);
    desk.choose("What is selected", "Right");
    desk.button("Compare").click();
    QVERIFY(refused.wait(kPatience));
    QCOMPARE(refused[0][0].toString(),
             QStringLiteral("Cannot compare regions of 'made.tif': “What is selected” has no area, as lines "
                            "and points have none."));
    QCOMPARE(desk.panel.comparison()->a.name, std::string("Left"));
  }

  void aTableSaysWhenPredictionOrAnnotationsHaveChangedAndGoesWithItsSlide() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    QVERIFY(!desk.text("regionSentences").contains(QLatin1String("changed since")));
    desk.document.change(desk.document.annotations()->without({"s"}), QStringLiteral("Delete"));
    QVERIFY(desk.text("regionSentences").contains(QLatin1String("The annotations have changed since.")));
    Prediction other = testing::madeField(40, 30, {[](int, int) { return 1.0; }});
    other.modelHash = std::string(64, 'c');
    desk.panel.showPrediction(std::make_shared<const Prediction>(other));
    QVERIFY(desk.text("regionSentences")
                .contains(QLatin1String(
                    "Made with Made model 0, which is not what the slide is predicted with now.")));
    Slide next = testing::pyramid({4000, 3000}, 2, 4);
    next.hash = std::string(64, 'd');
    desk.layer.showSlide(std::make_shared<const Slide>(next), {});
    QVERIFY(!desk.panel.comparison());
    QVERIFY(desk.table().isHidden());
  }

  void tablesGoIntoTheCaseInOrderAsStepsThatCanBeUndone() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    desk.button("Add to Report").click();
    desk.choose("Right", "Left");
    QVERIFY(desk.compare());
    desk.button("Add to Report").click();
    const auto tables = regionTablesFromJson(desk.document.entry("regionTables"));
    QVERIFY(tables);
    QCOMPARE(tables->size(), size_t(2));
    QCOMPARE((*tables)[0].a.name, std::string("Left"));
    QCOMPARE((*tables)[1].a.name, std::string("Right"));
    QCOMPARE(toJson((*tables)[1]), toJson(*desk.panel.comparison()));
    QCOMPARE(desk.document.undoText(), QStringLiteral("Add Region Table to Report"));
    desk.document.undo();
    QCOMPARE(regionTablesFromJson(desk.document.entry("regionTables"))->size(), size_t(1));
    desk.document.undo();
    QVERIFY(desk.document.entry("regionTables").empty());
    desk.document.setEntry("regionTables", "[{}]");
    QSignalSpy refused(&desk.panel, &RegionPanel::refused);
    desk.button("Add to Report").click();
    QCOMPARE(refused.size(), 1);
    QVERIFY(refused[0][0].toString().startsWith(QLatin1String("Cannot read the region tables: ")));
    QCOMPARE(desk.document.entry("regionTables"), std::string("[{}]"));
  }

  void theTableIsSavedAsCsvBehindTheWindow() {
    Desk desk;
    desk.choose("Left", "Right");
    QVERIFY(desk.compare());
    QSignalSpy said(&desk.panel, &RegionPanel::said), refused(&desk.panel, &RegionPanel::refused);
    const QString file = m_folder.filePath(QStringLiteral("table.csv"));
    desk.panel.exportCsv(file);
    QVERIFY(said.wait(kPatience));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll().toStdString(), toCsv(*desk.panel.comparison()));
    desk.panel.exportCsv(QStringLiteral("/nowhere/table.csv"));
    QVERIFY(refused.wait(kPatience));
    QVERIFY(refused[0][0].toString().contains(QLatin1String("'/nowhere/table.csv'")));
  }

  void theWindowComparesWhatIsDrawnOnItsSlideAndShowsTheGeneOfARow() {
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    QVERIFY(testing::writeTissueSlide(path("small.tif"), {2000, 1500}));
    Workplace workplace;
    MainWindow window(workplace);
    window.show();
    workplace.useModel(path("model"));
    auto* panel = window.findChild<RegionPanel*>();
    QVERIFY(panel);
    QSignalSpy finished(&window.session(), &SlideSession::predictionFinished);
    window.session().open(path("small.tif"));
    QVERIFY(finished.wait(kPatience));
    Case& document = window.pane().document();
    document.change(document.annotations()->with({rectangle("l", "Left", {0, 0, 1000, 1500})}),
                    QStringLiteral("Draw"));
    for (QComboBox* box : panel->findChildren<QComboBox*>())
      if (box->accessibleName() == QLatin1String("Region A")) box->setCurrentText(QStringLiteral("Left"));
    QSignalSpy compared(panel, &RegionPanel::compared);
    panel->compare();
    QVERIFY(compared.wait(kPatience));
    auto* table = panel->findChild<QTableView*>();
    table->selectRow(2);
    const std::string symbol = table->model()->index(2, RegionTable::Symbol).data().toString().toStdString();
    QTRY_VERIFY_WITH_TIMEOUT(
        window.session().scene().gene >= 0 &&
            window.session().scene().prediction->genes[size_t(window.session().scene().gene)].symbol ==
                symbol,
        kPatience);
  }
};

}  // namespace geneglass::region_panel_test

GENEGLASS_WINDOW_TEST(geneglass::region_panel_test::RegionPanelTest)
#include "region_panel_test.moc"
