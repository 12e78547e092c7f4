// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/cohort/cohort_table.h"

#include <QApplication>
#include <QPalette>
#include <cmath>

#include "app/desktop/browsing/slide_glances.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

void CohortTable::showCohort(std::shared_ptr<const CohortResults> cohort) {
  beginResetModel();
  m_cohort = std::move(cohort);
  m_gene = -1;
  m_scale = {};
  m_pictures.clear();
  endResetModel();
}

void CohortTable::showGene(int gene) {
  m_gene = gene;
  m_scale = gene < 0 ? GeneScale{} : scaleOf(m_cohort->table, size_t(gene));
  if (const int rows = rowCount(); rows > 0) Q_EMIT dataChanged(index(0, Value), index(rows - 1, Remark));
  Q_EMIT headerDataChanged(Qt::Horizontal, Value, Value);
}

void CohortTable::takePicture(const std::filesystem::path& file, const QImage& picture) {
  m_pictures[file] = squared(picture);
  for (int row = 0; row < rowCount(); ++row)
    if (slide(row).file == file) Q_EMIT dataChanged(index(row, Name), index(row, Name));
}

bool CohortTable::hasPicture(int row) const {
  return m_pictures.contains(slide(row).file);
}

int CohortTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_cohort ? 0 : int(m_cohort->slides.size());
}

int CohortTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

const SlideResult* CohortTable::resultAt(int row) const {
  const auto& result = slide(row).result;
  return result ? &m_cohort->table.slides[*result] : nullptr;
}

const ModelGene* CohortTable::shownGene() const {
  return m_gene < 0 ? nullptr : &m_cohort->table.genes[size_t(m_gene)];
}

QString CohortTable::remarkAt(int row) const {
  const SlideResult* result = resultAt(row);
  if (!result) return slide(row).refusal;
  QStringList remarks;
  if (result->outside)
    remarks << (std::isfinite(result->shareOutside)
                    ? tr("%1 of its tissue unlike the training's: not compared")
                          .arg(percentText(result->shareOutside, 0))
                    : tr("unlike the training tissue: not compared"));
  if (result->damagedTiles > 0) remarks << tr("%1 tiles damaged").arg(countText(result->damagedTiles));
  if (result->precision == "int8") remarks << tr("computed in int8");
  return remarks.join(QStringLiteral("; "));
}

QString CohortTable::textAt(int row, int column) const {
  const SlideResult* result = resultAt(row);
  const size_t gene = m_gene < 0 ? 0 : size_t(m_gene);
  switch (column) {
    case Name:
      return slide(row).name;
    case Value:
      return result && m_gene >= 0 ? numberText(result->values[gene], 2) : QString();
    case Percentile:
      return result && m_gene >= 0 && std::isfinite(result->percentiles[gene])
                 ? numberText(double(result->percentiles[gene]), 0)
                 : QString();
    case Remark:
      return remarkAt(row);
    default:
      return {};
  }
}

QVariant CohortTable::sortKeyAt(int row, int column) const {
  if (column == Name || column == Remark) return textAt(row, column);
  const SlideResult* result = resultAt(row);
  if (!result || m_gene < 0) return -std::numeric_limits<double>::infinity();
  const double number =
      column == Value ? result->values[size_t(m_gene)] : double(result->percentiles[size_t(m_gene)]);
  return std::isfinite(number) ? number : -std::numeric_limits<double>::infinity();
}

QVariant CohortTable::barAt(int row) const {
  const SlideResult* result = resultAt(row);
  const ModelGene* gene = shownGene();
  if (!result || !gene || !gene->wellPredicted || result->outside || !(m_scale.most > m_scale.least))
    return {};
  const double value = result->values[size_t(m_gene)];
  if (!std::isfinite(value)) return {};
  return (value - m_scale.least) / (m_scale.most - m_scale.least);
}

QVariant CohortTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const int row = index.row(), column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return textAt(row, column);
    case kSortRole:
      return sortKeyAt(row, column);
    case kBarRole:
      return column == Value ? barAt(row) : QVariant();
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter |
                 (column == Value || column == Percentile ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DecorationRole: {
      static const QPixmap kEmpty = squared({});
      const auto picture = m_pictures.find(slide(row).file);
      return column != Name ? QVariant() : picture == m_pictures.end() ? kEmpty : picture->second;
    }
    case Qt::ToolTipRole:
      return column == Name ? QString::fromStdString(slide(row).file.string()) : textAt(row, column);
    case Qt::ForegroundRole: {
      const SlideResult* result = resultAt(row);
      const bool isPoor =
          shownGene() && !shownGene()->wellPredicted && (column == Value || column == Percentile);
      if (result && !result->outside && !isPoor) return {};
      return QApplication::palette().color(QPalette::Disabled, QPalette::Text);
    }
    default:
      return {};
  }
}

QVariant CohortTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Slide");
    case Value:
      return shownGene() ? QString::fromStdString(shownGene()->symbol) : tr("Value");
    case Percentile:
      return tr("Percentile");
    case Remark:
      return tr("Remark");
    default:
      return {};
  }
}

}  // namespace geneglass
