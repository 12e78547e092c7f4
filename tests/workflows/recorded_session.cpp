// SPDX-License-Identifier: GPL-3.0-or-later
// recorded_session MODEL FOLDER LANGUAGE THEME MPP SLIDE...: uses the window as a pathologist does, by keys
// and mouse, and writes the whole screen to FOLDER after each step: opens, hides the maps, chooses a gene,
// five at once, two ways of two, a lasso in the chart, hotspots, lens, dialogs, all menus, the slides side by
// side and linked. LANGUAGE: en or de; THEME: dark or light. A step that changed nothing is told; the status
// is the number of such steps. `record_sessions` runs it at the sizes, languages and themes that are looked
// at.
#include <fmt/format.h>

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenuBar>
#include <QScreen>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "app/desktop/charts/lasso_scatter.h"
#include "app/desktop/charts/plot_library.h"
#include "app/desktop/genes/gene_charts.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/gene_search.h"
#include "app/desktop/genes/mix_choice.h"
#include "app/desktop/preferences/language.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/spoken_widgets.h"
#include "app/desktop/window/parts/theme.h"
#include "viewer/canvas/graphics/gl_format.h"
#include "viewer/canvas/slide_canvas.h"

using namespace geneglass;

namespace {

constexpr int kPatience = 90'000;  ///< ms
constexpr int kSettled = 400;      ///< ms: fades, queued charts

struct Wish {
  std::filesystem::path model;
  QString folder;
  double mpp = 0;
  std::vector<std::filesystem::path> slides;
};

class Session final {
 public:
  Session(MainWindow& window, Wish wish) : m_window(window), m_wish(std::move(wish)) {}

  int run() {
    m_window.activateWindow();
    if (!QTest::qWaitForWindowActive(&m_window)) fmt::print("the window is not active\n");
    open();
    oneGene();
    severalGenes();
    charts();
    hotspots();
    annotations();
    lens();
    dialogs();
    menus();
    sideBySide();
    return m_wrong;
  }

 private:
  /// Waits, writes the screen, and says where the step had no effect.
  void step(const char* name, const std::function<bool()>& worked = {}) {
    const bool done = !worked || QTest::qWaitFor(worked, kPatience);
    (void)QTest::qWaitFor([this] { return canvas().lastFrame().plan.sharp; }, 10'000);
    QTest::qWait(kSettled);
    const QString file = QStringLiteral("%1/%2-%3.png")
                             .arg(m_wish.folder)
                             .arg(++m_count, 2, 10, QLatin1Char('0'))
                             .arg(QLatin1String(name));
    QGuiApplication::primaryScreen()->grabWindow(0).save(file);
    if (done) return;
    ++m_wrong;
    fmt::print("{}: nothing came of it\n", name);
  }

  SlideCanvas& canvas() { return m_window.canvas(); }
  SlideSession& session() { return m_window.session(); }
  QTableView& table() { return *m_window.findChild<GenePanelView*>()->findChild<QTableView*>(); }
  const Prediction* prediction() { return session().scene().prediction.get(); }
  bool isPredicted() { return prediction() && !session().isPredicting(); }

  void press(Qt::Key key, Qt::KeyboardModifiers held = {}) { QTest::keyClick(&canvas(), key, held); }

  void raise(const char* panel) {
    auto* dock = m_window.findChild<QDockWidget*>(QLatin1String(panel));
    dock->show();
    dock->raise();
  }

  void click(int row, Qt::KeyboardModifiers held) {
    table().scrollTo(table().model()->index(row, 0));
    QTest::qWait(20);
    const QRect place = table().visualRect(table().model()->index(row, 0));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, held, place.center());
  }

  std::optional<GenesTogether> together() {
    const auto shown = m_window.pane().together().together();
    return shown ? std::optional(*shown) : std::nullopt;
  }

  void open() {
    step("empty");
    m_window.openBeside(m_wish.slides.front(), m_wish.mpp);
    step("open", [this] { return session().opened().slide != nullptr; });
    step("predicted", [this] { return isPredicted(); });
  }

