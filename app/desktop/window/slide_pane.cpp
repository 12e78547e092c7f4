// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/slide_pane.h"

#include <QHelpEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QStyle>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/desktop/browsing/welcome_page.h"
#include "app/desktop/layers/marked_tiles.h"
#include "app/desktop/window/parts/domain_banner.h"
#include "app/desktop/window/parts/recent_files.h"
#include "viewer/annotation/colour_wand.h"
#include "viewer/canvas/overview_map.h"
#include "viewer/canvas/overview_picture.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/slide/region.h"

namespace geneglass {

SlidePane::SlidePane(Workplace& workplace, OverlayChoice& choice, ToolChoice& tools, QWidget* parent)
    : QFrame(parent),
      m_session(workplace),
      m_keeper(m_case, [&workplace](std::any ended) { workplace.letGo(std::move(ended)); }),
      m_spots(m_session),
      m_subtypes(m_session),
      m_sharpening(m_session),
      m_together(m_session),
      m_advice(m_session),
      m_overlays(choice),
      m_name(new QLabel),
      m_banner(new DomainBanner),
      m_centre(new QStackedWidget),
      m_canvas(new SlideCanvas),
      m_overview(new OverviewMap(m_canvas)),
      m_wandReading(this, workplace),
      m_annotations(m_case, *m_canvas, tools),
      m_exchange(m_annotations),
      m_keptView(m_case, m_keeper, *m_canvas, m_session, choice, m_together) {
  build();
  connectSession();
  connectPrediction();
  connectCanvas();
  connect(&workplace, &Workplace::sharesChanged, this, &SlidePane::takeShare);
  takeShare();
}

SlidePane::~SlidePane() {
  disconnect(&m_session.workplace(), nullptr, this, nullptr);
  m_canvas->setTool(nullptr);
  m_canvas->showSlide(nullptr, {}, nullptr);
}

void SlidePane::build() {
  auto* welcome = new WelcomePage;
  welcome->showRecent(recentFiles());
  connect(welcome, &WelcomePage::openWanted, this, &SlidePane::openWanted);
  connect(welcome, &WelcomePage::folderWanted, this, &SlidePane::folderWanted);
  connect(welcome, &WelcomePage::fileWanted, this, &SlidePane::fileWanted);
  m_centre->addWidget(welcome);
  m_centre->addWidget(m_canvas);
  m_name->setObjectName(QStringLiteral("paneName"));
  m_name->setAccessibleName(tr("Slide shown here"));
  m_name->setContentsMargins(8, 3, 8, 3);
  m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // a long one makes no pane wider
  m_name->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_name);
  layout->addWidget(m_banner);
  layout->addWidget(m_centre, 1);
  m_canvas->setAccessibleName(tr("Slide"));
  m_canvas->installEventFilter(this);
  m_overview->setAccessibleName(tr("Overview map"));
  m_overview->hide();
  say(tr("There is no prediction of this slide yet."));
}

void SlidePane::connectSession() {
  connect(&m_session, &SlideSession::openingStarted, this, [this] { m_asked = true; });
  for (const auto ended : {&SlideSession::openingCancelled, &SlideSession::slideOpened})
    connect(&m_session, ended, this, [this] { m_asked = false; });
  connect(&m_session, &SlideSession::slideRefused, this, [this] { m_asked = false; });
  connect(&m_session, &SlideSession::slideOpened, this, &SlidePane::showSlide);
  connect(&m_session, &SlideSession::thumbnailRead, this, [this] {
    m_overview->showSlide(m_session.opened().slide, m_session.thumbnail());
    m_overview->setViewport(m_canvas->viewport());
    placeOverview();
  });
  connect(&m_session, &SlideSession::channelsShown, this,
          [this] { m_canvas->showTiles(m_session.loader(), m_session.cache()); });
  connect(&m_session, &SlideSession::tileArrived, m_canvas, &SlideCanvas::tileArrived);
  connect(&m_session, &SlideSession::sceneChanged, this, [this] {
    m_overlays.setScene(scene());
    m_banner->showPrediction(m_session.scene().prediction.get());
  });
  connect(&m_spots, &SpotReading::changed, this, [this] { m_overlays.setScene(scene()); });
  connect(&m_sharpening, &Sharpening::changed, this, [this] { m_overlays.setScene(scene()); });
  connect(&m_together, &TogetherReading::changed, this, [this] { m_overlays.setScene(scene()); });
  connect(m_banner, &DomainBanner::allWanted, &m_session, &SlideSession::showOutside);
  connect(&m_advice, &ModelAdvice::changed, this, [this] { m_banner->showAdvice(m_advice); });
  connect(m_banner, &DomainBanner::modelWanted, this, &SlidePane::modelWanted);
  connect(&m_overlays, &OverlayStack::layersChanged, this, &SlidePane::showLayers);
  connect(&m_annotations, &AnnotationLayer::layerChanged, this, &SlidePane::showLayers);
}

