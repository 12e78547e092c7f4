// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "inference/regions/region_comparison.h"

namespace geneglass {

/// One row a gene of two regions that were compared; greyed where there is no interval. GUI thread.
class RegionTable final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column {
    Symbol,
    HeldOutR,
    MeanA,
    MeanB,
    Difference,
    Interval,
    Effect,
    Q,
    HotspotA,
    HotspotB,
    Slide,
    WithoutA,
    ColumnCount
  };
  /// What a column is sorted by: numbers as numbers, what is not known below all; differences, intervals and
  /// effects by how far they are from 0.
  static constexpr int kSortRole = Qt::UserRole;
  using QAbstractTableModel::QAbstractTableModel;

  void showComparison(std::shared_ptr<const RegionComparison> comparison);  ///< null for none
  const RegionGene& geneAt(int row) const { return m_comparison->genes[static_cast<size_t>(row)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::shared_ptr<const RegionComparison> m_comparison;
};

}  // namespace geneglass
