// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLineEdit;

namespace geneglass {

/// A path that is typed or browsed for. GUI thread.
class PathField final : public QWidget {
  Q_OBJECT
  Q_PROPERTY(QString path READ text WRITE setText NOTIFY changed USER true)

 public:
  enum class Kind { Table, Folder, NewFolder, FileOrFolder };

  /// `name`: of the dialog and for screen readers; `hint`: what an empty field stands for.
  PathField(Kind kind, const QString& name, const QString& hint, QWidget* parent = nullptr);

  QString text() const;
  void setText(const QString& path);
  void setHint(const QString& hint);
  void propose(const QString& path);  ///< entered as long as the user has given none

 Q_SIGNALS:
  void changed(const QString& path);

 private:
  void browse();

  const Kind m_kind;
  const QString m_name;
  QLineEdit* m_edit;
  QString m_proposed;  ///< last
};

}  // namespace geneglass
