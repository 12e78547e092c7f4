// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

class QWidget;

namespace geneglass {

/// A key of a window that turns something over: for good where it is tapped, until it comes up where it is
/// held. Not while something is typed. GUI thread.
class PeekKey final : public QObject {
  Q_OBJECT

 public:
  static constexpr int kTapMilliseconds = 300;  ///< a key that is down for longer is held

  PeekKey(Qt::Key key, QWidget& window);

 Q_SIGNALS:
  void turned();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  bool isForWindow() const;  ///< and nothing is being typed there
  void comeUp();

  const Qt::Key m_key;
  QWidget& m_window;
  bool m_isDown = false;
  QElapsedTimer m_since;
};

}  // namespace geneglass
