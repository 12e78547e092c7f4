// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/desktop/window/main_menu.h"

class QMainWindow;

namespace geneglass {

class Workplace;

/// What makes the window pleasant to work in: preferences, and panels that come back. GUI thread.
class Comfort final : public QObject {
  Q_OBJECT

 public:
  /// When the panels stand as they usually do, before their kept places are restored.
  Comfort(const MainMenu& menu, Workplace& workplace, QMainWindow& window);

  void askForPreferences();

 Q_SIGNALS:
  void restyled();  ///< colours or units are others: what was drawn with them is drawn anew

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void resetPanels();
  void keepFloatingPanelsInFront();

  Workplace& m_workplace;
  QMainWindow& m_window;
  const QByteArray m_usualPanels;
};

}  // namespace geneglass
