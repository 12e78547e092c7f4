// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/annotating/annotation_exchange.h"
#include "app/desktop/annotating/annotation_panel.h"
#include "app/desktop/browsing/magnification_box.h"
#include "app/desktop/browsing/slide_list_panel.h"
#include "app/desktop/case/case_opener.h"
#include "app/desktop/export/file_saver.h"
#include "app/desktop/genes/gene_charts.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/hotspot_panel.h"
#include "app/desktop/genes/tile_gallery_panel.h"
#include "app/desktop/layers/overlay_panel.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/regions/region_panel.h"
#include "app/desktop/report/report_opener.h"
#include "app/desktop/session/prediction_status.h"
#include "app/desktop/snapshots/tray_panel.h"
#include "app/desktop/training/model_choice.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/window/desks/comfort.h"
#include "app/desktop/window/desks/compare_desk.h"
#include "app/desktop/window/desks/help_desk.h"
#include "app/desktop/window/desks/slide_browser.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/desks/way_finder.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/message_history.h"
#include "app/desktop/window/parts/panel_area.h"
#include "app/desktop/window/parts/recent_files.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/wording/number_text.h"
#include "viewer/wording/units.h"

namespace geneglass {
namespace {

constexpr int kDockSet = 5;  ///< of the saved state: raised when docks are added

QString windowStateKey() {
  return QStringLiteral("windowState");
}
QString windowGeometryKey() {
  return QStringLiteral("windowGeometry");
}

QLabel* addStatusLabel(QStatusBar& bar, const QString& accessibleName, int stretch = 0) {
  auto* label = new QLabel;
  label->setAccessibleName(accessibleName);
  bar.addWidget(label, stretch);
  return label;
}

}  // namespace

MainWindow::MainWindow(Workplace& workplace, const std::vector<std::filesystem::path>& overlays,
                       QWidget* parent)
    : QMainWindow(parent),
      m_workplace(workplace),
      m_overlayChoice(loadOverlays(overlayFolders(overlays))),
      m_menu(buildMenu(*this)),
      m_rows{new QSplitter, new QSplitter},
      m_messages(new MessageBar),
      m_genes(new GenePanelView),
      m_picture(new PicturePanel),
      m_annotations(new AnnotationPanel(m_tools)),
      m_regions(new RegionPanel(workplace)),
      m_prediction(new PredictionStatus),
      m_gallery(new TileGalleryPanel),
      m_hotspots(new HotspotPanel),
      m_charts(new GeneCharts(workplace)),
      m_saver(new FileSaver),
      m_reports(new ReportOpener([&workplace](std::any ended) { workplace.letGo(std::move(ended)); }, this)),
      m_cases(new CaseOpener([&workplace](std::any ended) { workplace.letGo(std::move(ended)); }, this)),
      m_snapshots(new SnapshotDesk(
          m_workplace, m_overlayChoice, *m_saver, [this]() -> SlidePane& { return pane(); }, *this)),
      m_training(new TrainingMenu(*m_menu.models, *this)),
      m_models(new ModelChoice(*m_menu.models, workplace, *this)),
      m_view(
          *this, *m_messages, [this]() -> SlidePane& { return pane(); }, m_panes),
      m_ways(new WayFinder(m_view, m_menu)),
      m_browser(new SlideBrowser(m_view, workplace, m_menu)),
      m_compare(new CompareDesk(m_view, m_tools, m_menu)),
      m_loadingCheck(new QTimer(this)) {
  setWindowTitle(tr("Geneglass"));
  setAcceptDrops(true);
  takeSize();
  buildCentre();
  buildDocks();
  buildStatusLine();
  buildAnnotating();
  connectPane(*m_active);
  connectMenu();
  connectPanels();
  connectGenes();
  connectPicture();
  connectRegions();
  connectSaver();
  connectReports();
  connectSnapshots();
  connectCaseMenu();
  connectModels();
  new HelpDesk(m_menu, *this);
  new MessageHistory(m_menu, *m_messages, *this);
  connect(new Comfort(m_menu, m_workplace, *this), &Comfort::restyled, this, &MainWindow::showAgain);
  const QSettings settings;
  restoreGeometry(settings.value(windowGeometryKey()).toByteArray());
  restoreState(settings.value(windowStateKey()).toByteArray(), kDockSet);
}

/// The panes end while what they are connected with is there.
MainWindow::~MainWindow() {
  for (QObject* desk : std::initializer_list<QObject*>{m_compare, m_browser, m_ways}) delete desk;
  for (SlidePane* pane : m_panes) {
    pane->disconnect(this);
    pane->session().disconnect(this);
    pane->spots().disconnect(this);
    pane->subtypes().disconnect(this);
    pane->sharpening().disconnect(this);
    pane->together().disconnect(this);
    pane->annotations().disconnect(this);
    pane->document().disconnect(this);
    pane->keeper().disconnect(this);
    pane->canvas().disconnect(this);
    pane->overlays().disconnect(this);
  }
  delete m_layers;
  for (SlidePane* pane : m_panes) delete pane;
}

/// A window on a small screen has all of it: with its frame it would reach below.
void MainWindow::takeSize() {
  constexpr QSize kUsual(1600, 1000);
  const QSize frame(0, 2 * fontMetrics().lineSpacing()), room = screen()->availableSize() - frame;
  setMinimumSize(
      QSize(84 * fontMetrics().averageCharWidth(), 22 * fontMetrics().lineSpacing()).boundedTo(room));
  resize(kUsual.boundedTo(room));
  if (size() != kUsual) setWindowState(Qt::WindowMaximized);
}

void MainWindow::buildCentre() {
  auto* centre = new QWidget;
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_messages);
  auto* rows = new QSplitter(Qt::Vertical);
  rows->setChildrenCollapsible(false);
  for (QSplitter* row : m_rows) {
    row->setChildrenCollapsible(false);
    rows->addWidget(row);
  }
  layout->addWidget(rows, 1);
  setCentralWidget(centre);
  m_active = &addPane();
}

