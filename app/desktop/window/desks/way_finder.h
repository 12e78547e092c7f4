// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <vector>

#include "app/desktop/window/window_view.h"
#include "viewer/foundation/geometry.h"

class QAction;
class QMenu;
class QPoint;

namespace geneglass {

class MagnificationBox;
struct MainMenu;

/// How one finds one's way over the slides of a window: places that are typed in, views to go back to, the
/// right angle, the whole screen, panels out of the way, and the menu of the right mouse button. GUI thread.
class WayFinder final : public QObject {
  Q_OBJECT

 public:
  /// Adds its actions to the menus. All outlive it.
  WayFinder(const WindowView& window, const MainMenu& menu);

  MagnificationBox* box() const { return m_box; }  ///< for the status line
  void watch(SlidePane& pane);
  void showPane();         ///< another one is active, or its slide is another
  void showView();         ///< of the active pane
  void showPanels();       ///< all that were hidden by the key; before the window's state is kept
  void goTo(Point slide);  ///< level-0 pixels, in the active pane

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void addWays();
  void addScreens();
  QAction* add(const QString& text, int keys, void (WayFinder::*deed)());
  void connectBox();
  void turn();
  void mirror();
  void turnUpright();
  void askForPlace();
  void back();
  void forward();
  void setFullScreen(bool wanted);
  void hidePanels(bool hidden);
  void showMenu(SlidePane& pane, Point slide, const QPoint& global);
  void addCopies(QMenu& menu, SlidePane& pane, Point slide);
  void addPoint(SlidePane& pane, Point slide);

  const WindowView m_window;
  const MainMenu& m_menu;
  MagnificationBox* m_box;
  std::vector<QAction*> m_needSlide;
  QAction* m_back = nullptr;
  QAction* m_forward = nullptr;
  QAction* m_goTo = nullptr;
  QAction* m_fullScreen = nullptr;
  QAction* m_panelsHidden = nullptr;
  QByteArray m_panels;  ///< as they were when the key hid them; empty: it did not
};

}  // namespace geneglass
