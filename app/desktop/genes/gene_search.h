// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemView;
class QLabel;
class QLineEdit;
class QModelIndex;
class QSortFilterProxyModel;

namespace geneglass {

/// Searches a table of genes while it is typed: Enter chooses the best match, the arrows go through the rest;
/// says what is not there. GUI thread.
class GeneSearch final : public QWidget {
  Q_OBJECT

 public:
  /// Both outlive it; the view shows the rows, whose first column has the symbols.
  GeneSearch(QSortFilterProxyModel& rows, QAbstractItemView& view, QWidget* parent = nullptr);
  void showModel(const QString& name);  ///< whose genes the rows are; empty: there are none
  void begin();                         ///< the keyboard types here now
  void tellMissing();                   ///< when rows or filter have changed

 Q_SIGNALS:
  void textChanged(const QString& text);
  void rowChosen(const QModelIndex& row);  ///< by Enter

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  int bestRow() const;  ///< the very symbol, else one that begins so, else the first; -1 for none
  void step(int by);

  QSortFilterProxyModel& m_rows;
  QAbstractItemView& m_view;
  QString m_model;
  QLineEdit* m_field;
  QLabel* m_missing;
};

}  // namespace geneglass
