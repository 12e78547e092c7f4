// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/calls_view.h"

#include <QLabel>
#include <QtTest>

#include "app/desktop/genes/class_bar.h"
#include "tests/support/made_prediction.h"
#include "tests/support/window_test_program.h"

namespace geneglass::calls_view_test {

class CallsViewTest final : public QObject {
  Q_OBJECT

  static Prediction madeDiagnosis() {
    Prediction prediction = testing::madePrediction();
    SlideCall diagnosis;
    diagnosis.facts.classes.back() = {"tumour", 0.968, 0.91, 0.99, {}};
    diagnosis.facts.slides = 120;
    diagnosis.facts.patients = 60;
    diagnosis.facts.calibrationError = 0.03;
    diagnosis.probabilities = {0.066, 0.934};
    diagnosis.regionTiles = 33;
    diagnosis.regionMm2 = 1.32;
    prediction.calls = {diagnosis};
    return prediction;
  }
  static QString shown(const CallsView& view) {
    QStringList texts;
    for (const QLabel* label : view.findChildren<QLabel*>())
      if (label->isVisibleTo(&view)) texts << label->text();
    return texts.join(QLatin1Char('|'));
  }

 public:
  static void initMain() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

 private Q_SLOTS:
  void theProbabilityIsNeverShownWithoutItsReliability() {
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    QVERIFY(!view.isHidden());
    QCOMPARE(shown(view),
             QStringLiteral(
                 "P(tumour) 0.93|held-out AUC 0.97 [0.91, 0.99], 120 slides of 60 patients; tumour "
                 "region 1.32 mm², 50 % of 66 tiles. Calibrated, expected error 0.03. Research use only, "
                 "not for diagnosis."));
  }

  void classesOfTilesAreToldByTheirPartsAndAsNotJudged() {
    Prediction prediction = madeDiagnosis();
    SlideCall& call = prediction.calls[0];
    call.facts.target = "tissue";
    call.facts.classes = {{.name = "fat"}, {.name = "stroma"}, {.name = "tumour"}};
    call.facts.ofTiles = true;
    call.probabilities = {0, 0.25, 0.75};
    call.classOfTile = {1, 2, 2, 2};
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QCOMPARE(
        shown(view),
        QStringLiteral("tissue: tumour 75 %, stroma 25 %|4 tiles, each of the class it most resembles: an "
                       "imported classifier, not judged here. Research use only, not for "
                       "diagnosis.|<span style='color:#009e73'>■</span>&nbsp;tumour&nbsp;75&nbsp;%  <span "
                       "style='color:#56b4e9'>■</span>&nbsp;stroma&nbsp;25&nbsp;%"));
    QCOMPARE(QString::fromStdString(inWords(call)),
             QStringLiteral("tissue: tumour 75 %, stroma 25 % of 4 tiles; not judged here"));
  }

