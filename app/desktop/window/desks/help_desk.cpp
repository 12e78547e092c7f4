// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/help_desk.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QWhatsThis>

#include "app/desktop/help/command_palette.h"
#include "app/desktop/help/manual.h"

namespace geneglass {

HelpDesk::HelpDesk(const MainMenu& menu, QMainWindow& window) : QObject(&window), m_window(window) {
  const auto add = [&](const QString& text, const QKeySequence& keys, const auto& answer) {
    auto* action = new QAction(text, menu.help);
    action->setShortcut(keys);
    menu.help->insertAction(menu.about, action);
    connect(action, &QAction::triggered, this, answer);
  };
  add(tr("&Manual"), QKeySequence::HelpContents, [this] { openManual(); });
  add(tr("List of &Keys"), QKeySequence(Qt::CTRL | Qt::Key_F1), [this] { openManual(tr("Keys")); });
  add(tr("&What Is This?"), QKeySequence::WhatsThis, [] { QWhatsThis::enterWhatsThisMode(); });
  add(tr("&Commands…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), [this] { openPalette(); });
  menu.help->insertSeparator(menu.about);
}

void HelpDesk::openManual(const QString& heading) {
  auto* manual = m_window.findChild<Manual*>();
  if (!manual) {
    manual = new Manual(m_window);
    manual->setAttribute(Qt::WA_DeleteOnClose);
  }
  manual->show();
  if (!heading.isEmpty()) manual->showHeading(heading);
  manual->raise();
  manual->activateWindow();
}

void HelpDesk::openPalette() {
  auto* palette = new CommandPalette(m_window);
  palette->setAttribute(Qt::WA_DeleteOnClose);
  palette->open();
}

}  // namespace geneglass
