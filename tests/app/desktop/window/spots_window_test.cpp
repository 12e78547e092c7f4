// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/gene_table.h"
#include "app/desktop/genes/spot_scatter.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "tests/app/desktop/spot_files.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"

namespace geneglass::spots_window_test {

constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

/// Measured spots as the window shows them.
class SpotsWindowTest final : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;

  std::filesystem::path path(const char* name) const {
    return std::filesystem::path(m_folder.path().toStdString()) / name;
  }

  static QAction* actionOf(const MainWindow& window, const char* text) {
    for (QAction* action : window.findChildren<QAction*>())
      if (action->text().remove(u'&') == QString::fromUtf8(text)) return action;
    return nullptr;
  }

  /// What the table says of a gene in the column of the spots.
  static QString atSpots(const QTableView& view, const char* symbol) {
    for (int row = 0; row < view.model()->rowCount(); ++row)
      if (view.model()->index(row, GeneTable::Symbol).data().toString() == QLatin1String(symbol))
        return view.model()->index(row, GeneTable::AtSpots).data().toString();
    return QStringLiteral("no such gene");
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    QVERIFY(testing::writeTissueSlide(path("small.tif"), {2000, 1500}));
    testing::writeSpotFiles(path("spots"));
  }

  void theyAreReadFromTheMenuOnceThereIsASlide() {
    Workplace workplace;
    MainWindow window(workplace);
    QAction* action = actionOf(window, "Measured Spots…");
    QVERIFY(action && !action->isEnabled());
    QSignalSpy opened(&window.session(), &SlideSession::slideOpened);
    window.session().open(path("small.tif"));
    QVERIFY(opened.wait(kPatience));
    QVERIFY(action->isEnabled());
  }

  void tableScatterAndOverlayShowThemUntilTheSlideEnds() {
    Workplace workplace;
    MainWindow window(workplace);
    window.resize(1600, 1000);
    window.show();
    auto* view = window.findChild<GenePanelView*>()->findChild<QTableView*>();
    auto* scatter = window.findChild<SpotScatter*>();
    QVERIFY(view && scatter);
    QVERIFY(view->isColumnHidden(GeneTable::AtSpots) && scatter->isHidden());
    workplace.useModel(path("model"));
    QSignalSpy finished(&window.session(), &SlideSession::predictionFinished);
    window.session().open(path("small.tif"));
    window.pane().spots().read(path("spots"));
    QVERIFY(finished.wait(kPatience));
    QTRY_VERIFY_WITH_TIMEOUT(window.pane().spots().spots(), kPatience);
    QVERIFY(!view->isColumnHidden(GeneTable::AtSpots) && scatter->isVisible());
    QVERIFY(atSpots(*view, "VIM").contains(u'.'));
    QCOMPARE(atSpots(*view, "MUC2"), QStringLiteral("not defined"));
    QCOMPARE(atSpots(*view, "CDX2"), QStringLiteral("not measured"));

    window.session().chooseGene(std::string("VIM"));
    const auto title = [&] { return scatter->findChild<QLabel*>()->text(); };
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("VIM at 48 measured spots: r ")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(window.overlays().upperHeatmap(), kPatience);
    QVERIFY2(
        window.overlays().upperHeatmap()->overlay->heatmap()->name.startsWith(QStringLiteral("VIM measured")),
        qPrintable(window.overlays().upperHeatmap()->overlay->heatmap()->name));

    std::filesystem::copy_file(path("small.tif"), path("next.tif"));
    QSignalSpy changed(&window.pane().spots(), &SpotReading::changed);
    window.session().open(path("next.tif"));
    QVERIFY(changed.wait(kPatience));
    QVERIFY(view->isColumnHidden(GeneTable::AtSpots) && scatter->isHidden());
  }

  void aFolderWithoutSpotsIsSaidInTheWindow() {
    Workplace workplace;
    MainWindow window(workplace);
    window.show();
    workplace.useModel(path("model"));
    window.session().open(path("small.tif"));
    QSignalSpy refused(&window.pane().spots(), &SpotReading::refused);
    window.pane().spots().read(path("model"));
    QVERIFY(refused.wait(kPatience));
    QVERIFY(window.messages().isVisible());
    QVERIFY2(window.messages().sentence().startsWith(QStringLiteral("Cannot read the spots in '")),
             qPrintable(window.messages().sentence()));
  }
};

}  // namespace geneglass::spots_window_test

GENEGLASS_WINDOW_TEST(geneglass::spots_window_test::SpotsWindowTest)
#include "spots_window_test.moc"
