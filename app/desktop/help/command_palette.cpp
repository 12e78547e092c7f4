// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/help/command_palette.h"

#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace geneglass {

constexpr int kPlaceRole = Qt::UserRole;  ///< of the action in the list of all

CommandPalette::CommandPalette(QWidget& window)
    : QDialog(&window),
      m_actions(listedActions(window)),
      m_typed(new QLineEdit),
      m_list(new QListWidget),
      m_nothing(new QLabel) {
  setWindowTitle(tr("Commands"));
  m_typed->setPlaceholderText(tr("Type parts of what is to be done; Enter does it"));
  m_typed->setAccessibleName(tr("Parts of the command"));
  m_list->setAccessibleName(tr("Commands that fit"));
  m_list->setFocusPolicy(Qt::NoFocus);  // the arrows reach it from the line
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setTextElideMode(Qt::ElideMiddle);  // a recent file's name is at its end
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_typed);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_nothing);
  m_nothing->setWordWrap(true);
  m_nothing->setTextFormat(Qt::PlainText);
  resize(80 * fontMetrics().averageCharWidth(), 24 * fontMetrics().lineSpacing());
  m_typed->installEventFilter(this);
  connect(m_typed, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(m_typed, &QLineEdit::returnPressed, this, &CommandPalette::run);
  connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
  filter({});
}

QStringList CommandPalette::shown() const {
  QStringList paths;
  for (int row = 0; row < m_list->count(); ++row)
    paths << m_actions[m_list->item(row)->data(kPlaceRole).toInt()].path;
  return paths;
}

QString CommandPalette::saidOfNothing() const {
  return m_nothing->text();
}

void CommandPalette::filter(const QString& typed) {
  const QStringList parts = typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  m_list->clear();
  for (qsizetype place = 0; place < m_actions.size(); ++place) {
    const ListedAction& listed = m_actions[place];
    const auto fits = [&](const QString& part) { return listed.path.contains(part, Qt::CaseInsensitive); };
    if (!listed.action || !std::ranges::all_of(parts, fits)) continue;
    auto* item = new QListWidgetItem(
        listed.keys.isEmpty() ? listed.path : QStringLiteral("%1    %2").arg(listed.path, listed.keys),
        m_list);
    item->setData(kPlaceRole, int(place));
    item->setFlags(listed.action->isEnabled() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled : Qt::NoItemFlags);
    if (listed.action->isCheckable())  // a switch: what is on is turned off
      item->setCheckState(listed.action->isChecked() ? Qt::Checked : Qt::Unchecked);
  }
  m_nothing->setVisible(m_list->count() == 0);
  m_nothing->setText(
      m_list->count() > 0
          ? QString()
          : tr("No command has “%1” in its name. Genes are searched in the panel Genes (Ctrl+F).")
                .arg(typed.trimmed()));
  for (int row = 0; row < m_list->count(); ++row)
    if (m_list->item(row)->flags() & Qt::ItemIsEnabled) return m_list->setCurrentRow(row);
}

/// The dialog is gone before the action, which may open another one, begins.
void CommandPalette::run() {
  const QListWidgetItem* item = m_list->currentItem();
  if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
  const QPointer<QAction> action = m_actions[item->data(kPlaceRole).toInt()].action;
  accept();
  QTimer::singleShot(0, parent(), [action] {
    if (action) action->trigger();
  });
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown || key == Qt::Key_PageUp)
      return QCoreApplication::sendEvent(m_list, event);
  }
  return QDialog::eventFilter(watched, event);
}

}  // namespace geneglass
