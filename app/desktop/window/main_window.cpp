// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/export/report.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/tile_gallery_panel.h"
#include "app/desktop/layers/overlay_panel.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/session/prediction_status.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/window/message_bar.h"
#include "app/desktop/window/recent_files.h"
#include "viewer/canvas/overview_map.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

constexpr int kDockSet = 2;  ///< of the saved state: raised when docks are added

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

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QMainWindow(parent),
      m_session(session),
      m_overlayChoice(loadOverlays(overlayFolder())),
      m_overlays(m_overlayChoice),
      m_menu(buildMenu(*this)),
      m_canvas(new SlideCanvas),
      m_overview(new OverviewMap(m_canvas)),
      m_messages(new MessageBar),
      m_centre(new QStackedWidget),
      m_genes(new GenePanelView),
      m_picture(new PicturePanel),
      m_prediction(new PredictionStatus),
      m_gallery(new TileGalleryPanel),
      m_saver(new FileSaver),
      m_training(new TrainingMenu(*m_menu.models, *this)),
      m_loadingCheck(new QTimer(this)) {
  setWindowTitle(tr("Geneglass"));
  setAcceptDrops(true);
  resize(QSize(1600, 1000).boundedTo(screen()->availableSize()));
  buildCentre();
  buildDocks();
  buildStatusLine();
  connectMenu();
  connectSession();
  connectPrediction();
  connectViews();
  connectPicture();
  connectSaver();
  connectModels();
  const QSettings settings;
  restoreGeometry(settings.value(windowGeometryKey()).toByteArray());
  restoreState(settings.value(windowStateKey()).toByteArray(), kDockSet);
}

MainWindow::~MainWindow() {
  m_canvas->showSlide(nullptr, nullptr, nullptr);
}

void MainWindow::buildCentre() {
  auto* welcome = new QLabel(tr("Open a slide with Ctrl+O, or drop its file here."));
  welcome->setObjectName(QStringLiteral("welcome"));
  welcome->setAlignment(Qt::AlignCenter);
  m_centre->addWidget(welcome);
  m_centre->addWidget(m_canvas);
  auto* centre = new QWidget;
  auto* layout = new QVBoxLayout(centre);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_messages);
  layout->addWidget(m_centre, 1);
  setCentralWidget(centre);
  m_canvas->setAccessibleName(tr("Slide"));
  m_canvas->installEventFilter(this);
  m_overview->setAccessibleName(tr("Overview map"));
  m_overview->hide();
}

void MainWindow::buildDocks() {
  const auto add = [this](const QString& title, const char* name, QWidget* content, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    addDockWidget(area, dock);
    m_menu.view->addAction(dock->toggleViewAction());
    return dock;
  };
  auto* overlays = add(tr("Overlays"), "overlays", new OverlayPanel(m_overlays), Qt::LeftDockWidgetArea);
  auto* genes = add(tr("Genes"), "genes", m_genes, Qt::RightDockWidgetArea);
  auto* picture = add(tr("Picture"), "picture", m_picture, Qt::LeftDockWidgetArea);
  setTabPosition(Qt::LeftDockWidgetArea, QTabWidget::North);
  tabifyDockWidget(overlays, picture);
  tabifyDockWidget(picture, add(tr("Gallery"), "gallery", m_gallery, Qt::LeftDockWidgetArea));
  overlays->raise();
  for (QTabBar* tabs : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly))
    tabs->setAccessibleName(tr("Panels on the left"));
  // The slide keeps 55 % of a narrow screen.
  const int free = std::max(0, width() - 1280);
  resizeDocks({overlays, genes}, {250 + free / 20, 285 + free / 4}, Qt::Horizontal);
}

void MainWindow::buildStatusLine() {
  m_position = addStatusLabel(*statusBar(), tr("Position of the cursor"));
  m_magnification = addStatusLabel(*statusBar(), tr("Magnification"));
  m_colour = addStatusLabel(*statusBar(), tr("Colours"));
  m_colour->setObjectName(QStringLiteral("colourState"));
  m_loading = addStatusLabel(*statusBar(), tr("Loading state"));
  m_loading->setObjectName(QStringLiteral("loadingState"));
  m_value = addStatusLabel(*statusBar(), tr("Value under the cursor"), 1);
  statusBar()->setContentsMargins(8, 0, 8, 0);
  m_position->setMinimumWidth(210);
  m_magnification->setMinimumWidth(70);
  m_loading->setMinimumWidth(110);
  statusBar()->addPermanentWidget(m_saver);
  statusBar()->addPermanentWidget(m_prediction);
  m_loadingCheck->setSingleShot(true);
  m_loadingCheck->setInterval(50);
}

