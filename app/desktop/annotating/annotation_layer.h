// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "app/desktop/annotating/annotation_selection.h"
#include "app/desktop/annotating/tool_choice.h"
#include "app/desktop/annotating/wand_tool.h"
#include "viewer/canvas/canvas_tool.h"
#include "viewer/canvas/overlay.h"
#include "viewer/slide/slide.h"

namespace geneglass {

class SlideCanvas;

/// The annotations of a case over one canvas: what is drawn of them, which are selected, and the tool in the
/// user's hand. Every edit is one step of the case; what is locked stays as it is. GUI thread.
class AnnotationLayer final : public AnnotationSelection {
  Q_OBJECT

 public:
  /// All three outlive it.
  AnnotationLayer(Case& document, SlideCanvas& canvas, ToolChoice& choice, QObject* parent = nullptr);
  ~AnnotationLayer() override;

  /// Nothing is selected then; null: no tools. `readForWand` reads that slide.
  void showSlide(std::shared_ptr<const Slide> slide, ReadForWand readForWand);
  void setShown(bool shown);  ///< nothing can be drawn while they are not
  bool isShown() const { return m_shown; }
  void bringBackTool();  ///< after the canvas had another one in hand

  const std::shared_ptr<const Slide>& slide() const { return m_slide; }
  /// Lines, names, measures and handles, for canvas and files; without overlay where there is nothing.
  OverlayLayer canvasLayer() const;
  OverlayLayer fileLayer() const;  ///< the same with nothing selected

 Q_SIGNALS:
  void layerChanged();  ///< also by another selection

 private:
  OverlayLayer layerWith(const std::set<std::string>& marked) const;
  void takeTool();
  std::unique_ptr<CanvasTool> madeTool();
  void draw(Shape shape);
  void count(Point place);
  void addTo(Area painted, Point begun);
  WandTool::Ways wandWays();
  void erase(const std::vector<Point>& line, double radius);

  SlideCanvas& m_canvas;
  ToolChoice& m_choice;
  std::shared_ptr<const Slide> m_slide;
  ReadForWand m_readForWand;
  bool m_shown = true;
  AnnotatingTool m_kind = AnnotatingTool::Select;  ///< of the tool in hand
  std::unique_ptr<CanvasTool> m_tool;
};

}  // namespace geneglass
