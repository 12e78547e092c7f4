// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/compare_desk.h"

#include <QAction>
#include <QActionGroup>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <algorithm>

#include "app/desktop/layers/scene_layers.h"
#include "app/desktop/window/main_menu.h"
#include "app/desktop/window/parts/message_bar.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

std::vector<Point> inMicrometres(const std::vector<Point>& places, const Slide& slide) {
  std::vector<Point> result;
  for (const Point& place : places) result.push_back({place.x * slide.mpp->x, place.y * slide.mpp->y});
  return result;
}

std::shared_ptr<const Slide> slideIn(SlidePane& pane) {
  return pane.session().opened().slide;
}

}  // namespace

CompareDesk::CompareDesk(const WindowView& window, ToolChoice& tools, const MainMenu& menu)
    : QObject(&window.window()), m_window(window), m_tools(tools) {
  auto* compare = new QMenu(tr("C&ompare"), &window.window());
  window.window().menuBar()->insertMenu(menu.models->menuAction(), compare);
  compare->addAction(menu.openBeside);
  compare->addSeparator();
  m_linked = add(*compare, tr("&Link the Views"), int(Qt::CTRL) | Qt::Key_L, true);
  m_pick = add(*compare, tr("Link Sections by &Three Places…"), 0, false);
  m_range = add(*compare, tr("&One Range of Colours"), 0, true);
  compare->addSeparator();
  m_circle = add(*compare, tr("L&ens"), Qt::Key_F7, true);
  m_line = add(*compare, tr("&Swipe"), Qt::Key_F8, true);
  m_tissue = add(*compare, tr("Lens and Swipe Show T&issue"), 0, true);
  m_gene = add(*compare, tr("Lens and Swipe Show Another &Gene…"), 0, true);
  auto* one = new QActionGroup(this);
  one->addAction(m_tissue);
  one->addAction(m_gene);
  m_tissue->setChecked(true);
  for (QAction* action : {m_pick, m_circle, m_line}) action->setEnabled(false);
  connect(m_linked, &QAction::triggered, this, &CompareDesk::setLinked);
  connect(m_pick, &QAction::triggered, this, &CompareDesk::pickPlaces);
  connect(m_range, &QAction::toggled, this, &CompareDesk::shareRange);
  for (QAction* shape : {m_circle, m_line})
    connect(shape, &QAction::triggered, this, [this, shape] { setLens(shape); });
  connect(m_gene, &QAction::triggered, this, &CompareDesk::chooseLensGene);
  connect(m_tissue, &QAction::triggered, this, [this] {
    m_lensGene.clear();
    showLens();
  });
  connect(&tools, &ToolChoice::changed, this, &CompareDesk::endPicking);
}

CompareDesk::~CompareDesk() = default;

QAction* CompareDesk::add(QMenu& menu, const QString& text, int key, bool isCheckable) {
  QAction* action = menu.addAction(text);
  if (key != 0) action->setShortcut(QKeySequence(key));
  action->setCheckable(isCheckable);
  return action;
}

void CompareDesk::watch(SlidePane& pane) {
  connect(&pane.session(), &SlideSession::slideOpened, this, [this, &pane] {
    endPicking();
    makeLensLayers(pane);
    showViews();
    if (m_linked->isChecked()) setLinked(true);
  });
  connect(&pane.overlays(), &OverlayStack::layersChanged, this, [this, &pane] {
    shareRange();
    makeLensLayers(pane);
  });
  connect(&pane.canvas(), &SlideCanvas::cursorMoved, this, [this, &pane](Point slide, bool onCanvas) {
    if (onCanvas) moveLens(pane, slide);
  });
}

void CompareDesk::showPane() {
  const auto& panes = m_window.panes();
  const auto isGone = [&](SlidePane* pane) { return std::ranges::find(panes, pane) == panes.end(); };
  if (std::ranges::any_of(m_pickers, [&](const auto& each) { return isGone(each.first); })) endPicking();
  std::erase_if(m_lensLayers, [&](const auto& each) { return isGone(each.first); });
  if (m_lensPane && isGone(m_lensPane)) m_lensPane = nullptr;
  const auto open = std::ranges::count_if(panes, [](SlidePane* pane) { return slideIn(*pane) != nullptr; });
  m_pick->setEnabled(open > 1);
  for (QAction* shape : {m_circle, m_line}) shape->setEnabled(open > 0);
  showViews();
  shareRange();
}

