// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/annotating/annotation_table.h"

#include <QColor>
#include <algorithm>

#include "app/desktop/case/measure_text.h"

namespace geneglass {

QString kindOf(const Shape& shape) {
  if (const auto* area = std::get_if<Area>(&shape))
    return uprightRectangle(*area) ? QObject::tr("Rectangle") : QObject::tr("Area");
  if (std::holds_alternative<Ellipse>(shape)) return QObject::tr("Ellipse");
  if (std::holds_alternative<Angle>(shape)) return QObject::tr("Angle");
  if (const auto* path = std::get_if<Path>(&shape))
    return path->points.size() == 2 ? QObject::tr("Ruler") : QObject::tr("Line");
  return std::get<Places>(shape).points.size() == 1 ? QObject::tr("Point") : QObject::tr("Counter");
}

void AnnotationTable::showAnnotations(AnnotationSetPtr set, const std::optional<Mpp>& mpp) {
  m_set = std::move(set);
  m_mpp = mpp;
  list();
}

void AnnotationTable::setFilter(const QString& letters) {
  m_filter = letters.trimmed();
  list();
}

void AnnotationTable::list() {
  beginResetModel();
  m_rows.clear();
  if (m_set)
    std::copy_if(m_set->all().rbegin(), m_set->all().rend(), std::back_inserter(m_rows),
                 [&](const AnnotationPtr& annotation) { return isListed(*annotation); });
  endResetModel();
}

bool AnnotationTable::isListed(const Annotation& annotation) const {
  if (m_filter.isEmpty()) return true;
  const auto has = [&](const std::string& text) {
    return QString::fromStdString(text).contains(m_filter, Qt::CaseInsensitive);
  };
  return has(annotation.className) || has(annotation.name) || has(annotation.notes);
}

int AnnotationTable::rowOf(const std::string& id) const {
  const auto found = std::ranges::find_if(m_rows, [&](const AnnotationPtr& row) { return row->id == id; });
  return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int AnnotationTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AnnotationTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : Columns;
}

QVariant AnnotationTable::data(const QModelIndex& index, int role) const {
  const Annotation& annotation = *m_rows[static_cast<size_t>(index.row())];
  if (role == Qt::DecorationRole && index.column() == Class)
    return QColor::fromRgb(m_set->colourOf(annotation));
  if (role == Qt::ToolTipRole && !annotation.notes.empty()) return QString::fromStdString(annotation.notes);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case Class:
      return annotation.className.empty() ? tr("no class") : QString::fromStdString(annotation.className);
    case Name:
      return annotation.name.empty() ? kindOf(annotation.shape) : QString::fromStdString(annotation.name);
    default:
      return firstMeasureOf(annotation.shape, m_mpp);
  }
}

QVariant AnnotationTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Class:
      return tr("Class");
    case Name:
      return tr("Name");
    default:
      return tr("Measure");
  }
}

}  // namespace geneglass
