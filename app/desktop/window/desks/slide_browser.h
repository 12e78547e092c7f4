// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/desktop/window/window_view.h"

class QAction;

namespace geneglass {

class CohortDialog;
class SlideListPanel;
class Workplace;
struct MainMenu;

/// From slide to slide: the list, next and previous, a cohort's results, and what a pane without a slide
/// offers. GUI thread.
class SlideBrowser final : public QObject {
  Q_OBJECT

 public:
  /// Adds its actions to the menus. All outlive it.
  SlideBrowser(const WindowView& window, Workplace& workplace, const MainMenu& menu);

  SlideListPanel* panel() const { return m_panel; }  ///< for a dock
  void watch(SlidePane& pane);
  void showPane();  ///< another one is active, or its slide is another

 Q_SIGNALS:
  void fileWanted(const QString& file);  ///< a slide, or a report of one

 private:
  void showPanel();
  void showCohort();

  const WindowView m_window;
  const MainMenu& m_menu;
  SlideListPanel* m_panel;
  CohortDialog* m_cohort = nullptr;  ///< from when it is first asked for
  Workplace& m_workplace;
  QAction* m_next;
  QAction* m_previous;
};

}  // namespace geneglass
