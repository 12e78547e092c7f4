// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/way_finder.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDockWidget>
#include <QGuiApplication>
#include <QMenu>
#include <QToolBar>
#include <numbers>
#include <utility>

#include "app/desktop/browsing/go_to_dialog.h"
#include "app/desktop/browsing/magnification_box.h"
#include "app/desktop/browsing/place_text.h"
#include "app/desktop/browsing/view_history.h"
#include "app/desktop/window/main_menu.h"
#include "app/desktop/window/parts/message_bar.h"
#include "viewer/annotation/annotation.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

ViewTrail* trailOf(SlidePane& pane) {
  return pane.findChild<ViewTrail*>(QString(), Qt::FindDirectChildrenOnly);
}

}  // namespace

WayFinder::WayFinder(const WindowView& window, const MainMenu& menu)
    : QObject(&window.window()),
      m_window(window),
      m_menu(menu),
      m_box(new MagnificationBox(&window.window())) {
  addWays();
  addScreens();
  connectBox();
  window.window().installEventFilter(this);
}

QAction* WayFinder::add(const QString& text, int keys, void (WayFinder::*deed)()) {
  auto* action = new QAction(text, this);
  if (keys != 0) action->setShortcut(QKeySequence(keys));
  action->setEnabled(false);
  connect(action, &QAction::triggered, this, deed);
  m_needSlide.push_back(action);
  return action;
}

/// After Rotate. The canvas answers Shift+R, Shift+F and 0 itself while it has the focus.
void WayFinder::addWays() {
  const QList<QAction*> entries = m_menu.view->actions();
  QAction* before = entries.value(entries.indexOf(m_menu.rotate) + 1);
  m_menu.view->insertActions(before, {add(tr("Rotate by &15°\tShift+R"), 0, &WayFinder::turn),
                                      add(tr("&Mirror Left and Right\tShift+F"), 0, &WayFinder::mirror),
                                      add(tr("Turn &Upright\t0"), 0, &WayFinder::turnUpright)});
  m_menu.view->insertSeparator(before);
  m_goTo = add(tr("&Go to a Place…"), int(Qt::CTRL) | Qt::Key_G, &WayFinder::askForPlace);
  m_back = add(tr("&Back to the View Before"), int(Qt::ALT) | Qt::Key_Left, &WayFinder::back);
  m_forward = add(tr("For&ward Again"), int(Qt::ALT) | Qt::Key_Right, &WayFinder::forward);
  m_menu.view->insertActions(before, {m_goTo, m_back, m_forward});
}

/// At the end, before the panels.
void WayFinder::addScreens() {
  m_fullScreen = m_menu.view->addAction(tr("Full &Screen"));
  m_fullScreen->setShortcut(Qt::Key_F11);
  m_fullScreen->setCheckable(true);
  connect(m_fullScreen, &QAction::triggered, this, &WayFinder::setFullScreen);
  m_panelsHidden = m_menu.view->addAction(tr("Hide the &Panels"));
  m_panelsHidden->setShortcut(Qt::Key_F9);
  m_panelsHidden->setCheckable(true);
  connect(m_panelsHidden, &QAction::toggled, this, &WayFinder::hidePanels);
  m_menu.view->addSeparator();
}

void WayFinder::connectBox() {
  connect(m_box, &MagnificationBox::downsampleWanted, this, [this](double downsample) {
    Viewport viewport = m_window.canvas().viewport();
    viewport.downsample = downsample;
    m_window.canvas().setViewport(viewport);
  });
  connect(m_box, &MagnificationBox::fitWanted, m_menu.fit, &QAction::trigger);
  connect(m_box, &MagnificationBox::uprightWanted, this, &WayFinder::turnUpright);
  connect(m_box, &MagnificationBox::refused, this,
          [this](const QString& sentence) { m_window.messages().say(sentence); });
  connect(m_box, &MagnificationBox::finished, this, [this] { m_window.canvas().setFocus(); });
}

void WayFinder::watch(SlidePane& pane) {
  auto* trail = new ViewTrail(pane.canvas(), &pane);
  connect(&pane.session(), &SlideSession::slideOpened, trail, &ViewTrail::begin);
  connect(trail, &ViewTrail::changed, this, &WayFinder::showPane);
  connect(&pane.canvas(), &SlideCanvas::menuWanted, this,
          [this, &pane](Point slide, QPoint global) { showMenu(pane, slide, global); });
  pane.canvas().installEventFilter(this);
}

void WayFinder::showPane() {
  const bool isOpen = m_window.session().opened().slide != nullptr;
  for (QAction* action : m_needSlide) action->setEnabled(isOpen);
  const ViewTrail* trail = trailOf(m_window.pane());
  m_back->setEnabled(isOpen && trail && trail->history().canGoBack());
  m_forward->setEnabled(isOpen && trail && trail->history().canGoForward());
  showView();
}

void WayFinder::showView() {
  m_box->showView(m_window.session().opened().slide, m_window.canvas().viewport());
}