void MainWindow::buildDocks() {
  const auto add = [this](const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area,
                          int wished = 0) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(qobject_cast<QAbstractScrollArea*>(content) ? content : new PanelArea(content, wished));
    addDockWidget(area, dock);
    m_menu.view->addAction(dock->toggleViewAction());
    return dock;
  };
  m_layers = new OverlayPanel(overlays());
  auto* layers = add(tr("Overlays"), "overlays", m_layers, Qt::LeftDockWidgetArea, m_layers->widest());
  auto* genes = add(tr("Genes"), "genes", m_genes, Qt::RightDockWidgetArea);
  auto* picture = add(tr("Picture"), "picture", m_picture, Qt::LeftDockWidgetArea);
  // So many names do not stand beside each other over so narrow a panel, least of all in German.
  setTabPosition(Qt::LeftDockWidgetArea, QTabWidget::West);
  setTabPosition(Qt::RightDockWidgetArea, QTabWidget::East);
  tabifyDockWidget(layers, picture);
  tabifyDockWidget(picture, add(tr("Gallery"), "gallery", m_gallery, Qt::LeftDockWidgetArea));
  tabifyDockWidget(picture, add(tr("Hotspots"), "hotspots", m_hotspots, Qt::LeftDockWidgetArea));
  auto* annotations = add(tr("Annotations"), "annotations", m_annotations, Qt::RightDockWidgetArea);
  tabifyDockWidget(genes, add(tr("Charts"), "charts", m_charts, Qt::RightDockWidgetArea));
  tabifyDockWidget(genes, annotations);
  tabifyDockWidget(annotations, add(tr("Regions"), "regions", m_regions, Qt::RightDockWidgetArea));
  tabifyDockWidget(picture, add(tr("Slides"), "slides", m_browser->panel(), Qt::LeftDockWidgetArea));
  tabifyDockWidget(picture, add(tr("Snapshots"), "snapshots", m_snapshots->panel(), Qt::LeftDockWidgetArea));
  genes->raise();
  layers->raise();
  for (QTabBar* tabs : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
    tabs->setAccessibleName(tr("Panels at the side"));
  // The slide keeps half of a narrow screen; the names at the sides take a line's height.
  const int wide = std::max(0, width() - 1280), narrow = std::min(width(), 1280);
  resizeDocks({layers, genes}, {250 * narrow / 1280 + wide / 20, 330 * narrow / 1280 + wide / 3},
              Qt::Horizontal);
}

void MainWindow::buildStatusLine() {
  m_position = addStatusLabel(*statusBar(), tr("Position of the cursor"));
  statusBar()->addWidget(m_ways->box());
  m_colour = addStatusLabel(*statusBar(), tr("Colours"));
  m_colour->setObjectName(QStringLiteral("colourState"));
  m_loading = addStatusLabel(*statusBar(), tr("Loading state"));
  m_loading->setObjectName(QStringLiteral("loadingState"));
  m_value = addStatusLabel(*statusBar(), tr("Value under the cursor"), 1);
  statusBar()->setContentsMargins(8, 0, 8, 0);
  const int letter = fontMetrics().averageCharWidth();
  m_position->setMinimumWidth(30 * letter);
  m_loading->setMinimumWidth(15 * letter);
  connect(m_messages, &MessageBar::noted, this,
          [this](const QString& sentence) { statusBar()->showMessage(sentence, 8000); });
  statusBar()->addPermanentWidget(m_saver);
  statusBar()->addPermanentWidget(m_prediction);
  m_loadingCheck->setSingleShot(true);
  m_loadingCheck->setInterval(50);
}

