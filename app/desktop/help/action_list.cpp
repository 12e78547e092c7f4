// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/help/action_list.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QToolBar>

namespace geneglass {
namespace {

QString translatedKey(const char* text) {
  return QCoreApplication::translate("Keys", text);
}

/// Keys that the slide answers itself stand behind a tab in its menu.
QString keysOf(const QAction& action) {
  QStringList keys;
  for (const QKeySequence& sequence : action.shortcuts()) keys << sequence.toString(QKeySequence::NativeText);
  const qsizetype tab = action.text().indexOf(QLatin1Char('\t'));
  if (keys.isEmpty() && tab >= 0) keys << action.text().mid(tab + 1);
  return keys.join(QStringLiteral(", "));
}

void addMenu(const QMenu& menu, const QString& path, QSet<const QAction*>& known, QList<ListedAction>& list) {
  for (QAction* action : menu.actions()) {
    if (action->isSeparator() || known.contains(action)) continue;
    known.insert(action);
    const QString name = path + QStringLiteral(" › ") + plainText(*action);
    if (QMenu* inner = action->menu()) {
      Q_EMIT inner->aboutToShow();
      addMenu(*inner, name, known, list);
    } else {
      list << ListedAction{name, keysOf(*action), action};
    }
  }
}

}  // namespace

QString plainText(const QAction& action) {
  QString text = action.text().section(QLatin1Char('\t'), 0, 0);
  text.replace(QStringLiteral("&&"), QStringLiteral("\u0001"));
  text.remove(QLatin1Char('&'));
  text.replace(QStringLiteral("\u0001"), QStringLiteral("&"));
  while (text.endsWith(QChar(0x2026)) || text.endsWith(QLatin1Char(' '))) text.chop(1);
  return text;
}

QList<ListedAction> listedActions(const QWidget& window) {
  QList<ListedAction> list;
  QSet<const QAction*> known;
  for (const QMenuBar* bar : window.findChildren<QMenuBar*>(QString(), Qt::FindDirectChildrenOnly))
    for (const QAction* top : bar->actions())
      if (QMenu* menu = top->menu()) {
        Q_EMIT menu->aboutToShow();
        addMenu(*menu, plainText(*top), known, list);
      }
  for (const QToolBar* bar : window.findChildren<QToolBar*>())
    for (QAction* action : bar->actions())
      if (!action->isSeparator() && !action->text().isEmpty() && !known.contains(action)) {
        known.insert(action);
        list << ListedAction{bar->windowTitle() + QStringLiteral(" › ") + plainText(*action), keysOf(*action),
                             action};
      }
  return list;
}

QList<QPair<QString, QString>> canvasKeys() {
  const auto row = [](const char* keys, const char* what) {
    return QPair<QString, QString>(translatedKey(keys), translatedKey(what));
  };
  return {
      row(QT_TRANSLATE_NOOP("Keys", "Arrows"), QT_TRANSLATE_NOOP("Keys", "Move the view an eighth")),
      row(QT_TRANSLATE_NOOP("Keys", "Shift+arrows"), QT_TRANSLATE_NOOP("Keys", "Move the view by half")),
      row(QT_TRANSLATE_NOOP("Keys", "+ and -"), QT_TRANSLATE_NOOP("Keys", "Magnify twice, or half")),
      row(QT_TRANSLATE_NOOP("Keys", "1 to 6"), QT_TRANSLATE_NOOP("Keys", "1.25× to 40×")),
      row(QT_TRANSLATE_NOOP("Keys", "F"), QT_TRANSLATE_NOOP("Keys", "The whole slide")),
      row(QT_TRANSLATE_NOOP("Keys", "R"), QT_TRANSLATE_NOOP("Keys", "Turn by 90°")),
      row(QT_TRANSLATE_NOOP("Keys", "Shift+R"), QT_TRANSLATE_NOOP("Keys", "Turn by 15°")),
      row(QT_TRANSLATE_NOOP("Keys", "Shift+F"), QT_TRANSLATE_NOOP("Keys", "Exchange left and right")),
      row(QT_TRANSLATE_NOOP("Keys", "Wheel"), QT_TRANSLATE_NOOP("Keys", "Magnify about the cursor")),
      row(QT_TRANSLATE_NOOP("Keys", "Drag"), QT_TRANSLATE_NOOP("Keys", "Move the view")),
      row(QT_TRANSLATE_NOOP("Keys", "Double click"), QT_TRANSLATE_NOOP("Keys", "Magnify there")),
      row(QT_TRANSLATE_NOOP("Keys", "Double click on a slider"), QT_TRANSLATE_NOOP("Keys", "Reset it")),
      row(QT_TRANSLATE_NOOP("Keys", "Ctrl+click on a map"),
          QT_TRANSLATE_NOOP("Keys", "Show it over the other maps")),
  };
}

QString keyTable(const QWidget& window) {
  QString table = QStringLiteral("<table cellpadding='3'>");
  const auto add = [&table](const QString& keys, const QString& what) {
    table += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>")
                 .arg(keys.toHtmlEscaped(), what.toHtmlEscaped());
  };
  for (const ListedAction& listed : listedActions(window))
    if (!listed.keys.isEmpty()) add(listed.keys, listed.path);
  for (const auto& [keys, what] : canvasKeys()) add(keys, what);
  return table + QStringLiteral("</table>");
}

}  // namespace geneglass
