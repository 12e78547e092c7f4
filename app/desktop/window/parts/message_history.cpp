// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/message_history.h"

#include <QAction>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLocale>
#include <QMainWindow>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTime>
#include <QVBoxLayout>

#include "app/desktop/window/main_menu.h"
#include "app/desktop/window/parts/message_bar.h"

namespace geneglass {

MessageHistory::MessageHistory(const MainMenu& menu, const MessageBar& messages, QMainWindow& window)
    : QObject(&window), m_window(window) {
  auto* action = new QAction(tr("Me&ssages…"), menu.help);
  action->setShortcut(int(Qt::CTRL) | int(Qt::SHIFT) | Qt::Key_M);
  action->setToolTip(tr("What the window told since it began"));
  const QList<QAction*> entries = menu.help->actions();
  menu.help->insertAction(entries.value(entries.indexOf(menu.about) - 1, menu.about), action);
  connect(action, &QAction::triggered, this, &MessageHistory::show);
  for (const auto told : {&MessageBar::said, &MessageBar::noted})
    connect(&messages, told, this, &MessageHistory::add);
}

/// What is told again and again is one line, with the time of the last.
void MessageHistory::add(const QString& sentence) {
  if (sentence == m_last && !m_lines.isEmpty()) m_lines.removeFirst();
  m_last = sentence;
  m_lines.prepend(QLocale().toString(QTime::currentTime(), QStringLiteral("HH:mm:ss")) +
                  QStringLiteral("  ") + sentence);
  if (m_lines.size() > kMost) m_lines.removeLast();
}

QString MessageHistory::text() const {
  return m_lines.join(QLatin1Char('\n'));
}

void MessageHistory::show() {
  auto* dialog = new QDialog(&m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Messages"));
  auto* lines = new QPlainTextEdit(m_lines.isEmpty() ? tr("Nothing was told yet.") : text());
  lines->setReadOnly(true);
  lines->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  lines->setAccessibleName(tr("What the window told, the newest first"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
  auto* layout = new QVBoxLayout(dialog);
  layout->addWidget(lines);
  layout->addWidget(buttons);
  const int letter = dialog->fontMetrics().averageCharWidth();
  dialog->resize(QSize(90 * letter, 20 * dialog->fontMetrics().lineSpacing()).boundedTo(m_window.size()));
  dialog->open();
}

}  // namespace geneglass
