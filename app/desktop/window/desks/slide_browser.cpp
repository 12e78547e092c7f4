// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/slide_browser.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>

#include "app/desktop/browsing/slide_list_panel.h"
#include "app/desktop/cohort/cohort_dialog.h"
#include "app/desktop/window/main_menu.h"
#include "app/desktop/window/parts/message_bar.h"

namespace geneglass {
namespace {

std::filesystem::path fileOf(SlidePane& pane) {
  const auto& slide = pane.session().opened().slide;
  return slide ? std::filesystem::absolute(slide->file) : std::filesystem::path();
}

}  // namespace

SlideBrowser::SlideBrowser(const WindowView& window, Workplace& workplace, const MainMenu& menu)
    : QObject(&window.window()),
      m_window(window),
      m_menu(menu),
      m_panel(new SlideListPanel(workplace, &window.window())),
      m_workplace(workplace) {
  const QList<QAction*> entries = menu.slide->actions();
  QAction* before = entries.value(entries.indexOf(menu.closePane) + 1);
  const auto add = [&](const QString& text, auto deed) {
    auto* action = new QAction(text, this);
    connect(action, &QAction::triggered, this, deed);
    menu.slide->insertAction(before, action);
    return action;
  };
  menu.slide->insertSeparator(before);
  m_next = add(tr("&Next Slide of the List"), [this] { m_panel->step(1); });
  m_previous = add(tr("&Previous Slide of the List"), [this] { m_panel->step(-1); });
  m_next->setShortcut(Qt::Key_PageDown);
  m_previous->setShortcut(Qt::Key_PageUp);
  // Tables keep these keys to themselves.
  for (QAction* action : {m_next, m_previous}) action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  add(tr("List a Fol&der…"), [this] { m_panel->askForFolder(); });
  add(tr("List a Mani&fest…"), [this] { m_panel->askForManifest(); });
  connect(menu.cohort, &QAction::triggered, this, &SlideBrowser::showCohort);
  connect(m_panel, &SlideListPanel::slideWanted, this,
          [this](const ListedSlide& slide) { m_window.session().open(slide.file, slide.mpp); });
  connect(m_panel, &SlideListPanel::listed, this, &SlideBrowser::showPanel);
  connect(m_panel, &SlideListPanel::refused, this,
          [this](const QString& sentence) { m_window.messages().say(sentence); });
  connect(m_panel, &SlideListPanel::said, &m_window.messages(), &MessageBar::note);
}

void SlideBrowser::watch(SlidePane& pane) {
  pane.addActions({m_next, m_previous});
  connect(&pane, &SlidePane::openWanted, m_menu.open, &QAction::trigger);
  connect(&pane, &SlidePane::folderWanted, m_panel, &SlideListPanel::askForFolder);
  connect(&pane, &SlidePane::fileWanted, this, &SlideBrowser::fileWanted);
  const auto tell = [this, &pane](SlideList::State state) {
    if (const auto file = fileOf(pane); !file.empty()) m_panel->slides().setState(file, state);
  };
  SlideSession& session = pane.session();
  connect(&session, &SlideSession::predictionStarted, this, [tell] { tell(SlideList::State::Predicting); });
  connect(&session, &SlideSession::predictionFinished, this, [tell] { tell(SlideList::State::Predicted); });
  connect(&session, &SlideSession::predictionCancelled, this, [tell] { tell(SlideList::State::Unknown); });
  connect(&session, &SlideSession::predictionRefused, this, [tell] { tell(SlideList::State::Unknown); });
}

void SlideBrowser::showPane() {
  m_panel->showOpen(fileOf(m_window.pane()));
}

void SlideBrowser::showCohort() {
  if (!m_cohort) {
    m_cohort = new CohortDialog(m_workplace, &m_window.window());
    connect(m_cohort, &CohortDialog::slideWanted, this,
            [this](const ListedSlide& slide, const std::string& gene) {
              if (!gene.empty()) m_window.session().chooseGene(gene);
              m_window.session().open(slide.file, slide.mpp);
            });
  }
  m_cohort->show();
  m_cohort->raise();
  if (!m_cohort->table().cohort()) m_cohort->askForFolder();
}

void SlideBrowser::showPanel() {
  for (QWidget* widget = m_panel; widget; widget = widget->parentWidget())
    if (auto* dock = qobject_cast<QDockWidget*>(widget)) {
      dock->show();
      dock->raise();
    }
}

}  // namespace geneglass
