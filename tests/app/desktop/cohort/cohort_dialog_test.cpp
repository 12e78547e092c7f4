// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/cohort/cohort_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "app/run/slide_record.h"
#include "inference/prediction/prediction_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::cohort_dialog_test {

constexpr int kPatience = 60000;  // ms; a limit for hangs, not a gate

/// Three slides with results, the last of tissue unlike the training's, and one whose slide could not be
/// read.
class CohortDialogTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  Workplace m_workplace;

  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }

  void writeResult(const char* name, double value, bool outside) const {
    Prediction prediction = testing::madePrediction();
    prediction.slideFile = std::string(name) + ".tif";
    prediction.slideHash = std::string(64, name[0]);
    for (GenePrediction& gene : prediction.genes) gene.value = value;
    prediction.domain = SlideDomain{};
    prediction.domain->distance.assign(prediction.grid.count(), 0.0F);
    prediction.domain->shareOutside = outside ? 0.75 : 0.0;
    prediction.domain->outside = outside;
    QVERIFY(writePrediction(path("results"), name, prediction));
    SlideRecord record{.name = name, .slide = path("slides").string() + "/" + name + ".tif", .state = "done"};
    QVERIFY(writeRecord(path("results/run/predict") / (std::string(name) + ".json"), record));
  }
  static QString textOf(const CohortTable& table, int row, int column) {
    return table.index(row, column).data().toString();
  }
  static QVariant barOf(const CohortTable& table, int row) {
    return table.index(row, CohortTable::Value).data(CohortTable::kBarRole);
  }
  static bool says(const QWidget& window, const QString& text) {
    const auto labels = window.findChildren<QLabel*>();
    return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(text); });
  }

 private Q_SLOTS:
  void initTestCase() {
    std::filesystem::create_directories(path("results/run/predict"));
    std::filesystem::create_directories(path("slides"));
    std::filesystem::create_directories(path("empty"));
    for (const char* name : {"slides/a.tif", "slides/b.tif", "slides/c.tif"})
      QVERIFY(testing::writeTissueSlide(path(name), {900, 700}));
    writeResult("a", 2, false);
    writeResult("b", 6, false);
    writeResult("c", 100, true);
    const SlideRecord failed{.name = "d",
                             .slide = path("slides/d.tif").string(),
                             .state = "failed",
                             .failures = {{1, "", "Cannot open 'd.tif': it is cut."}}};
    QVERIFY(writeRecord(path("results/run/predict/d.json"), failed));
  }

  void oneScaleIsThatOfTheSlidesThatMayBeCompared() {
    const Result<CohortResults> cohort = readCohort(path("results"), {});
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    const GeneScale scale = scaleOf(cohort->table, 0);
    QCOMPARE(scale.slides, size_t(2));
    QCOMPARE(scale.least, 2.0);
    QCOMPARE(scale.most, 6.0);
    QCOMPARE(cohort->slides.size(), size_t(4));
    QCOMPARE(cohort->slides[3].refusal, QStringLiteral("Cannot open 'd.tif': it is cut."));
    QCOMPARE(cohort->slides[1].file, path("slides/b.tif"));
  }

  void aRowShowsAValueOnTheScaleOrWhyNot() {
    CohortTable table;
    table.showCohort(std::make_shared<const CohortResults>(readCohort(path("results"), {}).value()));
    QCOMPARE(table.rowCount(), 4);
    QCOMPARE(textOf(table, 0, CohortTable::Value), QString());
    table.showGene(0);
    QCOMPARE(textOf(table, 0, CohortTable::Value), QStringLiteral("2.00"));
    QCOMPARE(barOf(table, 0).toDouble(), 0.0);
    QCOMPARE(barOf(table, 1).toDouble(), 1.0);
    QVERIFY(!barOf(table, 2).isValid() && !barOf(table, 3).isValid());
    QCOMPARE(textOf(table, 2, CohortTable::Remark),
             QStringLiteral("75 % of its tissue unlike the training's: not compared"));
    QCOMPARE(textOf(table, 3, CohortTable::Remark), QStringLiteral("Cannot open 'd.tif': it is cut."));
    QCOMPARE(textOf(table, 3, CohortTable::Value), QString());
    table.showGene(4);  // TP53, which is not well predicted
    for (int row = 0; row < 4; ++row) QVERIFY(!barOf(table, row).isValid());
  }

  void aClickOpensTheSlideWithTheGene() {
    CohortDialog dialog(m_workplace, nullptr);
    dialog.show();
    QSignalSpy taken(&dialog, &CohortDialog::taken), wanted(&dialog, &CohortDialog::slideWanted);
    dialog.read(path("results"));
    QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 1, kPatience);
    QVERIFY(says(dialog, QStringLiteral("3 slides with results in results; of 1 there is none")));
    QVERIFY(says(dialog, QStringLiteral("Held-out r 0.71 (95 % interval ")));
    QVERIFY(says(dialog, QStringLiteral("Bars from 2.00 to 6.00, over 2 slides.")));
    QTRY_VERIFY_WITH_TIMEOUT(dialog.table().hasPicture(1) && dialog.table().hasPicture(3), kPatience);
    auto* genes = dialog.findChild<QComboBox*>();
    Q_EMIT genes->textActivated(QStringLiteral("CDX2"));
    QCOMPARE(dialog.table().gene(), 1);
    Q_EMIT genes->textActivated(QStringLiteral("TP53"));
    QVERIFY(says(dialog, QStringLiteral("The model cannot predict this gene: its values say nothing.")));
    Q_EMIT genes->textActivated(QStringLiteral("XYZ"));
    QVERIFY(says(dialog, QStringLiteral("The model does not predict “XYZ”.")));
    Q_EMIT genes->textActivated(QStringLiteral("CDX2"));
    auto* view = dialog.findChild<QTableView*>();
    view->sortByColumn(CohortTable::Value, Qt::DescendingOrder);
    view->setCurrentIndex(view->model()->index(1, 0));  // after the 100 of c
    QTest::keyClick(view, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 1, kPatience);
    QCOMPARE(wanted[0][0].value<ListedSlide>().file, path("slides/b.tif"));
    QCOMPARE(wanted[0][1].value<std::string>(), std::string("CDX2"));
  }

  void aFolderWithoutResultsIsASentenceAndTheCohortStays() {
    CohortDialog dialog(m_workplace, nullptr);
    QSignalSpy taken(&dialog, &CohortDialog::taken), refused(&dialog, &CohortDialog::refused);
    dialog.read(path("results"));
    QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 1, kPatience);
    dialog.read(path("empty"));
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    QCOMPARE(refused[0][0].toString(), QStringLiteral("There is no result, NAME.prediction.json, in '%1'.")
                                           .arg(m_folder.filePath(QStringLiteral("empty"))));
    QCOMPARE(dialog.table().rowCount(), 4);
  }
};

}  // namespace geneglass::cohort_dialog_test

GENEGLASS_WINDOW_TEST(geneglass::cohort_dialog_test::CohortDialogTest)
#include "cohort_dialog_test.moc"
