// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QListWidget;
class QPushButton;

namespace geneglass {

/// Slides and folders, each a line; added by dialogs, taken away with Delete. GUI thread.
class SourceList final : public QWidget {
  Q_OBJECT
  Q_PROPERTY(QStringList paths READ paths WRITE add NOTIFY changed USER true)

 public:
  explicit SourceList(QWidget* parent = nullptr);

  QStringList paths() const;
  void add(const QStringList& paths);  ///< those that are not there yet

 Q_SIGNALS:
  void changed();

 private:
  void askForFolder();
  void askForSlides();
  void removeChosen();

  QListWidget* m_list;
  QPushButton* m_remove;
};

}  // namespace geneglass