  void oneGene() {
    press(Qt::Key_F, Qt::ControlModifier);
    auto* search = m_window.findChild<GeneSearch*>()->findChild<QLineEdit*>();
    QTest::keyClicks(search, QStringLiteral("ERBB2"));
    QTest::keyClick(search, Qt::Key_Return);
    step("gene", [this] { return m_window.overlays().upperHeatmap().has_value(); });
    canvas().setFocus();
    press(Qt::Key_M);
    step("hidden", [this] { return m_window.overlayChoice().hidesMaps(); });
    press(Qt::Key_M);
    search->clear();
    const QPoint middle = canvas().rect().center();
    QTest::mouseMove(&canvas(), middle + QPoint(-60, -40));
    press(Qt::Key_4);
    QTest::mouseMove(&canvas(), middle);
    QTest::qWait(1000);
    step("value-at-the-cursor");
    press(Qt::Key_F);
    step("fitted");
  }

  /// Rows of genes that have a map.
  std::vector<int> rowsWithMaps() {
    std::vector<int> rows;
    for (int row = 0; row < table().model()->rowCount(); ++row) {
      const std::string symbol = table().model()->index(row, 0).data().toString().toStdString();
      const auto gene = std::ranges::find(prediction()->genes, symbol, &GenePrediction::symbol);
      if (gene != prediction()->genes.end() && gene->wellPredicted) rows.push_back(row);
    }
    return rows;
  }

  void severalGenes() {
    const std::vector<int> rows = rowsWithMaps();
    click(rows[0], {});
    for (size_t each = 1; each < 5; ++each) click(rows[each], Qt::ControlModifier);
    step("five-genes", [this] { return together() && together()->genes.size() == 5; });
    click(rows[2], {});
    click(rows[4], Qt::ControlModifier);
    step("two-genes", [this] { return together() && together()->genes.size() == 2; });
    auto* ways = m_window.findChild<MixChoice*>()->findChild<QComboBox*>();
    QTest::keyClick(ways, Qt::Key_Down);
    QTest::keyClick(ways, Qt::Key_Down);
    step("two-way", [this] { return together() && together()->mix == ColourMix::TwoWay; });
    click(rows[1], {});
    QTest::qWait(kSettled);
    click(rows[0], {});
  }

  void charts() {
    raise("charts");
    auto* charts = m_window.findChild<GeneCharts*>();
    bool marked = false;
    QObject::connect(charts, &GeneCharts::tilesMarked, charts,
                     [&marked](const std::vector<TileGrid::Cell>& cells) { marked = !cells.empty(); });
    auto* plot = charts->findChild<QCustomPlot*>(QStringLiteral("scatterChart"));
    step("charts", [plot] { return plot->plottableCount() > 0; });
    const double width = plot->width(), height = plot->height();
    const std::vector<QPointF> line{{0.35, 0.15}, {0.9, 0.1}, {0.95, 0.5}, {0.6, 0.6}, {0.35, 0.45}};
    const auto at = [&](QPointF share) { return QPoint(int(share.x() * width), int(share.y() * height)); };
    QTest::mousePress(plot, Qt::LeftButton, {}, at(line.front()));
    for (const QPointF& corner : line) QTest::mouseMove(plot, at(corner), 30);
    QTest::mouseRelease(plot, Qt::LeftButton, {}, at(line.back()));
    step("lasso", [&marked] { return marked; });
    charts->disconnect(charts);
    raise("genes");
  }

  void hotspots() {
    raise("hotspots");
    const Viewport before = canvas().viewport();
    canvas().setFocus();
    press(Qt::Key_Period);
    step("hotspot", [&] { return canvas().viewport().downsample != before.downsample; });
    press(Qt::Key_F);
    step("hotspots-fitted");
  }

  void annotations() {
    raise("annotations");
    raise("gallery");
    step("gallery");
    raise("picture");
    raise("regions");
    step("regions");
    raise("snapshots");
    press(Qt::Key_T, Qt::ControlModifier);
    step("snapshots");
    raise("slides");
    step("slides");
    raise("overlays");
    raise("genes");
  }

