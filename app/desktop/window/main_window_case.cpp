// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus Edit and Case of MainWindow do, and what is said of a pane's case.
#include <QAction>
#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>

#include "app/desktop/case/case_opener.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {

void MainWindow::connectCaseMenu() {
  connect(m_menu.undo, &QAction::triggered, this, [this] { pane().document().undo(); });
  connect(m_menu.redo, &QAction::triggered, this, [this] { pane().document().redo(); });
  connect(m_menu.addBookmark, &QAction::triggered, this, &MainWindow::askForBookmark);
  connect(m_menu.bookmarks, &QMenu::aboutToShow, this, &MainWindow::fillBookmarks);
  connect(m_menu.saveCaseAs, &QAction::triggered, this, [this] { askForCaseFile(pane()); });
  connect(m_cases, &CaseOpener::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::connectCase(SlidePane& pane) {
  const auto say = [this, &pane](const QString& sentence) {
    m_messages->say(sentence, tr("Save Case As…"), [this, &pane] { askForCaseFile(pane); });
  };
  connect(&pane.document(), &Case::annotationsChanged, this, [this, &pane] {
    if (&pane == m_active) showCase();
  });
  connect(&pane.keeper(), &CaseKeeper::opened, this, [this, &pane](bool found) {
    if (&pane != m_active) return;
    if (found && pane.keptView().hasSet())
      m_genes->listSet(pane.keptView().set());
    else
      pane.keptView().keepSet(m_genes->listedSet());
  });
  connect(&pane.keeper(), &CaseKeeper::saveRefused, this, say);
  connect(&pane.keeper(), &CaseKeeper::said, this, say);
}

/// What of the active pane's case can be undone.
void MainWindow::showCase() {
  const Case& document = pane().document();
  m_menu.undo->setEnabled(document.canUndo());
  m_menu.redo->setEnabled(document.canRedo());
  m_menu.undo->setText(document.canUndo() ? tr("&Undo %1").arg(document.undoText()) : tr("&Undo"));
  m_menu.redo->setText(document.canRedo() ? tr("&Redo %1").arg(document.redoText()) : tr("&Redo"));
}

void MainWindow::askForBookmark() {
  Case& document = pane().document();
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Add a bookmark"));
  dialog->setLabelText(tr("Name of this view"));
  dialog->setTextValue(tr("View %1").arg(document.bookmarks().size() + 1));
  connect(dialog, &QInputDialog::textValueSelected, &document,
          [&document, view = pane().keptView().view()](const QString& name) {
            auto bookmarks = document.bookmarks();
            bookmarks.push_back({name.toStdString(), view});
            document.setBookmarks(bookmarks, tr("Add Bookmark"));
          });
  dialog->open();
}

void MainWindow::fillBookmarks() {
  m_menu.bookmarks->clear();
  const auto bookmarks = pane().document().bookmarks();
  for (const Bookmark& bookmark : bookmarks)
    connect(m_menu.bookmarks->addAction(QString::fromStdString(bookmark.name)), &QAction::triggered, &pane(),
            [shown = &pane(), view = bookmark.view] { shown->keptView().show(view); });
  QMenu* remove = m_menu.bookmarks->addMenu(tr("&Remove"));
  remove->setEnabled(!bookmarks.empty());
  for (const Bookmark& bookmark : bookmarks)
    connect(remove->addAction(QString::fromStdString(bookmark.name)), &QAction::triggered, &pane(),
            [document = &pane().document(), bookmark] {
              auto left = document->bookmarks();
              std::erase(left, bookmark);
              document->setBookmarks(left, tr("Remove Bookmark"));
            });
}

void MainWindow::askForCaseFile(SlidePane& pane) {
  auto* dialog = new QFileDialog(this, tr("Save the case as"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(tr("Geneglass case (*.geneglass)"));
  dialog->setDefaultSuffix(QStringLiteral("geneglass"));
  dialog->selectFile(QString::fromStdString(pane.keeper().file().string()));
  connect(dialog, &QFileDialog::fileSelected, &pane, [this, &pane](const QString& file) {
    connect(
        &pane.keeper(), &CaseKeeper::saved, this,
        [this, file] {
          m_messages->dismiss();
          m_messages->note(tr("The case is kept in %1").arg(file));
        },
        Qt::SingleShotConnection);
    pane.keeper().saveAs(file.toStdString());
  });
  dialog->open();
}

}  // namespace geneglass
