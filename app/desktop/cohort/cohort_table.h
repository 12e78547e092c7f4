// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QPixmap>
#include <map>
#include <memory>

#include "app/desktop/cohort/cohort_results.h"

namespace geneglass {

/// One row a slide of a cohort: its picture, the chosen gene's value on the one scale of all slides, and what
/// is to be known of it. A gene that the model does not predict well has no bars. GUI thread.
class CohortTable final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Name, Value, Percentile, Remark, ColumnCount };
  static constexpr int kSortRole = Qt::UserRole;     ///< numbers as numbers; what has none comes first
  static constexpr int kBarRole = Qt::UserRole + 1;  ///< 0 to 1 on the gene's scale; none: no bar

  using QAbstractTableModel::QAbstractTableModel;
  void showCohort(std::shared_ptr<const CohortResults> cohort);  ///< null for none; no gene
  void showGene(int gene);                                       ///< index into its genes; -1 for none
  int gene() const { return m_gene; }
  const std::shared_ptr<const CohortResults>& cohort() const { return m_cohort; }
  const CohortSlide& slide(int row) const { return m_cohort->slides[size_t(row)]; }
  const GeneScale& scale() const { return m_scale; }

  void takePicture(const std::filesystem::path& file, const QImage& picture);
  bool hasPicture(int row) const;  ///< or it is known that there is none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  const SlideResult* resultAt(int row) const;  ///< null where there is none
  const ModelGene* shownGene() const;          ///< null where none is chosen
  QString textAt(int row, int column) const;
  QString remarkAt(int row) const;
  QVariant sortKeyAt(int row, int column) const;
  QVariant barAt(int row) const;

  std::shared_ptr<const CohortResults> m_cohort;
  int m_gene = -1;
  GeneScale m_scale;
  std::map<std::filesystem::path, QPixmap> m_pictures;
};

}  // namespace geneglass
