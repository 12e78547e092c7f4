// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/diagnosis_view.h"

#include <QLabel>
#include <QtTest>

#include "tests/support/made_prediction.h"

namespace geneglass {

class DiagnosisViewTest final : public QObject {
  Q_OBJECT

  static Prediction madeDiagnosis() {
    Prediction prediction = testing::madePrediction();
    SlideDiagnosis diagnosis;
    diagnosis.facts.auc = 0.968;
    diagnosis.facts.aucLow = 0.91;
    diagnosis.facts.aucHigh = 0.99;
    diagnosis.facts.slides = 120;
    diagnosis.facts.patients = 60;
    diagnosis.facts.calibrationError = 0.03;
    diagnosis.probability = 0.934;
    diagnosis.regionTiles = 33;
    diagnosis.regionMm2 = 1.32;
    prediction.diagnosis = diagnosis;
    return prediction;
  }
  static QString shown(const DiagnosisView& view) {
    QStringList texts;
    for (const QLabel* label : view.findChildren<QLabel*>()) texts << label->text();
    return texts.join(QLatin1Char('|'));
  }

 private Q_SLOTS:
  void theProbabilityIsNeverShownWithoutItsReliability() {
    DiagnosisView view;
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    QVERIFY(!view.isHidden());
    QCOMPARE(shown(view),
             QStringLiteral(
                 "P(tumour) 0.93|held-out AUC 0.97 [0.91, 0.99], 120 slides of 60 patients; tumour "
                 "region 1.32 mm², 50 % of 66 tiles. Calibrated, expected error 0.03. Research use only, "
                 "not for diagnosis."));
  }

  void syntheticSlidesAreNamedBesideTheAuc() {
    Prediction prediction = madeDiagnosis();
    prediction.diagnosis->facts.synthetic = true;
    DiagnosisView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(
        shown(view).contains(QStringLiteral("held-out AUC 0.97 [0.91, 0.99], 120 synthetic slides of 60")));
    QVERIFY(shown(view).contains(
        QStringLiteral("Learnt from synthetic slides: it says nothing of real tissue. Research use only")));
    QVERIFY(inWords(*prediction.diagnosis).ends_with(", on synthetic slides"));
  }

  void whileTilesWaitItSaysSoFarAndNamesNoRegion() {
    Prediction prediction = madeDiagnosis();
    prediction.waiting.push_back({0, 0});
    DiagnosisView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).startsWith(QStringLiteral("P(tumour) 0.93 so far|held-out AUC 0.97")));
    QVERIFY(!shown(view).contains(QStringLiteral("mm²")));
  }

  void aSlideWithoutARegionSaysSo() {
    Prediction prediction = madeDiagnosis();
    prediction.diagnosis->regionTiles = 0;
    prediction.diagnosis->regionMm2 = 0;
    DiagnosisView view;
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QVERIFY(shown(view).contains(QStringLiteral("; no tumour region in 66 tiles. Calibrated")));
  }

  void withoutADiagnosisThereIsNothing() {
    DiagnosisView view;
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    view.showPrediction(std::make_shared<Prediction>(testing::madePrediction()));
    QVERIFY(view.isHidden());
    view.showPrediction(std::make_shared<Prediction>(madeDiagnosis()));
    view.showPrediction(nullptr);
    QVERIFY(view.isHidden());
  }
};

}  // namespace geneglass

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  geneglass::DiagnosisViewTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "diagnosis_view_test.moc"