void WayFinder::turn() {
  const Viewport& view = m_window.canvas().viewport();
  m_window.canvas().setViewport(view.rotatedAbout({view.width / 2, view.height / 2}, std::numbers::pi / 12));
}

void WayFinder::mirror() {
  m_window.canvas().setViewport(m_window.canvas().viewport().mirrored());
}

/// The middle stays where it is.
void WayFinder::turnUpright() {
  Viewport view = m_window.canvas().viewport();
  view.rotation = 0;
  view.isMirrored = false;
  m_window.canvas().setViewport(view);
}

void WayFinder::askForPlace() {
  auto* dialog = new GoToDialog(m_window.session().opened().slide, m_window.canvas().viewport().centre,
                                &m_window.window());
  connect(dialog, &GoToDialog::placeWanted, this, &WayFinder::goTo);
  dialog->open();
}

void WayFinder::goTo(Point slide) {
  Viewport view = m_window.canvas().viewport();
  view.centre = slide;
  m_window.canvas().setViewport(view);
}

void WayFinder::back() {
  if (ViewTrail* trail = trailOf(m_window.pane())) trail->back();
}

void WayFinder::forward() {
  if (ViewTrail* trail = trailOf(m_window.pane())) trail->forward();
}

void WayFinder::setFullScreen(bool wanted) {
  m_window.window().setWindowState(wanted ? m_window.window().windowState() | Qt::WindowFullScreen
                                          : m_window.window().windowState() & ~Qt::WindowFullScreen);
}

void WayFinder::hidePanels(bool hidden) {
  if (!hidden) return showPanels();
  QMainWindow& window = m_window.window();
  m_panels = window.saveState();
  for (QDockWidget* dock : window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly))
    dock->hide();
  for (QToolBar* bar : window.findChildren<QToolBar*>(QString(), Qt::FindDirectChildrenOnly)) bar->hide();
  m_window.canvas().setFocus();
  m_window.messages().note(tr("F9 brings the panels back."));
}

/// Each where it was, in front or behind.
void WayFinder::showPanels() {
  const QByteArray panels = std::exchange(m_panels, {});
  if (!panels.isEmpty()) m_window.window().restoreState(panels);
  m_panelsHidden->setChecked(false);
}

void WayFinder::addCopies(QMenu& menu, SlidePane& pane, Point slide) {
  const auto copy = [&menu](const QString& title, const QString& text) {
    connect(menu.addAction(title.arg(text)), &QAction::triggered, &menu,
            [text] { QGuiApplication::clipboard()->setText(text); });
  };
  copy(tr("&Copy the Place: %1"), pixelsOf(slide));
  if (const auto& mpp = pane.session().opened().slide->mpp)
    copy(tr("Copy the Place: %1"), micrometresOf(slide, *mpp));
}

void WayFinder::addPoint(SlidePane& pane, Point slide) {
  Annotation point;
  point.id = freshAnnotationId();
  point.shape = Places{{slide}};
  Case& document = pane.document();
  document.change(document.annotations()->with({point}), tr("Draw Point"));
  pane.annotations().setShown(true);
  pane.annotations().select({point.id});
}

void WayFinder::showMenu(SlidePane& pane, Point slide, const QPoint& global) {
  auto* menu = new QMenu(&m_window.window());
  menu->setObjectName(QStringLiteral("slideMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  addCopies(*menu, pane, slide);
  connect(menu->addAction(tr("C&entre Here")), &QAction::triggered, this, [this, slide] { goTo(slide); });
  menu->addAction(m_goTo);
  menu->addSeparator();
  menu->addAction(m_menu.addBookmark);
  connect(menu->addAction(tr("Put a &Point Here")), &QAction::triggered, &pane,
          [this, &pane, slide] { addPoint(pane, slide); });
  menu->addAction(m_menu.takeSnapshot);
  menu->addAction(m_menu.copyPicture);
  menu->addSeparator();
  if (QAction* hideMaps = m_window.window().findChild<QAction*>(QStringLiteral("hideMaps")))
    menu->addAction(hideMaps);
  menu->addActions({m_menu.sharpen, m_menu.fit, m_menu.facts, m_menu.closePane});
  menu->popup(global);
}

bool WayFinder::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::WindowStateChange && watched == &m_window.window())
    m_fullScreen->setChecked(m_window.window().isFullScreen());
  if (event->type() == QEvent::ContextMenu && watched != &m_window.window()) {
    const auto* asked = static_cast<QContextMenuEvent*>(event);
    if (asked->reason() != QContextMenuEvent::Keyboard) return false;
    for (SlidePane* pane : m_window.panes())
      if (watched == &pane->canvas() && pane->session().opened().slide) {
        const QPoint middle = pane->canvas().rect().center();
        showMenu(*pane, pane->canvas().viewport().centre, pane->canvas().mapToGlobal(middle));
        return true;
      }
  }
  return false;
}

}  // namespace geneglass
