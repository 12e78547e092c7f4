// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMainWindow;

namespace geneglass {

class MessageBar;
struct MainMenu;

/// What the window told since it began, to be read again and copied: a command of the menu Help shows it.
/// GUI thread.
class MessageHistory final : public QObject {
  Q_OBJECT

 public:
  static constexpr qsizetype kMost = 500;  ///< older ones are forgotten

  MessageHistory(const MainMenu& menu, const MessageBar& messages, QMainWindow& window);
  void show();
  QString text() const;  ///< a line each with its time, the newest first

 private:
  void add(const QString& sentence);

  QMainWindow& m_window;
  QStringList m_lines;  ///< the newest first
  QString m_last;       ///< sentence
};

}  // namespace geneglass