  void templatesSayNoCallPlainlyAndThatNothingWasTested() {
    Prediction prediction = madeDiagnosis();
    SlideCall& call = prediction.calls[0];
    call.facts = {};
    call.facts.target = "CMS of tiles";
    call.facts.classes = {{.name = "CMS1"}, {.name = "CMS2"}};
    call.facts.ofTiles = true;
    call.probabilities = {0.25, 0.75};
    call.classOfTile = {0, 1, 1, 1};
    call.byTemplates = TemplateCall{"CMS", "t.csv", {"CMS1", "CMS2"}, {0.71, 0.66}, 1, 0.21, 530, 61, 12, {}};
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    const QString text = shown(view);
    QVERIFY2(text.startsWith(QStringLiteral(
                 "CMS: no call (nearest CMS2, p 0.210)|Nearest template, distances CMS1 0.71, CMS2 0.66; p "
                 "against chance, no FDR of a single slide. 61 of the templates' 530 genes are predicted, 12 "
                 "of them well. Held-out accuracy: never tested against measured CMS. Research use only, not "
                 "for diagnosis.\n4 tiles, each by its nearest template, without a test:|")),
             qPrintable(text));
    QCOMPARE(view.findChild<ClassBar*>()->accessibleDescription(), QStringLiteral("CMS2 75 %, CMS1 25 %"));
    QVERIFY(!text.contains(QStringLiteral("AUC")));
    prediction.calls[0].byTemplates->p = 0.001;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).startsWith(QStringLiteral("CMS: CMS2 (p 0.001)|")));
  }

  void syntheticSlidesAreNamedBesideTheAuc() {
    Prediction prediction = madeDiagnosis();
    prediction.calls[0].facts.synthetic = true;
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(
        shown(view).contains(QStringLiteral("held-out AUC 0.97 [0.91, 0.99], 120 synthetic slides of 60")));
    QVERIFY(shown(view).contains(
        QStringLiteral("Learnt from synthetic slides: it says nothing of real tissue. Research use only")));
    QVERIFY(inWords(prediction.calls[0]).ends_with(", on synthetic slides"));
  }

  void whileTilesWaitItSaysSoFarAndNamesNoRegion() {
    Prediction prediction = madeDiagnosis();
    prediction.waiting.push_back({0, 0});
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(
        shown(view).startsWith(QStringLiteral("P(tumour) 0.93 so far, of 66 of 67 tiles|held-out AUC 0.97")));
    QVERIFY(!shown(view).contains(QStringLiteral("mm²")));
  }

  void beforeAQuarterOfTheTilesItNamesNoProbability() {
    Prediction prediction = madeDiagnosis();
    prediction.waiting.assign(199, {0, 0});
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).startsWith(QStringLiteral("P(tumour): after 25 % of the tiles|held-out AUC 0.97")));
    prediction.waiting.pop_back();
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).startsWith(QStringLiteral("P(tumour) 0.93 so far, of 66 of 264 tiles|")));
  }

  void aSlideWithoutARegionSaysSo() {
    Prediction prediction = madeDiagnosis();
    prediction.calls[0].regionTiles = 0;
    prediction.calls[0].regionMm2 = 0;
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).contains(QStringLiteral("; no tumour region in 66 tiles. Calibrated")));
  }

  void subtypesStandBelowWithTheLikeliestFirstAndEachWithItsReliability() {
    Prediction prediction = madeDiagnosis();
    SlideCall subtypes;
    subtypes.facts.target = "CMS";
    subtypes.facts.classes = {
        {"CMS1", 0.93, 0.88, 0.96, {}}, {"CMS2", 0.81, 0.74, 0.87, {}}, {"CMS4", 0.86, 0.8, 0.91, {}}};
    subtypes.facts.slides = 200;
    subtypes.facts.patients = 150;
    subtypes.facts.calibrationError = 0.05;
    subtypes.probabilities = {0.1, 0.2, 0.7};
    prediction.calls.push_back(subtypes);
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).startsWith(QStringLiteral("P(tumour) 0.93|held-out AUC 0.97")));
    QVERIFY2(shown(view).endsWith(QStringLiteral(
                 "|CMS: CMS4 0.70, CMS2 0.20, CMS1 0.10|held-out AUC CMS1 0.93 [0.88, 0.96], CMS2 0.81 "
                 "[0.74, 0.87], CMS4 0.86 [0.80, 0.91], 200 slides of 150 patients. Calibrated, expected "
                 "error 0.05. Research use only, not for diagnosis.")),
             qPrintable(shown(view)));
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    QVERIFY(!shown(view).contains(QStringLiteral("CMS")));
  }

  void withoutADiagnosisThereIsNothing() {
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    view.showPrediction(std::make_shared<Prediction>(testing::madePrediction()));
    QVERIFY(view.isHidden());
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    view.showPrediction(nullptr);
    QVERIFY(view.isHidden());
  }
};

}  // namespace geneglass::calls_view_test

GENEGLASS_WINDOW_TEST(geneglass::calls_view_test::CallsViewTest)
#include "calls_view_test.moc"
