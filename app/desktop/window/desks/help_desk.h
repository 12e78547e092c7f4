// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/desktop/window/main_menu.h"

class QMainWindow;

namespace geneglass {

/// The help menu: manual, keys, "What is this?", and the palette of all commands. GUI thread.
class HelpDesk final : public QObject {
  Q_OBJECT

 public:
  HelpDesk(const MainMenu& menu, QMainWindow& window);

  void openManual(const QString& heading = {});
  void openPalette();

 private:
  QMainWindow& m_window;
};

}  // namespace geneglass