void MainWindow::connectSession() {
  connect(&m_session, &Session::openingStarted, this, [this](const QString& file) {
    m_messages->dismiss();
    m_loading->setText(tr("Opening %1…").arg(file));
  });
  connect(&m_session, &Session::openingTakesLong, this, [this](const QString& file) {
    m_messages->say(
        tr("“%1” is not open yet: the place where it lies answers slowly or not at all.").arg(file),
        tr("Cancel"), [this] { m_session.cancelOpening(); });
  });
  connect(&m_session, &Session::openingCancelled, this, [this] {
    m_messages->dismiss();
    showLoading();
  });
  connect(&m_session, &Session::slideOpened, this, &MainWindow::showSlide);
  connect(&m_session, &Session::slideRefused, this, [this](const QString& sentence) {
    m_loading->clear();
    m_messages->say(sentence);
  });
  connect(&m_session, &Session::colourRead, this, &MainWindow::showColour);
  connect(&m_session, &Session::thumbnailRead, this, [this] {
    m_overview->showSlide(m_session.opened().slide, m_session.thumbnail());
    m_overview->setViewport(m_canvas->viewport());
    placeOverview();
  });
  connect(&m_session, &Session::tileArrived, m_canvas, &SlideCanvas::tileArrived);
  // Not at once: the reader counts a tile as pending until its arrival has been told.
  connect(&m_session, &Session::tileArrived, m_loadingCheck, qOverload<>(&QTimer::start));
  connect(m_loadingCheck, &QTimer::timeout, this, &MainWindow::showLoading);
  connect(&m_session, &Session::sceneChanged, this, &MainWindow::showScene);
  connect(&m_session, &Session::associatedImageRead, this, &MainWindow::showAssociatedImage);
  for (const auto refused : {&Session::geneRefused, &Session::associatedImageRefused})
    connect(&m_session, refused, this, [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::connectPrediction() {
  connect(&m_session, &Session::predictionStarted, this, [this] {
    m_prediction->begin();
    m_menu.cancelPrediction->setEnabled(true);
    if (!m_session.scene().prediction) m_genes->showState(tr("The prediction is running."));
  });
  connect(&m_session, &Session::predictionProgress, m_prediction, &PredictionStatus::showProgress);
  connect(&m_session, &Session::predictionRefused, this, &MainWindow::refusePrediction);
  connect(&m_session, &Session::predictionCancelled, this, [this] {
    endPrediction();
    if (m_session.scene().prediction) return;
    m_genes->showPrediction(nullptr, nullptr);
    m_genes->showState(tr("The prediction was cancelled. Ctrl+P starts it again."));
  });
  connect(&m_session, &Session::predictionFinished, this, [this] {
    endPrediction();
    m_genes->showPrediction(m_session.scene().prediction, m_session.package());
    m_menu.saveReport->setEnabled(true);
    if (m_session.scene().gene < 0) m_session.chooseGene(topGene(*m_session.scene().prediction));
  });
  connect(&m_session, &Session::predictionSharpened, this, [this] {
    m_prediction->showPrecision(QString::fromStdString(m_session.scene().prediction->precision));
    m_genes->showPrediction(m_session.scene().prediction, m_session.package());
    if (m_session.scene().gene < 0) m_session.chooseGene(topGene(*m_session.scene().prediction));
  });
  connect(m_prediction, &PredictionStatus::cancelled, &m_session, &Session::cancelPrediction);
}

void MainWindow::connectViews() {
  connect(&m_overlays, &OverlayStack::layersChanged, this, [this] {
    m_canvas->setLayers(m_overlays.canvasLayers());
    m_genes->showHeatmap(m_overlays.upperHeatmap(), m_overlays.refusalOf(OverlayRole::Expression));
  });
  connect(m_genes, &GenePanelView::geneChosen, this, &MainWindow::chooseGene);
  connect(m_gallery, &TileGalleryPanel::areaWanted, this, &MainWindow::goTo);
  connect(m_canvas, &SlideCanvas::viewportChanged, this, &MainWindow::showViewport);
  connect(m_canvas, &SlideCanvas::cursorMoved, this, &MainWindow::showPosition);
  connect(m_overview, &OverviewMap::centreWanted, this, [this](Point slide) {
    Viewport viewport = m_canvas->viewport();
    viewport.centre = slide;
    m_canvas->setViewport(viewport);
  });
}

void MainWindow::showSlide() {
  const OpenedSlide& opened = m_session.opened();
  m_messages->dismiss();
  if (!opened.slide->damage.empty()) m_messages->say(QString::fromStdString(opened.slide->damage));
  m_loading->clear();
  m_value->clear();
  m_position->clear();
  endPrediction();
  m_overview->hide();
  m_genes->showPrediction(nullptr, nullptr);
  m_genes->showState(tr("There is no prediction of this slide yet."));
  m_menu.saveReport->setEnabled(false);
  setSlideActionsEnabled(m_menu, true);
  fillAssociatedMenu();
  m_canvas->showSlide(opened.slide, m_session.loader(), m_session.cache());
  m_picture->showSlide(*opened.slide);
  showColour();
  m_centre->setCurrentWidget(m_canvas);
  m_canvas->setFocus();
  showViewport(m_canvas->viewport());
  setWindowTitle(tr("%1 – Geneglass").arg(QString::fromStdString(opened.slide->file.filename().string())));
  rememberFile(QString::fromStdString(std::filesystem::absolute(opened.slide->file).string()));
}

void MainWindow::showScene() {
  m_overlays.setScene(m_session.scene());
  m_genes->chooseGene(m_session.scene().gene);
  m_gallery->showScene(m_session.opened(), m_session.scene());
}

void MainWindow::chooseGene(int gene) {
  // Another map of the gene that lies over the slide already stays the one that is shown.
  if (!m_overlays.upperHeatmap()) m_overlayChoice.setOn(OverlayRole::Expression, true);
  if (const auto& prediction = m_session.scene().prediction; prediction && gene >= 0)
    m_session.chooseGene(prediction->genes[static_cast<size_t>(gene)].symbol);
  m_session.prepareMaps(m_genes->neighbours());
}

/// To the middle of the view, near enough to see its cells; a view that is nearer already stays so.
void MainWindow::goTo(const Rect& area) {
  constexpr double kShare = 0.45;  // of the view's height
  Viewport viewport = m_canvas->viewport();
  viewport.centre = {area.x + area.width / 2, area.y + area.height / 2};
  viewport.downsample = std::min(viewport.downsample, area.height / (kShare * viewport.height));
  m_canvas->setViewport(viewport);
}

void MainWindow::refusePrediction(const QString& sentence) {
  endPrediction();
  m_genes->showState(sentence);
  const auto& slide = m_session.opened().slide;
  if (slide && !slide->mpp)
    m_messages->say(sentence, tr("Set µm per pixel…"), [this] { askForPixelSize(); });
  else
    m_messages->say(sentence);
}

void MainWindow::endPrediction() {
  m_prediction->hide();
  m_menu.cancelPrediction->setEnabled(false);
}

void MainWindow::showPosition(Point slide, bool onCanvas) {
  if (!onCanvas || !m_session.opened().slide) {
    m_position->clear();
    m_value->clear();
    return;
  }
  const QLocale locale;
  const auto& mpp = m_session.opened().slide->mpp;
  const auto number = [&](double value) { return locale.toString(value, 'f', 0); };
  m_position->setText(mpp ? tr("x %1 µm   y %2 µm").arg(number(slide.x * mpp->x), number(slide.y * mpp->y))
                          : tr("x %1 px   y %2 px").arg(number(slide.x), number(slide.y)));
  m_value->setText(m_overlays.textAt(slide));
}

void MainWindow::showViewport(const Viewport& viewport) {
  m_overview->setViewport(viewport);
  placeOverview();
  m_session.look(viewport.visible());
  const auto& slide = m_session.opened().slide;
  if (!slide) return;
  m_magnification->setText(
      slide->mpp ? tr("%1×").arg(magnificationOf(viewport.downsample, slide->mpp->mean()), 0, 'f', 1)
                 : tr("1 : %1").arg(viewport.downsample, 0, 'f', 1));
  showLoading();
}

void MainWindow::showLoading() {
  const int pending = m_session.loader() ? m_session.loader()->pending() : 0;
  const int damaged = static_cast<int>(m_session.damagedTiles());
  const QString damage = damaged > 0 ? tr("Damaged tiles: %1").arg(damaged) : QString();
  m_loading->setText(pending > 0 ? tr("Reading tiles…") : damage);
  m_loading->setToolTip(damaged > 0 ? m_session.damage() : QString());
}

/// In the upper right corner, of the slide's shape; not while the whole slide is in view anyway.
void MainWindow::placeOverview() {
  constexpr int kMargin = 12;
  constexpr double kLongSide = 190;
  if (!m_session.opened().slide) return;
  const Size size = m_session.opened().slide->size();
  const double shrink = kLongSide / double(std::max(size.width, size.height));
  m_overview->resize(std::max(50, int(double(size.width) * shrink)),
                     std::max(50, int(double(size.height) * shrink)));
  m_overview->move(m_canvas->width() - m_overview->width() - kMargin, kMargin);
  const Rect seen = m_canvas->viewport().visible();
  const bool whole = seen.contains({0, 0}) && seen.contains({double(size.width), double(size.height)});
  m_overview->setVisible(m_menu.overview->isChecked() && !m_session.thumbnail().isNull() && !whole);
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_canvas && event->type() == QEvent::Resize) placeOverview();
  return QMainWindow::eventFilter(watched, event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
    event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  const QList<QUrl> urls = event->mimeData()->urls();
  const auto slide = std::find_if(urls.begin(), urls.end(), [](const QUrl& url) {
    return hasSlideName(url.toLocalFile().toStdString());
  });
  m_session.open((slide == urls.end() ? urls.first() : *slide).toLocalFile().toStdString());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (m_training->isTraining()) {
    event->ignore();
    m_training->askToStop();
    return;
  }
  QSettings settings;
  settings.setValue(windowGeometryKey(), saveGeometry());
  settings.setValue(windowStateKey(), saveState(kDockSet));
  QMainWindow::closeEvent(event);
}

}  // namespace geneglass
