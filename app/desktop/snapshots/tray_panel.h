// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <map>
#include <string>
#include <vector>

#include "app/desktop/snapshots/snapshot_tray.h"

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace geneglass {

/// The snapshots of a case in their order: captions are edited in place, a drag changes the order, a double
/// click goes to the view. Each is a step of the case. GUI thread.
class TrayPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit TrayPanel(QWidget* parent = nullptr);

  void showCase(Case* document);  ///< null: none
  void setTakingPossible(bool possible);

 Q_SIGNALS:
  void takeWanted();
  void viewWanted(const geneglass::TraySnapshot& snapshot);
  void fileWanted(const geneglass::TraySnapshot& snapshot);

 private:
  void build();
  void showSnapshots();
  void showButtons();
  void takeCaption(const QListWidgetItem& item);
  void takeOrder();
  void remove();
  QIcon iconOf(const std::string& id);
  const TraySnapshot* current() const;  ///< null: none is chosen

  QPointer<Case> m_case;
  std::vector<TraySnapshot> m_shown;
  std::map<std::string, QIcon> m_icons;  ///< of the snapshots shown
  bool m_isShowing = false;              ///< the list follows; what it says is no wish of the user
  QListWidget* m_list;
  QLabel* m_hint;
  QPushButton* m_take;
  QPushButton* m_go;
  QPushButton* m_save;
  QPushButton* m_remove;
};

}  // namespace geneglass
