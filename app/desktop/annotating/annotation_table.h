// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <vector>

#include "viewer/annotation/annotation_set.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// The annotations as rows, the uppermost first: class, name, first measurement. GUI thread.
class AnnotationTable final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { Class, Name, Measure, Columns };
  using QAbstractTableModel::QAbstractTableModel;

  void showAnnotations(AnnotationSetPtr set, const std::optional<Mpp>& mpp);
  /// Only those whose class, name or notes hold these letters, whatever their case.
  void setFilter(const QString& letters);

  const std::vector<AnnotationPtr>& rows() const { return m_rows; }
  int rowOf(const std::string& id) const;  ///< -1 where it is not listed

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  void list();
  bool isListed(const Annotation& annotation) const;

  AnnotationSetPtr m_set;
  std::optional<Mpp> m_mpp;
  QString m_filter;
  std::vector<AnnotationPtr> m_rows;
};

/// "Polygon", "Ellipse", "Ruler", "Counter": what an annotation without a name is called.
QString kindOf(const Shape& shape);

}  // namespace geneglass
