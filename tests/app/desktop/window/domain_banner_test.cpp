// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/domain_banner.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "app/desktop/genes/calls_view.h"
#include "app/desktop/window/slide_pane.h"
#include "inference/prediction/withheld.h"
#include "tests/app/desktop/spot_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/known_tissue.h"
#include "tests/inference/made_calls.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::domain_banner_test {
namespace {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

/// A package that knows tissue of which no tile is like, or every.
std::filesystem::path modelThatKnows(const std::filesystem::path& folder, float limit) {
  return testing::knowingTissue(testing::addMadeDiagnosis(testing::madeModel(folder)), limit).folder;
}

}  // namespace

class DomainBannerTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

  static Prediction madeOutside() {
    Prediction prediction;
    prediction.domain = judgeDomain(std::vector<float>(10, 9), std::vector<float>(24, 0.01F));
    return prediction;
  }

  /// A pane with the slide predicted by that model.
  struct Shown {
    Workplace workplace;
    OverlayChoice choice{{}};
    ToolChoice tools;
    SlidePane pane{workplace, choice, tools};
    SlideSession& session = pane.session();
    DomainBanner* banner = pane.findChild<DomainBanner*>();
    QPushButton* take = banner->findChild<QPushButton*>(QStringLiteral("takeSuitedModel"));
    QLabel* advice = banner->findChild<QLabel*>(QStringLiteral("modelAdvice"));
    QPushButton* button = banner->findChild<QPushButton*>(QStringLiteral("showOutside"));

    bool predict(const std::filesystem::path& slide, const std::filesystem::path& model) {
      QSignalSpy finished(&session, &SlideSession::predictionFinished);
      workplace.useModel(model);
      session.open(slide);
      return finished.wait(kPatience);
    }
  };

 private Q_SLOTS:
  void initTestCase() {
    QVERIFY(testing::writeTissueSlide(path("slide.tif"), {2000, 1500}));
    modelThatKnows(path("foreign"), testing::kNoTissue);
    modelThatKnows(path("also-foreign"), testing::kNoTissue);
    modelThatKnows(path("own"), testing::kAnyTissue);
  }

  void overASlideOutsideItSaysSoAndOffersToShowAll() {
    DomainBanner banner;
    banner.show();
    const Prediction whole = madeOutside(), withheld = withhold(whole);
    banner.showPrediction(&withheld);
    QVERIFY(!banner.isHidden());
    QCOMPARE(banner.sentence(),
             QStringLiteral("This tissue is unlike what the model learnt from (100 % of tiles "
                            "outside): its calls, percentiles and hotspots are withheld."));
    auto* button = banner.findChild<QPushButton*>(QStringLiteral("showOutside"));
    QCOMPARE(button->text(), QStringLiteral("Show anyway"));
    QSignalSpy wanted(&banner, &DomainBanner::allWanted);
    button->click();
    QCOMPARE(wanted.takeFirst()[0].toBool(), true);
    banner.showPrediction(&whole);
    QVERIFY(!banner.isHidden());
    QVERIFY(banner.sentence().endsWith(QStringLiteral("what is predicted of it is not to be relied on.")));
    QCOMPARE(button->text(), QStringLiteral("Withhold again"));
    button->click();
    QCOMPARE(wanted.takeFirst()[0].toBool(), false);
  }

  void overOtherSlidesThereIsNothing() {
    DomainBanner banner;
    Prediction inside;
    for (const Prediction* shown : {static_cast<const Prediction*>(nullptr), &std::as_const(inside)}) {
      banner.showPrediction(shown);
      QVERIFY(banner.isHidden());
      QCOMPARE(banner.sentence(), QString());
    }
    inside.domain = judgeDomain(std::vector<float>(10, 0.5F), std::vector<float>(24, 0.01F));
    banner.showPrediction(&inside);
    QVERIFY(banner.isHidden());
  }

  void theSceneOfASlideOutsideHoldsNoCallUntilTheButtonIsPressed() {
    Shown shown;
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    QVERIFY(shown.session.scene().prediction->withheld);
    QVERIFY(shown.session.scene().prediction->calls.empty());
    QVERIFY(!shown.banner->isHidden());
    QSignalSpy uncovered(&shown.session, &SlideSession::predictionUncovered);
    shown.button->click();
    QCOMPARE(uncovered.count(), 1);
    QVERIFY(!shown.session.scene().prediction->withheld);
    QCOMPARE(shown.session.scene().prediction->calls.size(), size_t(1));
    QVERIFY(shown.banner->sentence().endsWith(QStringLiteral("not to be relied on.")));
    shown.button->click();
    QVERIFY(shown.session.scene().prediction->calls.empty());
  }

  void measuredSpotsDoNotShowWhatIsWithheld() {
    Shown shown;
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    QSignalSpy changed(&shown.pane.spots(), &SpotReading::changed);
    const std::string gene = shown.session.scene().prediction->genes.front().symbol;
    shown.pane.spots().read(testing::writeSpotFiles(path("spots"), 200, gene));
    QVERIFY(changed.wait(kPatience));
    const OverlayScene scene = shown.pane.scene();
    QVERIFY(scene.spots && scene.spots->find(gene));
    QVERIFY(scene.prediction->withheld && scene.prediction->calls.empty());
    QVERIFY(std::isnan(scene.prediction->genes.front().percentile));
    QVERIFY(!shown.banner->isHidden());
  }

  void anotherSlideIsWithheldAgain() {
    Shown shown;
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    shown.button->click();
    QSignalSpy finished(&shown.session, &SlideSession::predictionFinished);
    shown.session.open(path("slide.tif"));
    QVERIFY(finished.wait(kPatience));
    QVERIFY(shown.session.scene().prediction->withheld);
  }

  void aSlideInsideIsShownAsEver() {
    Shown shown;
    QVERIFY(shown.predict(path("slide.tif"), path("own")));
    QVERIFY(shown.banner->isHidden());
    QVERIFY(!shown.session.scene().prediction->withheld);
    QCOMPARE(shown.session.scene().prediction->calls.size(), size_t(1));
  }

  void theModelThatLearntFromSuchTissueIsOfferedAndTakenWhenItIsPressed() {
    Shown shown;
    shown.pane.advice().chooseAmong([this] {
      return std::vector{path("foreign"), path("also-foreign"), path("own")};
    });
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    QTRY_VERIFY_WITH_TIMEOUT(!shown.take->isHidden(), kPatience);
    QVERIFY(shown.advice->text().startsWith(
        QStringLiteral("Another installed model learnt from tissue like it: ")));
    QSignalSpy wanted(&shown.pane, &SlidePane::modelWanted);
    shown.take->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<std::filesystem::path>(), path("own"));
    QSignalSpy finished(&shown.session, &SlideSession::predictionFinished);
    shown.workplace.useModel(path("own"));
    QVERIFY(finished.wait(kPatience));
    QVERIFY(shown.banner->isHidden());
  }

  void whereNoModelLearntFromSuchTissueTheBannerSaysSo() {
    Shown shown;
    shown.pane.advice().chooseAmong([this] { return std::vector{path("foreign"), path("also-foreign")}; });
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    QTRY_COMPARE_WITH_TIMEOUT(shown.advice->text(),
                              QStringLiteral("No installed model learnt from such tissue."), kPatience);
    QVERIFY(shown.take->isHidden());
  }

  void aModelThatCannotBeComparedIsNamedInTheWindow() {
    Shown shown;
    QSignalSpy refused(&shown.pane.advice(), &ModelAdvice::refused);
    shown.pane.advice().chooseAmong([this] { return std::vector{path("absent")}; });
    QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
    QVERIFY(!refused.isEmpty() || refused.wait(kPatience));
    QVERIFY(refused[0][0].toString().contains(QString::fromStdString(path("absent").string())));
  }

  void aPaneMayEndWhileModelsAreCompared() {
    for (int i = 0; i < 5; ++i) {
      Shown shown;
      shown.pane.advice().chooseAmong([this] { return std::vector{path("also-foreign"), path("own")}; });
      QVERIFY(shown.predict(path("slide.tif"), path("foreign")));
      QTRY_VERIFY_WITH_TIMEOUT(shown.pane.advice().state() != ModelAdvice::State::NotAsked, kPatience);
    }
  }

  void aCallThatIsShownAnywayIsMarked() {
    Prediction prediction = madeOutside();
    SlideCall call;
    call.probabilities = {0.01, 0.99};
    prediction.calls = {call};
    CallsView view;
    view.showPrediction(std::make_shared<Prediction>(withhold(prediction)));
    QVERIFY(view.isHidden());
    view.showPrediction(std::make_shared<Prediction>(prediction));
    QCOMPARE(view.findChild<QLabel*>()->text(),
             QStringLiteral("P(tumour) 0.99 of tissue unlike the training tissue"));
  }
};

}  // namespace geneglass::domain_banner_test

GENEGLASS_WINDOW_TEST(geneglass::domain_banner_test::DomainBannerTest)
#include "domain_banner_test.moc"
