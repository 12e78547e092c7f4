// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/desktop/compare/linked_views.h"
#include "app/desktop/compare/place_picker.h"
#include "app/desktop/session/maps_ahead.h"
#include "app/desktop/window/window_view.h"
#include "viewer/canvas/map_lens.h"

class QAction;
class QMenu;

namespace geneglass {

class ToolChoice;
struct MainMenu;

/// Slides beside each other and maps over tissue: linked views, three places that link sections, one range of
/// colours, a lens and a line between what is shown and tissue or another gene. GUI thread.
class CompareDesk final : public QObject {
  Q_OBJECT

 public:
  /// Adds its menu. All outlive it.
  CompareDesk(const WindowView& window, ToolChoice& tools, const MainMenu& menu);
  ~CompareDesk() override;

  void watch(SlidePane& pane);
  void showPane();  ///< another one is active, panes came or went, or a slide is another

 private:
  QAction* add(QMenu& menu, const QString& text, int key, bool isCheckable);
  void setLinked(bool wanted);
  void showViews();
  void pickPlaces();
  void takePlaces();
  void endPicking();
  bool isPicking() const { return !m_pickers.empty(); }
  void shareRange();
  void setLens(QAction* chosen);
  void chooseLensGene();
  void moveLens(SlidePane& pane, Point slide);
  void showLens();
  void makeLensLayers(SlidePane& pane);
  MapLens lensOf(SlidePane& pane) const;

  const WindowView m_window;
  ToolChoice& m_tools;
  LinkedViews m_views;
  std::map<SlidePane*, std::unique_ptr<PlacePicker>> m_pickers;
  std::map<SlidePane*, std::vector<OverlayLayer>> m_lensLayers;  ///< of m_lensGene
  std::string m_lensGene;                                        ///< symbol; empty: tissue
  SlidePane* m_lensPane = nullptr;                               ///< the cursor is, or was last, over it
  Point m_lensAway;  ///< of the lens from the middle of the screen, screen pixels
  QAction* m_linked;
  QAction* m_pick;
  QAction* m_range;
  QAction* m_circle;
  QAction* m_line;
  QAction* m_tissue;
  QAction* m_gene;
};

}  // namespace geneglass
