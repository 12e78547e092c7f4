// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <functional>
#include <vector>

class QFormLayout;
class QLabel;

namespace geneglass {

/// Named fields, each with a sentence of what it expects: under the form for the field that has the keyboard,
/// and as its tool tip. GUI thread.
class HintedForm final : public QWidget {
  Q_OBJECT

 public:
  explicit HintedForm(QWidget* parent = nullptr);

  /// `field` has a user property that says when it changes; it is shown where `needed` says so, or always.
  void addRow(const QString& name, QWidget* field, const QString& hint, std::function<bool()> needed = {});
  void setHint(QWidget* field, const QString& hint);
  void showNeeded();     ///< asks every row again
  QString hint() const;  ///< that is shown

 Q_SIGNALS:
  void changed();  ///< any field

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void show(QWidget* field);

  QFormLayout* m_form;
  QLabel* m_hint;
  QWidget* m_shown = nullptr;  ///< the field that the hint is of
  QHash<QObject*, QWidget*> m_fieldOf;
  std::vector<std::pair<QWidget*, std::function<bool()>>> m_needed;
};

}  // namespace geneglass
