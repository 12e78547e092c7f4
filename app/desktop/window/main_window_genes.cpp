// SPDX-License-Identifier: GPL-3.0-or-later
// Which gene MainWindow shows, and whether any.
#include <QAction>
#include <utility>

#include "app/desktop/genes/gene_charts.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/genes/hotspot_panel.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/peek_key.h"
#include "inference/regions/region.h"

namespace geneglass {

void MainWindow::connectGenes() {
  connect(m_genes, &GenePanelView::geneChosen, this, &MainWindow::chooseGene);
  connect(m_genes, &GenePanelView::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  connect(m_genes, &GenePanelView::styleChosen, this, [this](const HeatmapStyle& style) {
    if (const auto index = overlays().upperIndex())
      m_overlayChoice.setStyle(*index, style, overlays().overlays()[*index].overlay->heatmap()->name);
  });
  connect(m_genes, &GenePanelView::togetherWanted, this, &MainWindow::showTogether);
  connect(m_genes, &GenePanelView::setListed, this,
          [this](const std::optional<GeneSet>& set) { pane().keptView().keepSet(set); });
  connect(m_hotspots, &HotspotPanel::areaWanted, this, [this](const Rect& area) { pane().goTo(area); });
  connect(m_charts, &GeneCharts::tilesMarked, this,
          [this](const std::vector<TileGrid::Cell>& cells) { pane().markTiles(cells); });
  connect(m_menu.nextHotspot, &QAction::triggered, this, [this] { m_hotspots->step(1); });
  connect(m_menu.hotspotBefore, &QAction::triggered, this, [this] { m_hotspots->step(-1); });
  connect(m_menu.swapGenes, &QAction::triggered, this, &MainWindow::swapGenes);
  connect(m_menu.hideMaps, &QAction::toggled, &m_overlayChoice, &OverlayChoice::hideMaps);
  connect(&m_overlayChoice, &OverlayChoice::changed, m_menu.hideMaps,
          [this] { m_menu.hideMaps->setChecked(m_overlayChoice.hidesMaps()); });
  auto* peek = new PeekKey(Qt::Key_M, *this);
  connect(peek, &PeekKey::turned, m_menu.hideMaps, &QAction::toggle);
}

void MainWindow::chooseGene(int gene) {
  const auto& prediction = session().scene().prediction;
  if (!prediction || gene < 0) return;
  if (m_messages->sentence() == m_geneRefusal) m_messages->dismiss();
  pane().together().want({});
  // Another map of the gene that lies over the slide already stays the one that is shown.
  m_overlayChoice.hideMaps(false);
  if (!overlays().upperHeatmap()) m_overlayChoice.setOn(OverlayRole::Expression, true);
  const std::string& symbol = prediction->genes[static_cast<size_t>(gene)].symbol;
  if (symbol != session().wantedGene() && !session().wantedGene().empty()) {
    m_geneBefore = session().wantedGene();
    m_charts->offerSecond(m_geneBefore);
    m_menu.swapGenes->setEnabled(true);
  }
  session().chooseGene(symbol);
  const std::vector<int> neighbours = m_genes->neighbours();
  session().prepareMaps(neighbours);
  overlays().prepare(neighbours);
}

void MainWindow::refuseGene(const QString& sentence) {
  m_geneRefusal = sentence;
  m_messages->say(sentence);
}

/// None: the gene that was chosen last is shown again.
void MainWindow::showTogether(const std::optional<GenesWish>& wish) {
  if (m_messages->sentence() == m_geneRefusal) m_messages->dismiss();
  pane().together().want(wish);
  m_overlayChoice.hideMaps(false);
  m_overlayChoice.setOn(wish ? OverlayRole::Together : OverlayRole::Expression, true);
}

/// In the chart: tiles of the areas that are selected on the slide.
void MainWindow::markSelectedRegion(SlidePane& pane) {
  const auto& prediction = pane.session().scene().prediction;
  if (&pane != m_active || !prediction) return;
  const Region region = regionOf({}, pane.annotations().selected());
  m_charts->markPlaces(region.area.parts.empty() ? std::vector<bool>()
                                                 : placesWithin(prediction->grid, region.area));
}

void MainWindow::connectTogether(SlidePane& pane) {
  connect(&pane.annotations(), &AnnotationSelection::selectionChanged, this,
          [this, &pane] { markSelectedRegion(pane); });
  TogetherReading& together = pane.together();
  connect(&together, &TogetherReading::changed, this, [this, &pane] {
    if (&pane == m_active) m_genes->showTogether(pane.together().together());
  });
  connect(&together, &TogetherReading::refused, this, &MainWindow::refuseGene);
}

void MainWindow::swapGenes() {
  const std::string before = std::exchange(m_geneBefore, session().wantedGene());
  pane().together().want({});
  m_overlayChoice.hideMaps(false);
  if (!overlays().upperHeatmap()) m_overlayChoice.setOn(OverlayRole::Expression, true);
  session().chooseGene(before);
}

}  // namespace geneglass
