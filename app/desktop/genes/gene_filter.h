// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <optional>
#include <set>

namespace geneglass {

/// Rows whose words hold what is searched, of a set of genes or of all. GUI thread.
class GeneFilter final : public QSortFilterProxyModel {
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

  void showOnly(std::optional<std::set<QString>> symbols) {
    m_symbols = std::move(symbols);
    invalidateFilter();
  }

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
    if (m_symbols && !m_symbols->contains(sourceModel()->index(row, 0, parent).data().toString()))
      return false;
    return QSortFilterProxyModel::filterAcceptsRow(row, parent);
  }

 private:
  std::optional<std::set<QString>> m_symbols;  ///< of the first column; none: all
};

}  // namespace geneglass