void CompareDesk::showViews() {
  std::vector<LinkedViews::View> views;
  for (SlidePane* pane : m_window.panes()) views.push_back({&pane->canvas(), slideIn(*pane)});
  m_views.setViews(views);
}

void CompareDesk::setLinked(bool wanted) {
  m_views.unlink();
  if (!wanted) return;
  showViews();
  const auto linked = m_views.link(m_window.canvas());
  m_linked->setChecked(linked.has_value());
  if (!linked) m_window.messages().say(QString::fromStdString(linked.error().sentence));
}

/// One picker a slide, until each has its places.
void CompareDesk::pickPlaces() {
  m_tools.setTool(AnnotatingTool::Select);
  endPicking();
  for (SlidePane* pane : m_window.panes()) {
    const auto slide = slideIn(*pane);
    if (!slide) continue;
    if (!slide->mpp) {
      endPicking();
      return m_window.messages().say(tr("“%1” cannot be linked, as it does not say how large its pixels are.")
                                         .arg(QString::fromStdString(slide->name())));
    }
    auto picker = std::make_unique<PlacePicker>(
        [pane] { return pane->canvas().viewport().centre; },
        [this] { QMetaObject::invokeMethod(this, &CompareDesk::takePlaces, Qt::QueuedConnection); },
        [this] { QMetaObject::invokeMethod(this, &CompareDesk::endPicking, Qt::QueuedConnection); });
    pane->canvas().setTool(picker.get());
    m_pickers[pane] = std::move(picker);
  }
  m_window.messages().say(tr("Click three places on each slide, in the same order on all: 1, 2, 3, far "
                             "apart. Enter takes the middle of "
                             "the view, Backspace takes the last back."),
                          tr("Give Up"), [this] { endPicking(); });
}

void CompareDesk::takePlaces() {
  if (!isPicking() ||
      std::ranges::any_of(m_pickers, [](const auto& each) { return !each.second->isComplete(); }))
    return;
  const std::map<SlidePane*, std::unique_ptr<PlacePicker>> pickers = std::exchange(m_pickers, {});
  for (const auto& [pane, picker] : pickers) pane->annotations().bringBackTool();
  m_window.messages().dismiss();
  SlidePane* reference = pickers.contains(&m_window.pane()) ? &m_window.pane() : pickers.begin()->first;
  const auto there = inMicrometres(pickers.at(reference)->places(), *slideIn(*reference));
  double residual = 0;
  bool isMirrored = false;
  for (const auto& [pane, picker] : pickers) {
    if (pane == reference) continue;
    const auto fitted = fitSections(inMicrometres(picker->places(), *slideIn(*pane)), there);
    if (!fitted) return m_window.messages().say(QString::fromStdString(fitted.error().sentence));
    m_views.fit(pane->canvas(), reference->canvas(), fitted->map);
    residual = std::max(residual, fitted->residual);
    isMirrored |= fitted->map.isMirrored;
  }
  setLinked(true);
  m_window.messages().note(
      (isMirrored ? tr("The sections are linked, one as the mirror image of the other; the places agree to "
                       "%1 µm.")
                  : tr("The sections are linked; the places agree to %1 µm."))
          .arg(numberText(residual, 0)));
}

void CompareDesk::endPicking() {
  if (!isPicking()) return;
  const std::map<SlidePane*, std::unique_ptr<PlacePicker>> pickers = std::exchange(m_pickers, {});
  m_window.messages().dismiss();
  for (SlidePane* pane : m_window.panes())
    if (pickers.contains(pane)) pane->annotations().bringBackTool();
}

/// Of the map that lies uppermost in the active pane.
void CompareDesk::shareRange() {
  std::vector<OverlayLayer> maps;
  if (m_range->isChecked()) {
    if (const auto map = m_window.overlays().upperHeatmap()) maps.push_back(*map);
    for (SlidePane* pane : m_window.panes())
      if (pane != &m_window.pane())
        if (const auto map = pane->overlays().upperHeatmap()) maps.push_back(*map);
  }
  const auto range = sharedRange(maps);
  for (SlidePane* pane : m_window.panes()) pane->shareRange(range);
}

