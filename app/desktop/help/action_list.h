// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QPointer>
#include <QString>

class QWidget;

namespace geneglass {

/// An action as it is found in the menus.
struct ListedAction {
  QString path;              ///< "File › Save Report"
  QString keys;              ///< as the keyboard's labels say them; empty for none
  QPointer<QAction> action;  ///< null once its menu was filled anew
};

/// All actions of a window's menu bar and tool bars, in their order: what is added there is here. Menus that
/// are filled when they open are filled first.
QList<ListedAction> listedActions(const QWidget& window);

/// The menu's text without mnemonics, dots and the keys behind a tab.
QString plainText(const QAction& action);

/// Keys, buttons and wheel of the slide itself, which are no actions: {"Arrows", "Move the view"}.
QList<QPair<QString, QString>> canvasKeys();

/// A table of all keys, as HTML.
QString keyTable(const QWidget& window);

}  // namespace geneglass
