// SPDX-License-Identifier: GPL-3.0-or-later
// The panes of MainWindow, and how its docks follow the active one.
#include <QAction>
#include <QLabel>
#include <QPointer>
#include <QSplitter>
#include <QStatusBar>
#include <QTimer>
#include <algorithm>

#include "app/desktop/annotating/annotation_panel.h"
#include "app/desktop/case/case_opener.h"
#include "app/desktop/case/case_slide.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/tile_gallery_panel.h"
#include "app/desktop/layers/overlay_panel.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/regions/region_panel.h"
#include "app/desktop/report/report_opener.h"
#include "app/desktop/session/prediction_status.h"
#include "app/desktop/window/desks/compare_desk.h"
#include "app/desktop/window/desks/slide_browser.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/desks/way_finder.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/recent_files.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {

static constexpr size_t kMostPanes = 4;

SlidePane& MainWindow::addPane() {
  auto* pane = new SlidePane(m_workplace, m_overlayChoice, m_tools);
  pane->setOverviewWanted(m_menu.overview->isChecked());
  m_panes.push_back(pane);
  arrangePanes();
  return *pane;
}

/// Two beside each other, three and four in two rows; all as large.
void MainWindow::arrangePanes() {
  const size_t inRow = m_panes.size() > 2 ? 2 : m_panes.size();
  for (size_t place = 0; place < m_panes.size(); ++place) {
    QSplitter* row = m_rows[place / inRow];
    if (row->indexOf(m_panes[place]) != int(place % inRow))
      row->insertWidget(int(place % inRow), m_panes[place]);
    m_panes[place]->showName(m_panes.size() > 1);
  }
  m_rows[1]->setVisible(m_panes.size() > inRow);
  for (QSplitter* row : m_rows) row->setSizes(QList<int>(row->count(), 10000));
  if (auto* rows = qobject_cast<QSplitter*>(m_rows[0]->parentWidget())) rows->setSizes({10000, 10000});
}

void MainWindow::openHere(const std::filesystem::path& file) {
  if (hasReportName(file))
    openReport(file, false);
  else if (isCaseFile(file))
    openCase(file, false);
  else
    session().open(file);
}

/// With its slide; whoever opens another one in that pane meanwhile has changed his mind.
void MainWindow::openCase(const std::filesystem::path& file, bool beside) {
  m_caseWanted = beside ? nullptr : m_active;
  m_cases->open(
      file, [this, file, beside, here = QPointer<SlidePane>(m_active)](const std::filesystem::path& slide) {
        SlidePane* shown = beside ? freePane() : here.data();
        if (!shown) return;
        shown->useCase(file);
        shown->session().open(slide);
      });
}

void MainWindow::openBeside(const std::filesystem::path& file, std::optional<double> userMpp) {
  if (hasReportName(file)) return openReport(file, true);
  if (isCaseFile(file)) return openCase(file, true);
  if (SlidePane* shown = freePane()) shown->session().open(file, userMpp);
}

/// The active one while it is empty, else one that is added; null, and said, where there are four.
SlidePane* MainWindow::freePane() {
  if (pane().isEmpty()) return m_active;
  if (m_panes.size() >= kMostPanes) {
    m_messages->say(tr("Four slides are shown side by side already: close one of them first."));
    return nullptr;
  }
  SlidePane& added = addPane();
  added.session().chooseGene(session().wantedGene());
  connectPane(added);
  activate(added);
  return &added;
}

void MainWindow::closePane() {
  SlidePane* closed = m_active;
  if (m_panes.size() < 2) {
    if (closed->isEmpty()) return;
    connectPane(addPane());
  }
  m_messages->dismiss();  // what it offers may be of that slide
  std::erase(m_panes, closed);
  activate(*m_panes.front());
  delete closed;
  arrangePanes();
  showSlide();
}

/// All that shows one slide shows this pane's from now on.
void MainWindow::activate(SlidePane& pane) {
  if (m_active == &pane) return;
  m_active = &pane;
  for (SlidePane* one : m_panes) one->setActive(one == m_active);
  m_layers->showStack(overlays());
  m_annotations->showLayer(&pane.annotations());
  m_regions->showLayer(&pane.annotations());
  m_prediction->hide();
  if (session().isPredicting()) m_prediction->begin();
  showSlide();
  showLayers();
  showScene();
  showCase();
}

