// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/fold_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

#include "tests/support/test_program.h"

namespace geneglass::diagnosis_cohort_test {

class DiagnosisCohortTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const std::string& name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }
  Result<Cohort> read(const std::string& text) const {
    std::ofstream(path("cohort.csv")) << text;
    return readClassCohort(path("cohort.csv"), "tumour");
  }
  /// `pairs` patients with a slide of each kind, then `tumours` and `normals` with one of one kind.
  static Cohort made(size_t pairs, size_t tumours, size_t normals) {
    Cohort cohort{"made.csv", {"tumour"}, {}, Classes{{"normal", "tumour"}, true}};
    for (size_t i = 0; i < pairs + tumours + normals; ++i) {
      const std::string patient = "p" + std::to_string(i);
      if (i < pairs + tumours) cohort.cases.push_back({patient, Split::Train, {"t"}, {1}});
      if (i < pairs || i >= pairs + tumours) cohort.cases.push_back({patient, Split::Train, {"n"}, {0}});
    }
    return cohort;
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* name : {"a.tif", "b.tif", "c.tif", "d.tif"}) std::ofstream(path(name)) << "x";
  }

  void aSlideIsABagAndItsCaseThePatient() {
    const Result<Cohort> cohort = read(
        "slide,case,split,CD8A,tumour\n"
        "a.tif,TCGA-AA-3511-01A,train,1.5,1\n"
        "b.tif,TCGA-AA-3511-11A,train,,0\n"
        "c.tif,other,test,2,1\n");
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(cohort->cases[0].name, std::string("TCGA-AA-3511"));
    QCOMPARE(cohort->cases[2].name, std::string("other"));
    QCOMPARE(cohort->classCount(), size_t(2));
    QCOMPARE(std::get<Classes>(cohort->target).names, (std::vector<std::string>{"normal", "tumour"}));
    QCOMPARE(cohort->classOfCase(), (std::vector<size_t>{1, 0, 1}));
    QCOMPARE(cohort->patientOfCase(), (std::vector<size_t>{0, 0, 1}));
    const Result<Cohort> training = chooseCases(*cohort, Split::Train, 0);
    QVERIFY(training);
    QCOMPARE(training->slideCount(), size_t(2));
    QCOMPARE(training->patientCount(), size_t(1));
    const Result<Cohort> test = chooseCasesToEvaluate(*cohort);
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
    row("semicolons", "slide;case;split;tumour\n", "it has a header and no rows");
    row("other header", "file,case,split,tumour\n", "row 1: the header must begin with slide,case,split");
    row("no label", "slide,case,split,grade\na.tif,p,train,1\n", "row 1: there is no column tumour");
    row("two labels", "slide,case,split,tumour,tumour\n", "row 1: there are two columns tumour");
    row("no number", "slide,case,split,tumour\na.tif,p,train,yes\n",
        "row 2: 'yes' for tumour is the only class; two or more are needed");
    row("a third value", "slide,case,split,tumour\na.tif,p,train,0\nb.tif,q,train,1\nc.tif,r,train,2\n",
        "row 4: '2' for tumour is neither 0 nor 1");
    row("0 and 1 beside names",
        "slide,case,split,tumour\na.tif,p,train,1\nb.tif,q,train,CMS2\nc.tif,r,train,CMS3\n",
        "row 3: 'CMS2' for tumour is neither 0 nor 1");
    row("0 and a name", "slide,case,split,tumour\na.tif,p,train,0\nb.tif,q,train,yes\n",
        "row 3: 'yes' for tumour is neither 0 nor 1");
    row("one name written in two ways",
        "slide,case,split,tumour\na.tif,p,train,MSS\nb.tif,q,train,MSI\nc.tif,r,train,mss\n",
        "row 4: 'mss' for tumour may be the same class as 'MSS'; write both alike");
    row("a name is missing",
        "slide,case,split,tumour\na.tif,p,train,A\nb.tif,q,train,B\nc.tif,r,train,C\nd.tif,s,train,\n",
        "row 5: '' for tumour names no class");
    row("missing", "slide,case,split,tumour\na.tif,p,train,\n", "row 2: '' for tumour names no class");
    row("missing beside 0", "slide,case,split,tumour\na.tif,p,train,0\nb.tif,q,train,\n",
        "row 3: '' for tumour is neither 0 nor 1");
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
    const Result<Cohort> cohort = read(text.toStdString());
    QVERIFY(!cohort);
    QCOMPARE(QString::fromStdString(cohort.error().sentence),
             QStringLiteral("Cannot use the cohort '%1': %2.")
                 .arg(QString::fromStdString(path("cohort.csv").string()), reason));
  }

  void aFileThatIsNotThereIsNamed() {
    const Result<Cohort> cohort = readClassCohort(path("nowhere.csv"), "tumour");
    QVERIFY(!cohort);
    QCOMPARE(cohort.error().sentence, "Cannot open the cohort '" + path("nowhere.csv").string() + "'.");
  }

  void everyFoldGetsItsPartOfEachKindOfPatient() {
    const Cohort cohort = made(7, 5, 6);
    const Folds folds{3, assignFolds(cohort, 3, 11)};
    QVERIFY(checkFolds(cohort, folds));
    std::map<int, std::set<size_t>> patients;
    std::map<int, int> tumours;
    const std::vector<size_t> patient = cohort.patientOfCase(), classes = cohort.classOfCase();
    for (size_t i = 0; i < patient.size(); ++i) {
      patients[folds.ofCase[i]].insert(patient[i]);
      tumours[folds.ofCase[i]] += int(classes[i]);
    }
    for (int fold = 0; fold < 3; ++fold) {
      QCOMPARE(patients[fold].size(), size_t(6));  // of 18: none is in two folds
      QCOMPARE(tumours[fold], 4);
    }
    QVERIFY(assignFolds(cohort, 3, 11) == folds.ofCase);
    QVERIFY(assignFolds(cohort, 3, 12) != folds.ofCase);
  }

  void twoNamesInTheColumnAreTwoClassesTheOneThatSaysAbsentFirst_data() {
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("first");
    for (const auto& [one, other, first] :
         {std::array{"MSI", "MSS", "MSS"}, std::array{"MSI-H", "MSS", "MSS"},
          std::array{"tumour", "normal", "normal"}, std::array{"yes", "no", "no"},
          std::array{"mutated", "wild-type", "wild-type"}, std::array{"High", "Low", "Low"},
          std::array{"LUSC", "LUAD", "LUAD"}})
      QTest::newRow(one) << QString::fromUtf8(one) << QString::fromUtf8(other) << QString::fromUtf8(first);
  }
  void twoNamesInTheColumnAreTwoClassesTheOneThatSaysAbsentFirst() {
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(QString, first);
    const Result<Cohort> cohort =
        read(QStringLiteral("slide,case,split,tumour\na.tif,p,train,%1\nb.tif,q,train,%2\n")
                 .arg(one, other)
                 .toStdString());
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(QString::fromStdString(cohort->valueOf(0)), first);
    QCOMPARE(QString::fromStdString(cohort->valueOf(1)), first == one ? other : one);
    QCOMPARE(QString::fromStdString(std::get<Classes>(cohort->target).names[0]), first);
    QCOMPARE(cohort->classOfCase(), (std::vector<size_t>{first != one, first == one}));
  }

  void threeNamesInTheColumnAreThreeClassesInAlphabeticalOrder() {
    const Result<Cohort> cohort = read(
        "slide,case,split,tumour\na.tif,p,train,CMS4\nb.tif,p,train,CMS1\nc.tif,q,train,CMS2\n"
        "d.tif,r,train,CMS1\n");
    QVERIFY2(cohort, cohort ? "" : cohort.error().sentence.c_str());
    QCOMPARE(std::get<Classes>(cohort->target).names, (std::vector<std::string>{"CMS1", "CMS2", "CMS4"}));
    QCOMPARE(cohort->classOfCase(), (std::vector<size_t>{2, 0, 1, 0}));
    QCOMPARE(cohort->patientOfCase(), (std::vector<size_t>{0, 0, 1, 2}));
    QCOMPARE(chooseCases(*cohort, Split::Test, 0).error().sentence,
             "Cannot use the cohort '" + path("cohort.csv").string() +
                 "': no slide of the split test has tumour = CMS1.");
    QCOMPARE(checkFolds(*cohort, {3, {0, 0, 1, 2}}).error().sentence,
             "Cannot use the cohort '" + path("cohort.csv").string() +
                 "': the fold 0 has no slide with tumour = CMS2; give more patients, or fewer folds.");
  }

  void aFoldWithoutOneKindIsRefused() {
    const Cohort cohort = made(0, 4, 2);
    const Result<void> checked = checkFolds(cohort, {3, assignFolds(cohort, 3, 1)});
    QVERIFY(!checked);
    QCOMPARE(
        checked.error().sentence,
        std::string("Cannot use the cohort 'made.csv': the fold 0 has no slide with tumour = 0; give more "
                    "patients, or fewer folds."));
  }
};

}  // namespace geneglass::diagnosis_cohort_test

GENEGLASS_TEST(geneglass::diagnosis_cohort_test::DiagnosisCohortTest)
#include "diagnosis_cohort_test.moc"
