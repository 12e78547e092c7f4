// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/regions/region_table.h"
#include "viewer/wording/number_text.h"

#include <QGuiApplication>
#include <QPalette>
#include <cmath>
#include <limits>
#include <utility>

namespace geneglass {
namespace {

QString figureText(double number, int digits = 2) {
  return std::isnan(number) ? QStringLiteral("–") : numberText(number, digits);
}

QString shareText(double share) {
  return std::isnan(share) ? QStringLiteral("–") : QStringLiteral("%1 %").arg(numberText(100 * share, 0));
}

QString regionText(const RegionGene& gene, int column) {
  switch (column) {
    case RegionTable::Symbol:
      return QString::fromStdString(gene.symbol);
    case RegionTable::HeldOutR:
      return QStringLiteral("%1 [%2, %3]")
          .arg(figureText(gene.heldOutR), figureText(gene.ciLow), figureText(gene.ciHigh));
    case RegionTable::MeanA:
      return figureText(gene.meanA);
    case RegionTable::MeanB:
      return figureText(gene.meanB);
    case RegionTable::Difference:
      return figureText(gene.difference);
    case RegionTable::Interval:
      if (std::isnan(gene.low)) return QStringLiteral("–");
      return QStringLiteral("[%1, %2]").arg(figureText(gene.low), figureText(gene.high));
    case RegionTable::Effect:
      return figureText(gene.effect);
    case RegionTable::Q:
      return std::isnan(gene.q) ? QStringLiteral("–") : shortNumber(gene.q, 2);
    case RegionTable::HotspotA:
      return shareText(gene.hotspotA);
    case RegionTable::HotspotB:
      return shareText(gene.hotspotB);
    case RegionTable::Slide:
      return figureText(gene.slide);
    case RegionTable::WithoutA:
      return figureText(gene.withoutA);
    default:
      return {};
  }
}

double sortNumber(const RegionGene& gene, int column) {
  switch (column) {
    case RegionTable::HeldOutR:
      return gene.heldOutR;
    case RegionTable::MeanA:
      return gene.meanA;
    case RegionTable::MeanB:
      return gene.meanB;
    case RegionTable::Difference:
      return std::abs(gene.difference);
    case RegionTable::Interval:
      // How far the interval stays from 0; below 0 where it holds it.
      return gene.difference < 0 ? -gene.high : gene.low;
    case RegionTable::Effect:
      return std::abs(gene.effect);
    case RegionTable::Q:
      return gene.q;
    case RegionTable::HotspotA:
      return gene.hotspotA;
    case RegionTable::HotspotB:
      return gene.hotspotB;
    case RegionTable::Slide:
      return gene.slide;
    default:
      return gene.withoutA;
  }
}

}  // namespace

void RegionTable::showComparison(std::shared_ptr<const RegionComparison> comparison) {
  beginResetModel();
  m_comparison = std::move(comparison);
  endResetModel();
}

int RegionTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_comparison ? 0 : static_cast<int>(m_comparison->genes.size());
}

int RegionTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant RegionTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !m_comparison) return {};
  const RegionGene& gene = geneAt(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return regionText(gene, index.column());
    case kSortRole: {
      if (index.column() == Symbol) return regionText(gene, Symbol);
      const double number = sortNumber(gene, index.column());
      return std::isnan(number) ? std::numeric_limits<double>::lowest() : number;
    }
    case Qt::ForegroundRole:
      if (!std::isnan(gene.low)) return {};
      return QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text);
    case Qt::ToolTipRole:
      if (std::isnan(gene.low)) return tr("A region is too small for an interval.");
      return tr("p %1, q %2 over the genes; both from squares of tiles, as the interval")
          .arg(shortNumber(gene.p, 2))
          .arg(shortNumber(gene.q, 2));
    case Qt::TextAlignmentRole:
      return index.column() == Symbol ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default:
      return {};
  }
}

QVariant RegionTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) return {};
  static const QString names[] = {tr("Gene"),  tr("r [95 % CI]"), tr("A"),      tr("B"),
                                  tr("A − B"), tr("95 % CI"),     tr("Effect"), tr("q"),
                                  tr("Hot A"), tr("Hot B"),       tr("Slide"),  tr("Without A")};
  static const QString explanations[] = {
      tr("Symbol of the gene; a click shows its map"),
      tr("Held-out correlation of the gene: predicted against measured in cases the model never saw"),
      tr("Mean over the tiles of region A, in the unit of the training labels"),
      tr("Mean over the tiles of region B"),
      tr("Difference of the means"),
      tr("Interval of the difference, from drawing squares of 5 × 5 tiles"),
      tr("The difference over the pooled standard deviation of the tiles"),
      tr("Share of false discoveries among the genes up to here (Benjamini-Hochberg)"),
      tr("Share of region A that is a hotspot of the gene"),
      tr("Share of region B that is a hotspot of the gene"),
      tr("What the whole slide is said to be"),
      tr("What the slide would be said to be without region A")};
  if (role == Qt::DisplayRole) return names[section];
  if (role == Qt::ToolTipRole) return explanations[section];
  return {};
}

}  // namespace geneglass
