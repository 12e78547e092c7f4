// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/diagnosis_cohort.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <fstream>
#include <map>

using namespace geneglass;

class DiagnosisCohortTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<DiagnosisCohort> read(const std::string& text) const {
    std::ofstream(path("cohort.csv")) << text;
    return readDiagnosisCohort(path("cohort.csv"), "tumour");
  }
  /// `pairs` patients with a slide of each kind, then `tumours` and `normals` with one of one kind.
  static DiagnosisCohort made(size_t pairs, size_t tumours, size_t normals) {
    DiagnosisCohort cohort{"made.csv", "tumour", {}, {}};
    for (size_t i = 0; i < pairs + tumours + normals; ++i) {
      cohort.patients.push_back("p" + std::to_string(i));
      if (i < pairs + tumours) cohort.slides.push_back({"t", i, Split::Train, true});
      if (i < pairs || i >= pairs + tumours) cohort.slides.push_back({"n", i, Split::Train, false});
    }
    return cohort;
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"a.tif", "b.tif", "c.tif", "d.tif"}) std::ofstream(path(name)) << "x";
  }

  void aSlideIsABagAndItsCaseThePatient() {
    const Result<DiagnosisCohort> cohort = read(
        "slide,case,split,CD8A,tumour\n"
        "a.tif,TCGA-AA-3511-01A,train,1.5,1\n"
        "b.tif,TCGA-AA-3511-11A,train,,0\n"
        "c.tif,other,test,2,1\n");
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->patients, (std::vector<std::string>{"TCGA-AA-3511", "other"}));
    QCOMPARE(cohort->positives(), (std::vector<bool>{true, false, true}));
    QCOMPARE(cohort->patientOfSlide(), (std::vector<size_t>{0, 0, 1}));
    const Result<DiagnosisCohort> training = chooseSlides(*cohort, Split::Train);
    QVERIFY(training);
    QCOMPARE(training->slides.size(), size_t(2));
    QCOMPARE(training->patients, std::vector<std::string>{"TCGA-AA-3511"});
    const Result<DiagnosisCohort> test = chooseSlidesToEvaluate(*cohort);
    QVERIFY(!test);
    QCOMPARE(test.error().sentence, "Cannot use the cohort '" + path("cohort.csv").string() +
                                        "': no slide of the split test has tumour = 0.");
  }

  void whatDoesNotFitEndsInASentence_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, const char* reason) {
      QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(reason);
    };
    row("empty", "", "the file is empty");
    row("header alone", "slide,case,split,tumour\n", "it has a header and no rows");
    row("semicolons", "slide;case;split;tumour\n",
        "row 1: the columns are separated by semicolons; separate them with commas");
    row("other header", "file,case,split,tumour\n", "row 1: the header must begin with slide,case,split");
    row("no label", "slide,case,split,grade\na.tif,p,train,1\n", "row 1: there is no column tumour");
    row("two labels", "slide,case,split,tumour,tumour\n", "row 1: there are two columns tumour");
    row("no number", "slide,case,split,tumour\na.tif,p,train,yes\n",
        "row 2: 'yes' for tumour is neither 0 nor 1");
    row("a grade", "slide,case,split,tumour\na.tif,p,train,2\n", "row 2: '2' for tumour is neither 0 nor 1");
    row("missing", "slide,case,split,tumour\na.tif,p,train,\n", "row 2: '' for tumour is neither 0 nor 1");
    row("cells", "slide,case,split,tumour\na.tif,p,train\n", "row 2: 3 cells where the header has 4");
    row("split", "slide,case,split,tumour\na.tif,p,val,1\n",
        "row 2: the split is 'val'; it must be train or test");
    row("no case", "slide,case,split,tumour\na.tif,,train,1\n", "row 2: the case has no name");
    row("no slide", "slide,case,split,tumour\nz.tif,p,train,1\n", "row 2: there is no slide 'z.tif'");
    row("twice", "slide,case,split,tumour\na.tif,p,train,1\n\na.tif,q,train,0\n",
        "row 4: the slide 'a.tif' was given in row 2 already");
    row("both splits", "slide,case,split,tumour\na.tif,p,train,1\nb.tif,p,test,0\n",
        "row 3: the case 'p' is in both splits (see row 2)");
  }
  void whatDoesNotFitEndsInASentence() {
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const Result<DiagnosisCohort> cohort = read(text.toStdString());
    QVERIFY(!cohort);
    QCOMPARE(QString::fromStdString(cohort.error().sentence),
             QStringLiteral("Cannot use the cohort '%1': %2.")
                 .arg(QString::fromStdString(path("cohort.csv").string()), reason));
  }

  void aFileThatIsNotThereIsNamed() {
    const Result<DiagnosisCohort> cohort = readDiagnosisCohort(path("nowhere.csv"), "tumour");
    QVERIFY(!cohort);
    QCOMPARE(cohort.error().sentence, "Cannot open the cohort '" + path("nowhere.csv").string() + "'.");
  }

  void everyFoldGetsItsPartOfEachKindOfPatient() {
    const DiagnosisCohort cohort = made(7, 5, 6);
    const Folds folds{3, assignPatients(cohort, 3, 11)};
    QVERIFY(checkDiagnosisFolds(cohort, folds));
    std::map<int, int> patients, tumours;
    for (size_t i = 0; i < 18; ++i) ++patients[folds.ofCase[i]];
    for (const DiagnosedSlide& slide : cohort.slides) tumours[folds.ofCase[slide.patient]] += slide.positive;
    for (int fold = 0; fold < 3; ++fold) {
      QCOMPARE(patients[fold], 6);
      QCOMPARE(tumours[fold], 4);
    }
    QVERIFY(assignPatients(cohort, 3, 11) == folds.ofCase);
    QVERIFY(assignPatients(cohort, 3, 12) != folds.ofCase);
  }

  void aFoldWithoutOneKindIsRefused() {
    const DiagnosisCohort cohort = made(0, 4, 2);
    const Result<void> checked = checkDiagnosisFolds(cohort, {3, assignPatients(cohort, 3, 1)});
    QVERIFY(!checked);
    QCOMPARE(
        checked.error().sentence,
        std::string("Cannot use the cohort 'made.csv': the fold 0 has no slide with tumour = 0; give more "
                    "patients, or fewer folds."));
  }
};

QTEST_GUILESS_MAIN(DiagnosisCohortTest)
#include "diagnosis_cohort_test.moc"