void MainWindow::connectPane(SlidePane& pane) {
  pane.setActive(&pane == m_active);
  connect(&pane, &SlidePane::touched, this, [this, &pane] { activate(pane); });
  connect(&pane, &SlidePane::stateChanged, this, [this, &pane] {
    if (&pane == m_active) showPrediction();
  });
  connectSession(pane);
  connectPrediction(pane);
  connectSpots(pane);
  connectSubtypes(pane);
  connectSharpening(pane);
  connectTogether(pane);
  connectCase(pane);
  connectViews(pane);
  connectAnnotations(pane);
  connect(&pane.canvas(), &SlideCanvas::graphicsLost, m_messages, [this] {
    m_messages->say(tr("The graphics card draws no more; the slide is drawn without it now, more slowly."));
  });
  m_ways->watch(pane);
  m_browser->watch(pane);
  m_compare->watch(pane);
}

void MainWindow::connectSession(SlidePane& pane) {
  SlideSession& session = pane.session();
  connect(&session, &SlideSession::openingStarted, this, [this, &pane](const QString& file) {
    if (m_caseWanted == &pane) m_cases->giveUp();
    m_messages->dismiss();
    m_loading->setText(tr("Opening %1…").arg(file));
  });
  connect(&session, &SlideSession::openingTakesLong, this, [this, &session](const QString& file) {
    m_messages->say(
        tr("“%1” is not open yet: the place where it lies answers slowly or not at all.").arg(file),
        tr("Cancel"), [&session] { session.cancelOpening(); });
  });
  connect(&session, &SlideSession::openingCancelled, this, [this] {
    m_messages->dismiss();
    showLoading();
  });
  connect(&session, &SlideSession::channelsShown, this, [this, &pane] {
    const auto& shown = pane.session().channels();  // by the panel, or as a case brought them back
    if (&pane == m_active && shown != m_picture->channels().channels())
      m_picture->channels().showChannels(pane.session().opened().slide->channels, shown);
  });
  connect(&session, &SlideSession::slideOpened, this, [this, &pane] {
    const Slide& slide = *pane.session().opened().slide;
    m_messages->dismiss();
    if (!slide.damage.empty()) m_messages->say(QString::fromStdString(slide.damage));
    rememberFile(QString::fromStdString(std::filesystem::absolute(slide.file).string()));
    if (m_active == &pane)
      showSlide();
    else
      activate(pane);
    pane.canvas().setFocus();
  });
  connect(&session, &SlideSession::slideRefused, this, [this](const QString& sentence) {
    m_loading->clear();
    m_messages->say(sentence);
  });
  connectWatch(pane);
  connect(&session, &SlideSession::colourRead, this, &MainWindow::showColour);
  connect(&session, &SlideSession::stainsRead, this, [this, &pane] {
    if (&pane == m_active) m_picture->showStains(pane.session().colours().stains);
    showColour();
  });
  // Not at once: the reader counts a tile as pending until its arrival has been told.
  connect(&session, &SlideSession::tileArrived, m_loadingCheck, qOverload<>(&QTimer::start));
  connect(&session, &SlideSession::sceneChanged, this, [this, &pane] {
    if (&pane == m_active) showScene();
  });
  connect(&session, &SlideSession::associatedImageRead, this, &MainWindow::showAssociatedImage);
  connect(&session, &SlideSession::geneRefused, this, &MainWindow::refuseGene);
  connect(&session, &SlideSession::associatedImageRefused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::connectWatch(SlidePane& pane) {
  connect(&pane.watch(), &SlideWatch::changed, this, [this, &pane](const QString& sentence) {
    m_messages->say(sentence, tr("Open Again"), [changed = QPointer<SlidePane>(&pane)] {
      if (changed) changed->session().open(changed->session().opened().slide->file);
    });
  });
  const auto stands = [&pane] {
    return tr("The place where “%1” lies does not answer: what is not shown yet comes when it does.")
        .arg(pane.title());
  };
  connect(&pane.watch(), &SlideWatch::stalled, this, [this, stands] { m_messages->say(stands()); });
  connect(&pane.watch(), &SlideWatch::answered, this, [this, stands] {
    if (m_messages->sentence() == stands()) m_messages->dismiss();
  });
}

void MainWindow::connectPrediction(SlidePane& pane) {
  SlideSession& session = pane.session();
  connect(&session, &SlideSession::predictionStarted, this, [this, &pane] {
    if (&pane == m_active) m_prediction->begin();
  });
  connect(&session, &SlideSession::predictionProgress, this, [this, &pane](const Progress& progress) {
    if (&pane == m_active) m_prediction->showProgress(progress);
  });
  connect(&session, &SlideSession::predictionRefused, this,
          [this, &pane](const QString& sentence) { refusePrediction(pane, sentence); });
  connect(&pane, &SlidePane::modelWanted, this, &MainWindow::useModel);
  connect(&pane.advice(), &ModelAdvice::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::connectSharpening(SlidePane& pane) {
  Sharpening& sharpening = pane.sharpening();
  connect(&sharpening, &Sharpening::started, this, [this] {
    statusBar()->showMessage(tr("Sharpening the map of this view…"));
    m_menu.cancelPrediction->setEnabled(true);
  });
  connect(&sharpening, &Sharpening::progressed, this, [this](const Progress& progress) {
    if (progress.total > 0)
      statusBar()->showMessage(tr("Sharpening the map of this view: %1 of %2 tiles; Escape ends it")
                                   .arg(progress.done)
                                   .arg(progress.total));
  });
  connect(&sharpening, &Sharpening::finished, this, [this] {
    statusBar()->clearMessage();
    m_menu.cancelPrediction->setEnabled(session().isPredicting());
  });
  connect(&sharpening, &Sharpening::refused, this, [this](const QString& sentence) {
    statusBar()->clearMessage();
    m_messages->say(sentence);
  });
}

void MainWindow::connectSpots(SlidePane& pane) {
  SpotReading& spots = pane.spots();
  connect(&spots, &SpotReading::started, this,
          [this] { statusBar()->showMessage(tr("Reading and predicting the measured spots…")); });
  connect(&spots, &SpotReading::refused, this, [this](const QString& sentence) {
    statusBar()->clearMessage();
    m_messages->say(sentence);
  });
  connect(&spots, &SpotReading::changed, this, [this, &pane] {
    if (pane.spots().spots()) {
      statusBar()->clearMessage();
      m_overlayChoice.setOn(OverlayRole::Spots, true);
    }
    if (&pane == m_active) showPrediction();
  });
}

void MainWindow::connectSubtypes(SlidePane& pane) {
  SubtypeCalling& subtypes = pane.subtypes();
  connect(&subtypes, &SubtypeCalling::started, this,
          [this] { statusBar()->showMessage(tr("Calling the subtype of slide and tiles…")); });
  connect(&subtypes, &SubtypeCalling::called, this, [this] {
    statusBar()->clearMessage();
    const auto& wishes = m_overlayChoice.wishes();
    for (size_t index = 0; index < wishes.size(); ++index)
      if (wishes[index].entry.identifier == QStringLiteral("tile_classes"))
        m_overlayChoice.setOn(index, true);
  });
  connect(&subtypes, &SubtypeCalling::refused, this, [this](const QString& sentence) {
    statusBar()->clearMessage();
    m_messages->say(sentence);
  });
}

void MainWindow::connectViews(SlidePane& pane) {
  connect(&pane.overlays(), &OverlayStack::layersChanged, this, [this, &pane] {
    if (&pane == m_active) showLayers();
  });
  connect(&pane.canvas(), &SlideCanvas::viewportChanged, this, [this, &pane] {
    if (&pane == m_active) showViewport();
  });
  connect(&pane.canvas(), &SlideCanvas::cursorMoved, this, [this, &pane](Point slide, bool onCanvas) {
    if (&pane == m_active) showPosition(slide, onCanvas);
  });
}

void MainWindow::connectPanels() {
  connect(m_loadingCheck, &QTimer::timeout, this, &MainWindow::showLoading);
  connect(m_prediction, &PredictionStatus::cancelled, this, [this] { session().cancelPrediction(); });
  connect(m_browser, &SlideBrowser::fileWanted, this,
          [this](const QString& file) { openHere(file.toStdString()); });
  connect(m_gallery, &TileGalleryPanel::areaWanted, this, [this](const Rect& area) { pane().goTo(area); });
}

/// Of the active pane: title, menus, status line, picture.
void MainWindow::showSlide() {
  const OpenedSlide& opened = session().opened();
  m_loading->clear();
  showPosition({}, false);
  setSlideActionsEnabled(m_menu, opened.slide != nullptr);
  m_menu.closePane->setEnabled(opened.slide || m_panes.size() > 1);
  m_picture->setEnabled(opened.slide != nullptr);
  m_snapshots->showPane();
  m_ways->showPane();
  m_browser->showPane();
  m_compare->showPane();
  setWindowTitle(opened.slide ? tr("%1 – Geneglass").arg(pane().title()) : tr("Geneglass"));
  showPrediction();
  if (!opened.slide) return;
  fillAssociatedMenu();
  const PictureChoice choice = pane().picture();
  m_picture->showSlide(*opened.slide);
  m_picture->channels().showChannels(opened.slide->channels, session().channels());
  if (session().hasStains()) m_picture->showStains(session().colours().stains);
  m_picture->choose(choice);
  showColour();
  showViewport();
}

}  // namespace geneglass
