// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/window/accessible_tree.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QFileDialog>
#include <QKeySequence>
#include <QLabel>
#include <QMap>
#include <QSet>
#include <QTextDocumentFragment>
#include <QToolBar>
#include <QWidget>

namespace geneglass::testing {
namespace {

bool wantsName(QAccessible::Role role) {
  static const QSet<QAccessible::Role> kControls{
      QAccessible::PushButton, QAccessible::CheckBox,     QAccessible::RadioButton, QAccessible::ComboBox,
      QAccessible::ButtonMenu, QAccessible::EditableText, QAccessible::SpinBox,     QAccessible::Slider,
      QAccessible::Table,      QAccessible::Tree,         QAccessible::List,        QAccessible::PageTabList,
      QAccessible::PageTab,    QAccessible::MenuItem,     QAccessible::ProgressBar, QAccessible::Graphic,
      QAccessible::Chart};
  return kControls.contains(role);
}

/// Parts that Qt makes, and its own dialogs for files.
bool isQts(const QObject* object) {
  for (; object; object = object->parent())
    if (object->objectName().startsWith(QStringLiteral("qt_")) || qobject_cast<const QFileDialog*>(object) ||
        object->inherits("QComboBoxPrivateContainer") || object->inherits("QHeaderView"))
      return true;
  return false;
}

QString nameOf(const QAccessibleInterface& what) {
  const QObject* object = what.object();
  return QStringLiteral("%1 “%2” (%3)")
      .arg(object ? QLatin1String(object->metaObject()->className()) : QLatin1String("part"),
           what.text(QAccessible::Name), object ? object->objectName() : QString());
}

void judge(const QAccessibleInterface& what, QStringList& missed) {
  const QString name = what.text(QAccessible::Name);
  if (wantsName(what.role()) && name.trimmed().isEmpty())
    missed << QStringLiteral("no name: ") + nameOf(what);
  if (const auto* label = qobject_cast<const QLabel*>(what.object()); label && label->pixmap().isNull()) {
    const QString said = Qt::mightBeRichText(label->text())
                             ? QTextDocumentFragment::fromHtml(label->text()).toPlainText()
                             : label->text();
    QString plain = said, heard = name;
    if (!heard.remove(QLatin1Char('&')).contains(plain.remove(QLatin1Char('&'))))
      missed << QStringLiteral("words hidden: ") + nameOf(what) + QStringLiteral(" says ") + said;
  }
  if (const auto* box = qobject_cast<const QComboBox*>(what.object()))
    if (what.text(QAccessible::Value) != box->currentText() || name == box->currentText())
      missed << QStringLiteral("called by its choice: ") + nameOf(what);
  auto& open = const_cast<QAccessibleInterface&>(what);
  if (what.role() == QAccessible::Slider && !open.valueInterface())
    missed << QStringLiteral("no value: ") + nameOf(what);
}

void walk(QAccessibleInterface* what, QSet<const QAccessibleInterface*>& seen, QStringList& missed) {
  if (!what || !what->isValid() || seen.contains(what) || what->state().invisible) return;
  seen.insert(what);
  if (isQts(what->object())) return;
  judge(*what, missed);
  for (int i = 0; i < what->childCount(); ++i) walk(what->child(i), seen, missed);
}

void lookForKeys(QWidget& window, QStringList& missed) {
  QMap<QString, QStringList> letters;
  const auto note = [&letters](const QString& text) {
    const QKeySequence key = QKeySequence::mnemonic(text);
    if (!key.isEmpty()) letters[key.toString()] << text;
  };
  for (const QWidget* widget : window.findChildren<QWidget*>()) {
    if (!widget->isVisible() || isQts(widget) || widget->window() != &window) continue;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) {
      note(button->text());
      const bool inBar = qobject_cast<const QToolBar*>(button->parentWidget());
      if (!inBar && !(button->focusPolicy() & Qt::TabFocus) && !button->inherits("QDockWidgetTitleButton") &&
          !button->parentWidget()->inherits("QTabBar"))
        missed << QStringLiteral("Tab does not reach: ") + button->text() + button->accessibleName();
    }
    if (const auto* label = qobject_cast<const QLabel*>(widget); label && label->buddy()) {
      note(label->text());
      if (label->text().contains(QLatin1Char('&')) && label->buddy()->focusPolicy() == Qt::NoFocus)
        missed << QStringLiteral("its letter reaches nothing: ") + label->text();
    }
  }
  for (auto it = letters.cbegin(); it != letters.cend(); ++it)
    if (it->size() > 1) missed << it.key() + QStringLiteral(" is shared: ") + it->join(QStringLiteral(", "));
}

}  // namespace

QStringList missedIn(QWidget& window) {
  QStringList missed;
  QSet<const QAccessibleInterface*> seen;
  walk(QAccessible::queryAccessibleInterface(&window), seen, missed);
  lookForKeys(window, missed);
  return missed;
}

}  // namespace geneglass::testing
