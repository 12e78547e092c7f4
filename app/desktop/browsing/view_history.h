// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <optional>
#include <vector>

#include "viewer/canvas/viewport.h"

namespace geneglass {

class SlideCanvas;

/// Views of a slide that were looked at for a while, to go back to and forward again. Plain; GUI thread.
class ViewHistory final {
 public:
  void clear();
  /// Looked at: the newest one from here on, where it is another than the one gone to last.
  void rest(const Viewport& view);
  /// The one before, or after; what is looked at now is kept first. None at either end.
  std::optional<Viewport> back(const Viewport& now);
  std::optional<Viewport> forward(const Viewport& now);
  bool canGoBack() const { return m_place > 0; }
  bool canGoForward() const { return m_place + 1 < m_views.size(); }

 private:
  std::vector<Viewport> m_views;
  size_t m_place = 0;  ///< of the view gone to last
};

/// The history of what a canvas shows, one slide long. GUI thread.
class ViewTrail final : public QObject {
  Q_OBJECT

 public:
  ViewTrail(SlideCanvas& canvas, QObject* parent);  ///< the canvas outlives it

  void begin();  ///< another slide
  void back();
  void forward();
  const ViewHistory& history() const { return m_history; }

 Q_SIGNALS:
  void changed();

 private:
  void go(std::optional<Viewport> view);

  SlideCanvas& m_canvas;
  ViewHistory m_history;
  QTimer m_rest;
};

}  // namespace geneglass
