// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_layer.h"

#include <algorithm>
#include <utility>

#include "app/desktop/annotating/annotation_labels.h"
#include "app/desktop/annotating/drawing_tools.h"
#include "app/desktop/annotating/select_tool.h"
#include "viewer/annotation/shape_algebra.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

QString nameOf(AnnotatingTool tool) {
  return QObject::tr(annotatingTools()[static_cast<size_t>(tool)].name);
}

}  // namespace

AnnotationLayer::AnnotationLayer(Case& document, SlideCanvas& canvas, ToolChoice& choice, QObject* parent)
    : AnnotationSelection(document, parent), m_canvas(canvas), m_choice(choice) {
  // After the selection has forgotten what is gone: slots are called in the order of their connections.
  connect(&document, &Case::annotationsChanged, this, &AnnotationLayer::layerChanged);
  connect(this, &AnnotationSelection::selectionChanged, this, &AnnotationLayer::layerChanged);
  connect(&m_choice, &ToolChoice::changed, this, &AnnotationLayer::takeTool);
}

AnnotationLayer::~AnnotationLayer() = default;

void AnnotationLayer::showSlide(std::shared_ptr<const Slide> slide, ReadForWand readForWand) {
  m_slide = std::move(slide);
  m_readForWand = std::move(readForWand);
  m_tool.reset();
  select({});
  takeTool();
  Q_EMIT layerChanged();
}

void AnnotationLayer::setShown(bool shown) {
  if (shown == m_shown) return;
  m_shown = shown;
  if (!shown) m_choice.setTool(AnnotatingTool::Select);
  Q_EMIT layerChanged();
}

void AnnotationLayer::bringBackTool() {
  m_canvas.setTool(m_tool.get());
}

OverlayLayer AnnotationLayer::layerWith(const std::set<std::string>& marked) const {
  if (!m_shown || !m_slide) return {};
  return annotationsLayer(document().annotations(), marked, m_slide->mpp);
}

OverlayLayer AnnotationLayer::canvasLayer() const {
  return layerWith(selection());
}

OverlayLayer AnnotationLayer::fileLayer() const {
  return layerWith({});
}

void AnnotationLayer::takeTool() {
  if (m_tool && m_kind == m_choice.tool()) return m_canvas.redraw();  // only class or size
  m_canvas.setTool(nullptr);
  m_kind = m_choice.tool();
  m_tool = m_slide ? madeTool() : nullptr;
  if (m_kind != AnnotatingTool::Select) setShown(true);
  m_canvas.setTool(m_tool.get());
}

std::unique_ptr<CanvasTool> AnnotationLayer::madeTool() {
  const auto onDrawn = [this](Shape shape) { draw(std::move(shape)); };
  const auto onPlace = [this](Point place) { draw(Places{{place}}); };
  const auto onStroke = [this](const auto& line, double radius) {
    addTo(stroke(line, radius), line.front());
  };
  const auto onErase = [this](const auto& line, double radius) { erase(line, radius); };
  const std::optional<Mpp>& mpp = m_slide->mpp;
  switch (m_kind) {
    case AnnotatingTool::Select:
      return std::make_unique<SelectTool>(*this, mpp);
    case AnnotatingTool::Rectangle:
    case AnnotatingTool::Ellipse:
      return std::make_unique<DragTool>(m_kind, mpp, onDrawn);
    case AnnotatingTool::Polygon:
      return std::make_unique<ClickTool>(m_kind, 0, mpp, onDrawn);
    case AnnotatingTool::Ruler:
      return std::make_unique<ClickTool>(m_kind, 2, mpp, onDrawn);
    case AnnotatingTool::Angle:
      return std::make_unique<ClickTool>(m_kind, 3, mpp, onDrawn);
    case AnnotatingTool::Freehand:
      return std::make_unique<FreehandTool>(mpp, onDrawn);
    case AnnotatingTool::Wand:
      return std::make_unique<WandTool>(mpp, wandWays());
    case AnnotatingTool::Brush:
      return std::make_unique<BrushTool>(m_choice, onStroke);
    case AnnotatingTool::Eraser:
      return std::make_unique<BrushTool>(m_choice, onErase);
    case AnnotatingTool::Point:
      return std::make_unique<PlaceTool>(onPlace);
    case AnnotatingTool::Counter:
      return std::make_unique<PlaceTool>([this](Point place) { count(place); });
  }
  return nullptr;
}

/// A new annotation of the chosen class, selected.
void AnnotationLayer::draw(Shape shape) {
  if (auto* area = std::get_if<Area>(&shape); area && m_kind == AnnotatingTool::Freehand)
    *area = mended(*area);
  if (const auto* area = std::get_if<Area>(&shape); area && area->parts.empty()) return;
  Annotation annotation;
  annotation.id = freshAnnotationId();
  annotation.shape = std::move(shape);
  annotation.className = m_choice.className();
  const std::string id = annotation.id;
  document().change(document().annotations()->with({std::move(annotation)}),
                    tr("Draw %1").arg(nameOf(m_kind)));
  select({id});
}

/// One more place of the selected counter of this class; else a new counter.
void AnnotationLayer::count(Point place) {
  const auto chosen = selected();
  const bool goesOn = chosen.size() == 1 && !chosen.front()->locked &&
                      chosen.front()->className == m_choice.className() &&
                      std::holds_alternative<Places>(chosen.front()->shape);
  if (!goesOn) return draw(Places{{place}});
  Annotation counter = *chosen.front();
  std::get<Places>(counter.shape).points.push_back(place);
  document().change(document().annotations()->with({std::move(counter)}), tr("Count"));
}

/// Adds to the selected area where the hand began inside it; else it is a new one.
void AnnotationLayer::addTo(Area painted, Point begun) {
  const auto chosen = selected();
  if (chosen.size() != 1 || chosen.front()->locked || !holds(chosen.front()->shape, begun))
    return draw(std::move(painted));
  Annotation grown = *chosen.front();
  grown.shape = united(*areaOf(grown.shape), painted);
  document().change(document().annotations()->with({std::move(grown)}), tr("Paint"));
}

WandTool::Ways AnnotationLayer::wandWays() {
  return {m_readForWand, [this](const Area& taken, Point begun) { addTo(mended(taken), begun); },
          [this](const std::string& sentence) { Q_EMIT refused(QString::fromStdString(sentence)); },
          [this] { m_canvas.redraw(); }};
}

void AnnotationLayer::erase(const std::vector<Point>& line, double radius) {
  const Area gone = stroke(line, radius);
  const auto chosen = selection().empty() ? document().annotations()->within(boundsOf(gone)) : selected();
  std::vector<Annotation> smaller;
  std::vector<std::string> emptied;
  for (const AnnotationPtr& annotation : chosen) {
    const auto area = areaOf(annotation->shape);
    if (!area || annotation->locked || common(*area, gone).parts.empty()) continue;
    Area left = without(*area, gone);
    if (left.parts.empty()) {
      emptied.push_back(annotation->id);
    } else {
      smaller.push_back(*annotation);
      smaller.back().shape = std::move(left);
    }
  }
  document().change(document().annotations()->with(std::move(smaller))->without(emptied), tr("Erase"));
}

}  // namespace geneglass