OverlayScene SlidePane::scene() const {
  OverlayScene scene = m_session.scene();
  scene.spots = m_spots.spots();
  scene.sharpened = m_sharpening.maps();
  scene.together = m_together.together();
  return scene;
}

void SlidePane::connectPrediction() {
  connect(&m_session, &SlideSession::predictionStarted, this,
          [this] { say(tr("The prediction is running.")); });
  connect(&m_session, &SlideSession::predictionRefused, this, &SlidePane::say);
  connect(&m_session, &SlideSession::predictionCancelled, this,
          [this] { say(tr("The prediction was cancelled. F5 starts it again.")); });
  for (const auto known : {&SlideSession::predictionFinished, &SlideSession::predictionSharpened,
                           &SlideSession::predictionUncovered})
    connect(&m_session, known, this, &SlidePane::stateChanged);
}

void SlidePane::connectCanvas() {
  connect(m_canvas, &SlideCanvas::viewportChanged, this, [this](const Viewport& viewport) {
    m_overview->setViewport(viewport);
    placeOverview();
    m_session.look(viewport.visible());
  });
  connect(m_overview, &OverviewMap::centreWanted, this, [this](Point slide) {
    Viewport viewport = m_canvas->viewport();
    viewport.centre = slide;
    m_canvas->setViewport(viewport);
  });
}

void SlidePane::showLayers() {
  std::vector<OverlayLayer> layers = withRange(m_overlays.canvasLayers(), m_range);
  if (m_marked) layers.insert(layers.begin(), {m_marked, {}});  // under ranks and the model's sentence
  if (OverlayLayer drawn = m_annotations.canvasLayer(); drawn.overlay) layers.push_back(std::move(drawn));
  m_canvas->setLayers(std::move(layers));
}

void SlidePane::markTiles(const std::vector<TileGrid::Cell>& cells) {
  const auto& prediction = m_session.scene().prediction;
  const bool none = cells.empty() || !prediction;
  if (none && !m_marked) return;
  m_marked = none ? nullptr : std::make_shared<const MarkedTiles>(prediction->grid, cells);
  showLayers();
}

std::vector<OverlayLayer> SlidePane::fileLayers() const {
  std::vector<OverlayLayer> layers = withRange(m_overlays.fileLayers(), m_range);
  if (OverlayLayer drawn = m_annotations.fileLayer(); drawn.overlay) layers.push_back(std::move(drawn));
  return layers;
}

void SlidePane::shareRange(const std::optional<SharedRange>& range) {
  if (range == m_range) return;
  m_range = range;
  showLayers();
}

void SlidePane::say(const QString& state) {
  m_state = state;
  Q_EMIT stateChanged();
}

QString SlidePane::title() const {
  const auto& slide = m_session.opened().slide;
  return slide ? QString::fromStdString(slide->file.filename().string()) : QString();
}