void MainWindow::showScene() {
  m_genes->chooseGene(session().scene().gene);
  m_gallery->showScene(session().opened(), session().scene());
  m_hotspots->showScene(session().scene());
  m_charts->showScene(session().scene());
}

void MainWindow::showLayers() {
  m_genes->showHeatmap(overlays().upperHeatmap(), overlays().refusalOf(OverlayRole::Expression));
  showValue();
}

/// In other colours or units.
void MainWindow::showAgain() {
  showPrediction();
  showLayers();
  for (SlidePane* one : m_panes) Q_EMIT one->annotations().layerChanged();
  showViewport();
}

/// Of the active pane: what is known, whether it runs, and what may be done with it.
void MainWindow::showPrediction() {
  const auto& prediction = session().scene().prediction;
  m_genes->showPrediction(prediction, prediction ? m_workplace.package() : nullptr);
  if (!prediction) m_genes->showState(pane().state());
  m_regions->showPrediction(prediction);
  m_genes->showSpots(pane().spots().spots(), pane().spots().leftOut());
  m_genes->chooseGene(session().scene().gene);
  m_genes->showTogether(pane().together().together());
  for (QAction* action : {m_menu.saveReport, m_menu.printReport})
    action->setEnabled(session().opened().slide && !session().isPredicting());
  m_menu.sharpen->setEnabled(pane().sharpening().isPossible());
  m_menu.cancelPrediction->setEnabled(session().isPredicting() || pane().sharpening().isRunning());
  if (prediction) m_prediction->showPrecision(QString::fromStdString(prediction->precision));
  if (!session().isPredicting()) m_prediction->hide();
}

void MainWindow::refusePrediction(SlidePane& pane, const QString& sentence) {
  const auto& slide = pane.session().opened().slide;
  if (slide && !slide->mpp)
    m_messages->say(sentence, tr("Set µm per pixel…"), [this, &pane] { askForPixelSize(pane); });
  else
    m_messages->say(sentence);
}

void MainWindow::showPosition(Point slide, bool onCanvas) {
  m_cursor = onCanvas && session().opened().slide ? std::optional(slide) : std::nullopt;
  showValue();
  if (!m_cursor) return m_position->clear();
  const auto mpp = shownMpp(session().opened().slide->mpp);
  const auto number = [&](double value) { return numberText(value, 0); };
  m_position->setText(mpp ? tr("x %1 µm   y %2 µm").arg(number(slide.x * mpp->x), number(slide.y * mpp->y))
                          : tr("x %1 px   y %2 px").arg(number(slide.x), number(slide.y)));
}

/// Of maps that are hidden there is none.
void MainWindow::showValue() {
  QString text = m_cursor ? overlays().textAt(*m_cursor) : QString();
  if (m_cursor && text.isEmpty() && m_overlayChoice.hidesMaps()) text = tr("maps hidden");
  m_value->setText(text);
}

void MainWindow::showViewport() {
  if (!session().opened().slide) return;
  m_ways->showView();
  showLoading();
}

void MainWindow::showLoading() {
  const int pending = session().loader() ? session().loader()->pending() : 0;
  const int damaged = static_cast<int>(session().damagedTiles());
  const QString damage = damaged > 0 ? tr("Damaged tiles: %1").arg(damaged) : QString();
  const auto& source = session().opened().source;
  const auto preparation = source ? source->preparation() : nullptr;
  m_loadingCheck->setInterval(preparation ? 250 : 50);
  if (preparation) {
    m_loading->setText(tr("Cutting the picture into tiles: %1 %").arg(int(100 * preparation->share())));
    m_loadingCheck->start();
  } else
    m_loading->setText(pending > 0 ? tr("Reading tiles…") : damage);
  m_loading->setToolTip(damaged > 0 ? session().damage() : QString());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  for (SlidePane* pane : m_panes)
    if (pane->rect().contains(pane->mapFrom(this, event->position().toPoint()))) activate(*pane);
  const QList<QUrl> urls = event->mimeData()->urls();
  const bool drawn = std::all_of(urls.begin(), urls.end(), [](const QUrl& url) {
    return hasAnnotationName(url.toLocalFile().toStdString());
  });
  if (drawn) {
    for (const QUrl& url : urls) pane().exchange().read(url.toLocalFile().toStdString());
    return;
  }
  const auto slide = std::find_if(urls.begin(), urls.end(), [](const QUrl& url) {
    return hasSlideName(url.toLocalFile().toStdString());
  });
  openHere((slide == urls.end() ? urls.first() : *slide).toLocalFile().toStdString());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (m_training->isTraining()) {
    event->ignore();
    m_training->askToStop();
    return;
  }
  m_ways->showPanels();
  QSettings settings;
  settings.setValue(windowGeometryKey(), saveGeometry());
  settings.setValue(windowStateKey(), saveState(kDockSet));
  QMainWindow::closeEvent(event);
}

}  // namespace geneglass