void CompareDesk::setLens(QAction* chosen) {
  (chosen == m_circle ? m_line : m_circle)->setChecked(false);
  if (!m_lensPane) m_lensPane = &m_window.pane();
  if (!m_lensGene.empty())
    for (SlidePane* pane : m_window.panes()) makeLensLayers(*pane);
  showLens();
}

void CompareDesk::chooseLensGene() {
  const auto& prediction = m_window.session().scene().prediction;
  m_tissue->setChecked(m_lensGene.empty());
  m_gene->setChecked(!m_lensGene.empty());
  if (!prediction)
    return m_window.messages().say(
        tr("There is no prediction of this slide yet, so the lens can only show tissue."));
  QStringList symbols;
  for (const GenePrediction& gene : prediction->genes)
    if (gene.wellPredicted) symbols << QString::fromStdString(gene.symbol);
  symbols.sort();
  auto* dialog = new QInputDialog(&m_window.window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Another gene in the lens"));
  dialog->setLabelText(tr("Gene"));
  dialog->setComboBoxItems(symbols);
  connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& symbol) {
    m_lensGene = symbol.toStdString();
    m_gene->setChecked(true);
    if (!m_circle->isChecked() && !m_line->isChecked()) m_circle->setChecked(true);
    setLens(m_circle->isChecked() ? m_circle : m_line);
  });
  dialog->open();
}

/// Its map is computed behind the window.
void CompareDesk::makeLensLayers(SlidePane& pane) {
  m_lensLayers.erase(&pane);
  const OverlayScene scene = pane.scene();
  if (m_lensGene.empty() || !scene.prediction || !(m_circle->isChecked() || m_line->isChecked())) return;
  const auto& genes = scene.prediction->genes;
  const auto found = std::ranges::find(genes, m_lensGene, &GenePrediction::symbol);
  if (found == genes.end()) return;
  const int gene = int(found - genes.begin());
  auto* ahead = pane.findChild<MapsAhead*>(QStringLiteral("lensMaps"));
  if (!ahead) {
    ahead = new MapsAhead;
    ahead->setParent(&pane);
    ahead->setObjectName(QStringLiteral("lensMaps"));
  }
  ahead->want(scene.prediction, gene, [this, &pane, scene, gene] {
    OverlayScene other = scene;
    other.gene = gene;
    m_lensLayers[&pane] = layersOf(pane.overlays().choice(), other);
    showLens();
  });
}

void CompareDesk::moveLens(SlidePane& pane, Point slide) {
  if (!m_circle->isChecked() && !m_line->isChecked()) return;
  const Viewport& view = pane.canvas().viewport();
  const Point screen = view.toScreen(slide);
  m_lensPane = &pane;
  m_lensAway = {screen.x - view.width / 2, screen.y - view.height / 2};
  showLens();
}

MapLens CompareDesk::lensOf(SlidePane& pane) const {
  constexpr double kRadius = 0.22;  // of the screen's smaller side
  const Viewport& view = pane.canvas().viewport();
  MapLens lens;
  lens.shape = m_circle->isChecked() ? MapLens::Shape::Circle : MapLens::Shape::RightOfLine;
  lens.centre = {view.width / 2 + m_lensAway.x, view.height / 2 + m_lensAway.y};
  lens.radius = kRadius * std::min(view.width, view.height);
  lens.caption = m_lensGene.empty() ? tr("Tissue") : tr("%1: no map").arg(QString::fromStdString(m_lensGene));
  if (const auto made = m_lensLayers.find(&pane); made != m_lensLayers.end()) {
    lens.layers = made->second;
    for (const OverlayLayer& layer : lens.layers)
      if (const auto map = layer.overlay->heatmap()) lens.caption = map->name;
  }
  return lens;
}

/// Over the slide under the cursor, and where the views are linked over the same place of the others.
void CompareDesk::showLens() {
  const bool isOn = m_circle->isChecked() || m_line->isChecked();
  for (SlidePane* pane : m_window.panes()) {
    const bool has = isOn && (pane == m_lensPane || m_views.isLinked()) && slideIn(*pane);
    pane->canvas().setLens(has ? std::optional(lensOf(*pane)) : std::nullopt);
  }
}

}  // namespace geneglass
