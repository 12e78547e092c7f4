// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <memory>
#include <vector>

#include "inference/prediction/measured_spots.h"
#include "inference/prediction/prediction.h"

namespace geneglass {

/// One row a predicted gene. Poorly predicted genes are greyed and say so. GUI thread.
class GeneTable final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Symbol, Class, Value, Percentile, HeldOut, HotspotArea, Tiles, AtSpots, ColumnCount };
  /// What a column is sorted by: numbers as numbers; genes without hotspots come before an area of 0.
  static constexpr int kSortRole = Qt::UserRole;
  static constexpr int kGeneRole = Qt::UserRole + 1;  ///< index into Prediction::genes

  explicit GeneTable(QObject* parent = nullptr);
  void showPrediction(std::shared_ptr<const Prediction> prediction);  ///< null for none
  void showSpots(std::shared_ptr<const MeasuredSpots> spots);         ///< null for none

  bool hasSpots() const { return m_spots != nullptr; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const MeasuredGene* measuredAt(int row) const;  ///< null where it was not measured
  QString atSpotsText(int row) const;
  QString textAt(int row, int column) const;
  QVariant sortKeyAt(int row, int column) const;
  QString toolTipAt(int row) const;

  std::shared_ptr<const Prediction> m_prediction;
  std::shared_ptr<const MeasuredSpots> m_spots;
};

}  // namespace geneglass
