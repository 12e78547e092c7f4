// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QHelpEvent>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolTip>
#include <QtTest>

#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/window/main_window.h"
#include "tests/app/desktop/tissue_slide.h"
#include "tests/inference/made_model.h"
#include "tests/support/window_test_program.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::gene_window_test {

class GeneWindowTest final : public QObject {
  Q_OBJECT

  static constexpr int kPatience = 60'000;
  QTemporaryDir m_folder;
  std::unique_ptr<Workplace> m_workplace;
  std::unique_ptr<MainWindow> m_window;

  std::filesystem::path path(const char* name) const {
    return m_folder.filePath(QLatin1String(name)).toStdString();
  }
  SlideSession& session() const { return m_window->session(); }
  GenePanelView& genes() const { return *m_window->findChild<GenePanelView*>(); }
  QString shownMap() const {
    const auto shown = m_window->overlays().upperHeatmap();
    return shown ? shown->overlay->heatmap()->name : QString();
  }
  QString symbol(int gene) const {
    return QString::fromStdString(session().scene().prediction->genes[size_t(gene)].symbol);
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    QVERIFY(testing::writeRandomPackage(path("model"), 64));
    QVERIFY(testing::writeTissueSlide(path("one.tif"), {2000, 1500}));
    QVERIFY(testing::writeTissueSlide(path("two.tif"), {1800, 1600}));
  }

  void init() {
    m_workplace = std::make_unique<Workplace>();
    m_window = std::make_unique<MainWindow>(*m_workplace);
    m_window->show();
    m_workplace->useModel(path("model"));
    QSignalSpy finished(&session(), &SlideSession::predictionFinished);
    session().open(path("one.tif"));
    QVERIFY(finished.wait(kPatience));
  }

  void cleanup() {
    m_window.reset();
    m_workplace.reset();
    for (const char* kept : {"one.geneglass", "two.geneglass"})
      QFile::remove(m_folder.filePath(QLatin1String(kept)));
  }

  void theValueStandsBesideACursorThatRests() {
    Q_EMIT genes().geneChosen(1);
    QTRY_VERIFY_WITH_TIMEOUT(!shownMap().isEmpty(), kPatience);
    SlideCanvas& canvas = m_window->canvas();
    const auto restAt = [&](QPoint place) {
      QHelpEvent rest(QEvent::ToolTip, place, canvas.mapToGlobal(place));
      QCoreApplication::sendEvent(&canvas, &rest);
    };
    const auto valueAt = [&](QPoint place) {
      return m_window->overlays().textAt(canvas.viewport().toSlide({double(place.x()), double(place.y())}));
    };
    const QPoint middle = canvas.rect().center();
    QVERIFY(valueAt(middle).startsWith(symbol(1)));
    restAt(middle);
    QCOMPARE(QToolTip::text(), valueAt(middle));
    restAt({1, 1});  // beside the slide
    QVERIFY(valueAt({1, 1}).isEmpty());
    QTRY_VERIFY(!QToolTip::isVisible());
  }

  void aSlideOpensAsTissueAndKeepsTheGeneOfTheOneBefore() {
    QCOMPARE(session().scene().gene, -1);
    QVERIFY(shownMap().isEmpty());
    SlideSession& first = session();
    for (const int gene : {1, 2}) {
      Q_EMIT genes().geneChosen(gene);
      QTRY_COMPARE_WITH_TIMEOUT(session().scene().gene, gene, kPatience);
    }
    m_window->overlayChoice().hideMaps(true);
    QVERIFY(shownMap().isEmpty());
    for (QAction* action : m_window->findChildren<QAction*>())  // back to the gene before
      if (action->shortcut() == QKeySequence(Qt::Key_Z)) action->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(session().scene().gene, 1, kPatience);
    QVERIFY2(!shownMap().isEmpty(), "a gene that is asked for is shown");
    m_window->openBeside(path("two.tif"));
    QTRY_COMPARE_WITH_TIMEOUT(session().scene().gene, 1, kPatience);
    QVERIFY(&session() != &first);
  }

  void severalGenesAreShownTogetherAndOneAloneAgain() {
    auto& table = *genes().findChild<QTableView*>();
    const auto click = [&](int row, Qt::KeyboardModifiers keys) {
      const QRect place = table.visualRect(table.model()->index(row, 0));
      QTest::mouseClick(table.viewport(), Qt::LeftButton, keys, place.center());
    };
    click(0, {});
    QTRY_VERIFY_WITH_TIMEOUT(!shownMap().isEmpty(), kPatience);
    const QString alone = shownMap();
    click(1, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(shownMap().contains(QStringLiteral(", ")) && shownMap() != alone, kPatience);
    const auto together = m_window->pane().together().together();
    QVERIFY(together && together->genes.size() == 2 && together->mix == ColourMix::Sum);
    QVERIFY(m_window->overlays().upperHeatmap()->overlay->heatmap()->mix);
    click(0, {});
    QTRY_COMPARE_WITH_TIMEOUT(shownMap(), alone, kPatience);
    QVERIFY(!m_window->pane().together().together());
  }
};

}  // namespace geneglass::gene_window_test

GENEGLASS_WINDOW_TEST(geneglass::gene_window_test::GeneWindowTest)
#include "gene_window_test.moc"