  void lens() {
    const QPoint middle = canvas().rect().center();
    press(Qt::Key_F7);
    QTest::mouseMove(&canvas(), middle + QPoint(-60, 30));
    step("lens");
    press(Qt::Key_F7);
    press(Qt::Key_F8);
    QTest::mouseMove(&canvas(), middle);
    step("swipe");
    press(Qt::Key_F8);
  }

  static QWidget* dialog() {
    for (QWidget* each : QApplication::topLevelWidgets())
      if (each->isVisible() && !qobject_cast<MainWindow*>(each) && each->isWindow() &&
          each->windowType() != Qt::ToolTip)
        return each;
    return nullptr;
  }

  void dialogOf(const char* name, Qt::Key key, Qt::KeyboardModifiers held) {
    canvas().setFocus();
    press(key, held);
    step(name, [] { return dialog() != nullptr; });
    if (QWidget* each = dialog()) each->close();
    QTest::qWait(100);
    m_window.activateWindow();
    QTest::qWait(100);
  }

  void dialogs() {
    dialogOf("preferences", Qt::Key_Comma, Qt::ControlModifier);
    dialogOf("snapshot", Qt::Key_S, Qt::ControlModifier);
    dialogOf("report", Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    dialogOf("print", Qt::Key_P, Qt::ControlModifier);
    dialogOf("palette", Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    dialogOf("go-to", Qt::Key_G, Qt::ControlModifier);
    dialogOf("facts", Qt::Key_I, Qt::ControlModifier);
    dialogOf("manual", Qt::Key_F1, {});
    dialogOf("keys", Qt::Key_F1, Qt::ControlModifier);
    dialogOf("messages", Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
  }

  void menus() {
    QMenuBar& bar = *m_window.menuBar();
    for (QAction* action : bar.actions()) {
      if (!action->menu()) continue;
      action->menu()->popup(bar.mapToGlobal(bar.actionGeometry(action).bottomLeft()));
      const QString title = action->text().remove(u'&').toLower();
      step(("menu-" + title.toStdString()).c_str());
      action->menu()->close();
    }
  }

  void sideBySide() {
    for (size_t slide = 1; slide < m_wish.slides.size(); ++slide) {
      m_window.openBeside(m_wish.slides[slide], m_wish.mpp);
      if (!QTest::qWaitFor([this] { return isPredicted(); }, kPatience)) break;
      if (slide == 1) step("two-panes");
    }
    step("panes", [this] { return m_window.panes().size() == m_wish.slides.size(); });
    press(Qt::Key_L, Qt::ControlModifier);
    press(Qt::Key_4);
    press(Qt::Key_R);
    const auto isTurned = [this] {
      return std::ranges::all_of(m_window.panes(),
                                 [](SlidePane* each) { return each->canvas().viewport().rotation != 0; });
    };
    step("linked", isTurned);
    press(Qt::Key_F7);
    QTest::mouseMove(&canvas(), canvas().rect().center());
    step("linked-lens");
  }

  MainWindow& m_window;
  const Wish m_wish;
  int m_count = 0, m_wrong = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count < 7) return 2;
  const QString folder = QString::fromLocal8Bit(words[2]);
  std::filesystem::create_directories(words[2]);
  useGlFormatEverywhere();
  QStandardPaths::setTestModeEnabled(true);
  QApplication::setOrganizationName(QStringLiteral("GeneglassRecording"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder + QStringLiteral("/settings"));
  QApplication application(count, words);
  const SpokenLanguage spoken(words[3] == std::string_view("de") ? Language::German : Language::English);
  applyTheme(application, words[4] == std::string_view("light") ? Theme::Light : Theme::Dark);
  speakValues();
  Workplace workplace;
  MainWindow window(workplace);
  window.setGeometry(QGuiApplication::primaryScreen()->geometry());
  window.show();
  workplace.useModel(words[1]);
  Wish wish{words[1], folder, std::atof(words[5]), {words + 6, words + count}};
  return Session(window, std::move(wish)).run();
}
