// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace geneglass {

/// A line over the canvas that says what went wrong, until it is dismissed. It never blocks. All that was
/// told, here or in passing, can be told again: MessageHistory. GUI thread.
class MessageBar final : public QFrame {
  Q_OBJECT

 public:
  explicit MessageBar(QWidget* parent = nullptr);
  /// The newest sentence replaces the one before. With `remedy`, a button with that name runs it.
  void say(const QString& sentence, const QString& remedyName = {}, std::function<void()> remedy = {});
  void note(const QString& sentence);  ///< in passing, where the status line is
  void dismiss();
  QString sentence() const;  ///< empty when there is none

 Q_SIGNALS:
  void said(const QString& sentence);
  void noted(const QString& sentence);

 private:
  QLabel* m_text;
  QPushButton* m_remedyButton;
  std::function<void()> m_remedy;
};

}  // namespace geneglass