void SlidePane::showSlide() {
  const OpenedSlide& opened = m_session.opened();
  m_overview->hide();
  m_picture = {};
  m_marked = nullptr;
  openCase();
  say(tr("There is no prediction of this slide yet."));
  m_canvas->showSlide(opened.slide, m_session.loader(), m_session.cache());
  m_annotations.showSlide(opened.slide, [this](const Rect& area, int side, auto take) {
    const OpenedSlide shown = m_session.opened();
    m_wandReading.start<Image>(
        shown.slide->file,
        [shown, area, side](const std::stop_token&) {
          return readRegion(*shown.slide, *shown.source, area, side, side).map(wandPicture);
        },
        std::move(take));
  });
  m_name->setText(title());
  m_centre->setCurrentWidget(m_canvas);
  m_session.look(m_canvas->viewport().visible());
}

void SlidePane::openCase() {
  const Slide& slide = *m_session.opened().slide;
  const SlideIdentity identity = identityOf(slide);
  CasePlace place = usualPlace(std::filesystem::absolute(slide.file), identity, ownCaseFolder());
  if (!m_namedCase.empty()) place.file = std::filesystem::absolute(std::exchange(m_namedCase, {}));
  m_keeper.open(place, identity);
}

void SlidePane::showName(bool shown) {
  m_name->setVisible(shown);
}

void SlidePane::setActive(bool active) {
  m_name->setProperty("active", active);
  m_name->style()->polish(m_name);
}

void SlidePane::setOverviewWanted(bool wanted) {
  m_overviewWanted = wanted;
  placeOverview();
}

void SlidePane::setDisplayColour(const DisplayColour& colour) {
  m_overview->setDisplayColour(colour);
  m_canvas->setDisplayColour(colour);
}

/// A view that is nearer already stays so.
void SlidePane::goTo(const Rect& area) {
  constexpr double kShare = 0.45;  // of the view's height
  Viewport viewport = m_canvas->viewport();
  viewport.centre = {area.x + area.width / 2, area.y + area.height / 2};
  viewport.downsample = std::min(viewport.downsample, area.height / (kShare * viewport.height));
  m_canvas->setViewport(viewport);
}

void SlidePane::placeOverview() {
  constexpr int kMargin = 12, kLeast = 50;
  constexpr double kMostOfWidth = 0.3;  // the rest is the model's statement's
  if (!m_session.opened().slide) return;
  const Size size = m_session.opened().slide->size();
  const double side = std::min(12.0 * fontMetrics().height(), kMostOfWidth * m_canvas->width());
  const QSizeF turned = turnedSize(size, m_canvas->viewport().rotation);
  const double shrink = side / std::max(turned.width(), turned.height());
  m_overview->resize(std::max(kLeast, int(turned.width() * shrink)),
                     std::max(kLeast, int(turned.height() * shrink)));
  m_overview->move(m_canvas->width() - m_overview->width() - kMargin, kMargin);
  const Rect seen = m_canvas->viewport().visible();
  const bool whole = seen.contains({0, 0}) && seen.contains({double(size.width), double(size.height)});
  const bool hasRoom = side >= kLeast;
  m_overview->setVisible(m_overviewWanted && hasRoom && !m_session.thumbnail().isNull() && !whole);
}

void SlidePane::takeShare() {
  const MemoryShare share = m_session.workplace().share();
  m_overlays.setMapBytes(share.mapBytes);
  m_canvas->setMemory({.textureBytes = share.textureBytes, .mapBytes = share.mapBytes});
}

/// Where the cursor rests; it goes when the cursor does.
void SlidePane::tellValue(const QHelpEvent& rest) {
  constexpr int kReach = 4;
  const QString text =
      m_overlays.textAt(m_canvas->viewport().toSlide({double(rest.pos().x()), double(rest.pos().y())}));
  const QRect around(rest.pos() - QPoint(kReach, kReach), QSize(2 * kReach + 1, 2 * kReach + 1));
  QToolTip::showText(rest.globalPos(), text, m_canvas, around);
}

bool SlidePane::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ToolTip && watched == m_canvas && m_session.opened().slide) {
    tellValue(static_cast<const QHelpEvent&>(*event));
    return true;
  }
  if (event->type() == QEvent::Resize) placeOverview();
  if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn ||
      event->type() == QEvent::Wheel)
    Q_EMIT touched();
  return QFrame::eventFilter(watched, event);
}

}  // namespace geneglass
