// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/desktop/help/action_list.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace geneglass {

/// All actions of a window, filtered by the words that are typed; Enter runs the first. What cannot be done
/// now is listed grey. GUI thread.
class CommandPalette final : public QDialog {
  Q_OBJECT

 public:
  explicit CommandPalette(QWidget& window);

  QStringList shown() const;      ///< the paths, in their order
  QString saidOfNothing() const;  ///< empty where something fits

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& typed);
  void run();

  QList<ListedAction> m_actions;
  QLineEdit* m_typed;
  QListWidget* m_list;
  QLabel* m_nothing;  ///< said where nothing fits
};

}  // namespace geneglass
