// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "app/desktop/genes/calls_view.h"
#include "app/desktop/genes/class_bar.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/known_tissue.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::subtype_window_test {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

/// The subtype of a slide by templates that the user chooses.
class SubtypeWindowTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  std::filesystem::path m_templates;

  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }
  std::filesystem::path write(const char* name, const char* text) const {
    std::ofstream(path(name)) << text;
    return path(name);
  }

  /// A window that shows the slide predicted by that model.
  struct Shown {
    Workplace workplace;
    MainWindow window{workplace};
    SlideSession& session = window.session();
    SubtypeCalling& subtypes = window.pane().subtypes();

    Shown(const std::filesystem::path& slide, const std::filesystem::path& model) {
      window.show();
      QSignalSpy finished(&session, &SlideSession::predictionFinished);
      workplace.useModel(model);
      session.open(slide);
      if (!finished.wait(kPatience)) qFatal("no prediction");
    }
    const std::vector<SlideCall>& calls() const { return session.scene().prediction->calls; }
    QString said() const {
      QStringList texts;
      const auto* view = window.findChild<CallsView*>();
      for (const QLabel* label : view->findChildren<QLabel*>())
        if (label->isVisibleTo(view)) texts << label->text();
      return texts.join(QLatin1Char('|'));
    }
    bool isOverlayShown() {
      const auto& wishes = window.pane().overlays().choice().wishes();
      for (size_t i = 0; i < wishes.size(); ++i)
        if (wishes[i].entry.identifier == QStringLiteral("tile_classes"))
          return wishes[i].on && window.pane().overlays().overlays()[i].overlay;
      return false;
    }
  };

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    testing::knowingTissue(*testing::writeRandomPackage(path("foreign"), 64), testing::kNoTissue);
    QVERIFY(testing::writeTissueSlide(path("one.tif"), {2000, 1500}));
    QVERIFY(testing::writeTissueSlide(path("two.tif"), {1800, 1600}));
    m_templates =
        write("templates.CMS.csv",
              "class,symbol\nCMS1,STAT1\nCMS1,IRF1\nCMS2,CDX2\nCMS2,ASCL2\nCMS2,NOSUCH\nCMS4,VIM\n");
  }

  void theSlideAndItsTilesAreCalledAndNothingLooksTested() {
    Shown shown(path("one.tif"), path("model"));
    QVERIFY(shown.calls().empty() && !shown.isOverlayShown());
    QSignalSpy called(&shown.subtypes, &SubtypeCalling::called);
    shown.subtypes.call(m_templates);
    QVERIFY(called.wait(kPatience));
    QCOMPARE(shown.calls().size(), size_t(1));
    QVERIFY(shown.calls()[0].byTemplates);
    QVERIFY(shown.isOverlayShown());
    const QString said = shown.said();
    QVERIFY2(said.startsWith(QStringLiteral("CMS: ")) && said.contains(QStringLiteral("(")),
             qPrintable(said));
    QVERIFY2(
        said.contains(QStringLiteral("5 of the templates' 6 genes are predicted, 5 of them well. Held-out "
                                     "accuracy: never tested against measured CMS. Research use only")),
        qPrintable(said));
    const auto* bar = shown.window.findChild<ClassBar*>();
    QVERIFY(bar && bar->isVisible() && bar->accessibleDescription().contains(QLatin1Char('%')));
    QCOMPARE(called.count(), 1);  // its own news do not call it again
  }

  void theNextSlideAndOtherTemplatesAreCalledToo() {
    Shown shown(path("one.tif"), path("model"));
    QSignalSpy called(&shown.subtypes, &SubtypeCalling::called);
    shown.subtypes.call(m_templates);
    QVERIFY(called.wait(kPatience));
    shown.session.open(path("two.tif"));
    QVERIFY(called.wait(kPatience));
    QCOMPARE(shown.calls().size(), size_t(1));
    shown.subtypes.call(write("templates.MSI.csv", "class,symbol\nMSI,GNLY\nMSS,CDX2\n"));
    QVERIFY(called.wait(kPatience));
    QCOMPARE(shown.calls().size(), size_t(2));
    QCOMPARE(shown.calls()[1].byTemplates->target, std::string("MSI"));
  }

  void tissueUnlikeTheTrainingHasNeitherCallNorOverlay() {
    Shown shown(path("one.tif"), path("foreign"));
    QVERIFY(shown.session.scene().prediction->withheld);
    QSignalSpy refused(&shown.subtypes, &SubtypeCalling::refused),
        called(&shown.subtypes, &SubtypeCalling::called);
    shown.subtypes.call(m_templates);
    QCOMPARE(refused.takeFirst()[0].toString(),
             QStringLiteral("No subtype is called: this tissue is unlike what the model learnt from."));
    QVERIFY(shown.calls().empty() && !shown.isOverlayShown());
    shown.session.showOutside(true);
    QVERIFY(called.wait(kPatience));
    QVERIFY2(shown.said().contains(QStringLiteral(" of tissue unlike the training tissue|")),
             qPrintable(shown.said()));
    shown.session.showOutside(false);
    QVERIFY(shown.calls().empty() && !shown.isOverlayShown());
  }

  void aFileThatIsNoneIsSaidOnceAndNotTriedAgain() {
    Shown shown(path("one.tif"), path("model"));
    QSignalSpy refused(&shown.subtypes, &SubtypeCalling::refused);
    shown.subtypes.call(write("notes.csv", "nothing\n"));
    QVERIFY(refused.wait(kPatience));
    QVERIFY2(shown.window.messages().sentence().contains(QStringLiteral("notes.csv'")),
             qPrintable(shown.window.messages().sentence()));
    shown.subtypes.call(write("templates.X.csv", "class,symbol\nA,STAT1\nB,NOSUCH\n"));
    QVERIFY(refused.wait(kPatience));
    QVERIFY2(shown.window.messages().sentence().contains(QStringLiteral("no gene of the class 'B' is there")),
             qPrintable(shown.window.messages().sentence()));
    QSignalSpy finished(&shown.session, &SlideSession::predictionFinished);
    shown.session.open(path("two.tif"));
    QVERIFY(finished.wait(kPatience));
    QCOMPARE(refused.count(), 2);
  }
};

}  // namespace geneglass::subtype_window_test

GENEGLASS_WINDOW_TEST(geneglass::subtype_window_test::SubtypeWindowTest)
#include "subtype_window_test.moc"
