// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include <functional>
#include <utility>
#include <vector>

#include "app/desktop/window/slide_pane.h"

namespace geneglass {

class MessageBar;

/// A window of panes as its desks see it. GUI thread.
class WindowView final {
 public:
  using ActivePane = std::function<SlidePane&()>;

  /// All outlive it; `panes` are the window's own list.
  WindowView(QMainWindow& window, MessageBar& messages, ActivePane active,
             const std::vector<SlidePane*>& panes)
      : m_window(window), m_messages(messages), m_active(std::move(active)), m_panes(panes) {}

  QMainWindow& window() const { return m_window; }  ///< owns dialogs, has the status line
  MessageBar& messages() const { return m_messages; }
  SlidePane& pane() const { return m_active(); }  ///< the active one
  const std::vector<SlidePane*>& panes() const { return m_panes; }
  SlideSession& session() const { return pane().session(); }
  SlideCanvas& canvas() const { return pane().canvas(); }
  OverlayStack& overlays() const { return pane().overlays(); }

 private:
  QMainWindow& m_window;
  MessageBar& m_messages;
  const ActivePane m_active;
  const std::vector<SlidePane*>& m_panes;
};

}  // namespace geneglass
