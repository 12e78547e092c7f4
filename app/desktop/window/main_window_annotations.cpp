// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing, measuring and counting in MainWindow.
#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QStatusBar>
#include <algorithm>

#include "app/desktop/annotating/annotation_panel.h"
#include "app/desktop/annotating/tool_bar.h"
#include "app/desktop/regions/region_panel.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "inference/regions/prediction_shapes.h"

namespace geneglass {

void MainWindow::buildAnnotating() {
  auto* bar = new AnnotatingToolBar(m_tools, this);
  addToolBar(Qt::LeftToolBarArea, bar);
  connect(bar, &AnnotatingToolBar::hint, this,
          [this](const QString& sentence) { statusBar()->showMessage(sentence, 8000); });
  QMenu* menu = m_menu.annotations;
  QMenu* tools = menu->addMenu(tr("&Tools"));
  tools->addActions(bar->actions());
  menu->addSeparator();
  using Deed = void (AnnotationLayer::*)();
  const auto add = [&](const QString& text, Deed deed) {
    connect(menu->addAction(text), &QAction::triggered, this,
            [this, deed] { (pane().annotations().*deed)(); });
  };
  add(tr("&Unite What Is Selected"), &AnnotationLayer::uniteSelected);
  add(tr("&Subtract from the Lowest"), &AnnotationLayer::subtractSelected);
  add(tr("&Intersect"), &AnnotationLayer::intersectSelected);
  add(tr("&Delete"), &AnnotationLayer::deleteSelected);
  menu->addSeparator();
  const auto make = [&](const QString& text, void (MainWindow::*made)()) {
    connect(menu->addAction(text), &QAction::triggered, this, made);
  };
  make(tr("From the Gene's &Hotspots"), &MainWindow::annotateHotspots);
  make(tr("From the Tumour &Region"), &MainWindow::annotateRegion);
  make(tr("From the Measured S&pots"), &MainWindow::annotateSpots);
  menu->addSeparator();
  connect(menu->addAction(tr("I&mport…")), &QAction::triggered, this, &MainWindow::askForAnnotations);
  connect(menu->addAction(tr("&Export…")), &QAction::triggered, this, &MainWindow::askForAnnotationFile);
  menu->addSeparator();
  QAction* shown = menu->addAction(tr("S&how Annotations"));
  shown->setCheckable(true);
  shown->setChecked(true);
  shown->setShortcut(Qt::Key_S);
  connect(shown, &QAction::toggled, this, [this](bool on) {
    for (SlidePane* one : m_panes) one->annotations().setShown(on);
  });
  connect(&m_tools, &ToolChoice::changed, shown, [this, shown] {
    if (m_tools.tool() != AnnotatingTool::Select) shown->setChecked(true);
  });
  connect(m_annotations, &AnnotationPanel::areaWanted, this, [this](const Rect& area) { pane().goTo(area); });
  m_annotations->showLayer(&pane().annotations());
}

void MainWindow::connectRegions() {
  m_regions->showLayer(&pane().annotations());
  connect(m_regions, &RegionPanel::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  connect(m_regions, &RegionPanel::said, m_messages, &MessageBar::note);
  connect(m_regions, &RegionPanel::geneChosen, this, [this](const QString& symbol) {
    const auto& prediction = session().scene().prediction;
    if (!prediction) return;
    const auto found = std::ranges::find(prediction->genes, symbol.toStdString(), &GenePrediction::symbol);
    if (found != prediction->genes.end()) chooseGene(int(found - prediction->genes.begin()));
  });
}

void MainWindow::connectAnnotations(SlidePane& pane) {
  connect(&pane.annotations(), &AnnotationLayer::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  for (const auto told : {&AnnotationExchange::said, &AnnotationExchange::refused})
    connect(&pane.exchange(), told, this, [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::annotate(std::vector<Annotation> made, const QString& what, const QString& refusal) {
  if (made.empty()) return m_messages->say(refusal);
  Case& document = pane().annotations().document();
  document.change(document.annotations()->with(std::move(made)), what);
}

void MainWindow::annotateHotspots() {
  const OverlayScene& scene = session().scene();
  std::vector<Annotation> made;
  if (scene.prediction && scene.gene >= 0)
    if (const auto map = scene.prediction->maps.of(static_cast<size_t>(scene.gene)))
      made = hotspotAnnotations(*scene.prediction, scene.prediction->genes[static_cast<size_t>(scene.gene)],
                                **map);
  annotate(std::move(made), tr("From Hotspots"), tr("The chosen gene has no hotspots on this slide."));
}

void MainWindow::annotateRegion() {
  const OverlayScene& scene = session().scene();
  std::vector<Annotation> made;
  if (const SlideCall* call = scene.prediction ? diagnosisOf(*scene.prediction) : nullptr)
    made = regionAnnotations(*call);
  annotate(std::move(made), tr("From the Region"), tr("There is no predicted region on this slide."));
}

void MainWindow::annotateSpots() {
  const auto& spots = pane().spots().spots();
  annotate(spots ? spotAnnotations(*spots) : std::vector<Annotation>(), tr("From Spots"),
           tr("No measured spots are open: Slide > Measured Spots opens them."));
}

void MainWindow::askForAnnotations() {
  auto* dialog = new QFileDialog(this, tr("Import Annotations"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Annotations (*.geojson *.json *.xml *.ndpa)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { pane().exchange().read(file.toStdString()); });
  dialog->open();
}

/// The ending says which program it is for.
void MainWindow::askForAnnotationFile() {
  QFileDialog* dialog =
      saveDialog(tr("Export Annotations"),
                 tr("GeoJSON, for QuPath (*.geojson);;ASAP (*.xml);;HistomicsUI (*.json);;NDP.view (*.ndpa)"),
                 QStringLiteral("geojson"));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { pane().exchange().write(file.toStdString()); });
  dialog->open();
}

}  // namespace geneglass
