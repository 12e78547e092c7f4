// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_table.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/desktop/help/glossary.h"
#include "inference/prediction/synthetic_training.h"
#include "inference/prediction/withheld.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

/// Dots while the gene has not been read yet.
static QString valueText(const GenePrediction& gene) {
  return std::isnan(gene.value) ? QStringLiteral("…") : numberText(gene.value, 2);
}

/// A question mark where the tissue is unlike the training tissue.
static QString percentileText(const Prediction& prediction, const GenePrediction& gene) {
  if (prediction.withheld) return QStringLiteral("–");
  if (std::isnan(gene.value)) return QStringLiteral("…");
  const QString text = numberText(gene.percentile, 0);
  return isOutside(prediction) ? text + QStringLiteral(" ?") : text;
}

/// "0.87 [0.80, 0.91]"
static QString correlationText(double r, double low, double high) {
  const auto figure = [](double value) { return numberText(value, 2); };
  return QStringLiteral("%1 [%2, %3]").arg(figure(r), figure(low), figure(high));
}

/// A paragraph of its own; empty where it is not known.
static QString spreadText(const Prediction& prediction, const GenePrediction& gene) {
  if (std::isnan(gene.spread)) return {};
  return GeneTable::tr(
             "\nThe models of the training's %1 folds differ by %2 (one standard deviation): so much "
             "hangs on which cases were learnt from. It is not the error: all may be wrong alike.")
      .arg(prediction.foldModels)
      .arg(shortNumber(gene.spread, 2));
}

GeneTable::GeneTable(QObject* parent) : QAbstractTableModel(parent) {}

void GeneTable::showPrediction(std::shared_ptr<const Prediction> prediction) {
  const auto symbol = &GenePrediction::symbol;
  const bool sameGenes = prediction && m_prediction &&
                         std::ranges::equal(prediction->genes, m_prediction->genes, {}, symbol, symbol);
  if (!sameGenes) beginResetModel();
  m_prediction = std::move(prediction);
  if (sameGenes)
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  else
    endResetModel();
}

void GeneTable::showSpots(std::shared_ptr<const MeasuredSpots> spots) {
  if (spots == m_spots) return;
  m_spots = std::move(spots);
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, AtSpots), index(rowCount() - 1, AtSpots));
}

const MeasuredGene* GeneTable::measuredAt(int row) const {
  return m_spots ? m_spots->find(m_prediction->genes[static_cast<size_t>(row)].symbol) : nullptr;
}

QString GeneTable::atSpotsText(int row) const {
  if (!m_spots) return {};
  const MeasuredGene* gene = measuredAt(row);
  if (!gene) return tr("not measured");
  if (std::isnan(gene->r)) return tr("not defined");
  if (std::isnan(gene->low)) return numberText(gene->r, 2);
  return correlationText(gene->r, gene->low, gene->high);
}

int GeneTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_prediction ? 0 : static_cast<int>(m_prediction->genes.size());
}

int GeneTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString GeneTable::textAt(int row, int column) const {
  const GenePrediction& gene = m_prediction->genes[static_cast<size_t>(row)];
  switch (column) {
    case Symbol:
      return QString::fromStdString(gene.symbol);
    case Class:
      return QString::fromStdString(m_prediction->panel.nameOf(gene.group));
    case Value:
      return valueText(gene);
    case Percentile:
      return percentileText(*m_prediction, gene);
    case HeldOut:
      return correlationText(gene.heldOutR, gene.ciLow, gene.ciHigh);
    case HotspotArea:
      if (!gene.wellPredicted) return tr("not predictable");
      if (m_prediction->withheld) return tr("withheld");
      if (!m_prediction->waiting.empty()) return QStringLiteral("…");
      if (gene.hotspots == 0) return tr("none");
      return QStringLiteral("%1 mm²").arg(numberText(gene.hotspotMm2, 2));
    case AtSpots:
      return atSpotsText(row);
  }
  return {};
}

QVariant GeneTable::sortKeyAt(int row, int column) const {
  const GenePrediction& gene = m_prediction->genes[static_cast<size_t>(row)];
  switch (column) {
    case Class:
      return static_cast<unsigned>(gene.group);  // none: last
    case Value:  // levels of different genes cannot be compared, their percentiles can
    case Percentile:
      return m_prediction->withheld ? -1.0 : gene.percentile;
    case HeldOut:
      return gene.heldOutR;
    case HotspotArea:
      return gene.wellPredicted ? gene.hotspotMm2 : -1.0;
    case AtSpots: {
      const MeasuredGene* measured = measuredAt(row);
      return measured && !std::isnan(measured->r) ? measured->r : -2.0;
    }
    default:
      return textAt(row, column);
  }
}

QString GeneTable::toolTipAt(int row) const {
  const GenePrediction& gene = m_prediction->genes[static_cast<size_t>(row)];
  const QString symbol = QString::fromStdString(gene.symbol);
  if (!gene.wellPredicted)
    return tr("%1 is not predictable: on cases the model was not trained on it did no better than chance. "
              "No hotspots are marked.")
        .arg(symbol);
  const QString text = isOutside(*m_prediction)
                           ? tr("%1: predicted %2 %3, of tissue unlike what the model learnt from.")
                           : tr("%1: predicted %2 %3. Click to see its map and hotspots.");
  return text.arg(symbol, textAt(row, Value), QString::fromStdString(m_prediction->labelUnit)) +
         spreadText(*m_prediction, gene);
}

QVariant GeneTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || !m_prediction) return {};
  const GenePrediction& gene = m_prediction->genes[static_cast<size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return textAt(index.row(), index.column());
    case kGeneRole:
      return index.row();
    case kSortRole:
      return sortKeyAt(index.row(), index.column());
    case Qt::ToolTipRole:
      return toolTipAt(index.row());
    case Qt::DecorationRole:
      return index.column() == Class ? QVariant(QColor::fromRgb(m_prediction->panel.colourOf(gene.group)))
                                     : QVariant();
    case Qt::ForegroundRole:
      if (gene.wellPredicted) return {};
      return QGuiApplication::palette().color(QPalette::Disabled, QPalette::Text);
    case Qt::TextAlignmentRole:
      return index.column() >= Value ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
      return gene.wellPredicted ? textAt(index.row(), index.column())
                                : tr("%1, not predictable").arg(textAt(index.row(), index.column()));
    default:
      return {};
  }
}

namespace {

/// What is said of a column.
struct ColumnWords {
  GeneTable::Column column;
  const char* name;
  const char* explanation;
  const char* word;  ///< in the glossary
};

constexpr const char* kContext = "geneglass::GeneTable";
constexpr std::array kColumnWords{
    ColumnWords{GeneTable::Symbol, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Gene"),
                QT_TRANSLATE_NOOP("geneglass::GeneTable", "Symbol of the gene"), "prediction"},
    ColumnWords{
        GeneTable::Class, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Class"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "The group of the model's gene panel that the gene is in, as a molecular subtype"),
        "class"},
    ColumnWords{
        GeneTable::Value, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Value"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "Predicted expression of the whole slide, in the unit of the training labels. "
                          "Sorts by percentile, since values of different genes cannot be compared"),
        "value"},
    ColumnWords{
        GeneTable::Percentile, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Percentile"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "Place of the value among the model's predictions for cases it was not trained on"),
        "percentile"},
    ColumnWords{GeneTable::HeldOut, QT_TRANSLATE_NOOP("geneglass::GeneTable", "r [95 % CI]"),
                QT_TRANSLATE_NOOP(
                    "geneglass::GeneTable",
                    "Pearson correlation on cases the model was not trained on, with its 95 % interval"),
                "held-out"},
    ColumnWords{
        GeneTable::HotspotArea, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Hotspots"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "Area of the regions where the gene's contribution is in the slide's top 5 %"),
        "hotspot"},
    ColumnWords{
        GeneTable::Tiles, QT_TRANSLATE_NOOP("geneglass::GeneTable", "Tiles"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "How its tile values are spread over this slide, from the least to the greatest"),
        "histogram"},
    ColumnWords{
        GeneTable::AtSpots, QT_TRANSLATE_NOOP("geneglass::GeneTable", "r at spots"),
        QT_TRANSLATE_NOOP("geneglass::GeneTable",
                          "Pearson correlation of measured with predicted at the spots of this very slide, "
                          "with its 95 % interval"),
        "r-at-spots"},
};

}  // namespace

QVariant GeneTable::headerData(int section, Qt::Orientation orientation, int role) const {
  const auto isOf = [section](const ColumnWords& words) { return int(words.column) == section; };
  const auto words = std::ranges::find_if(kColumnWords, isOf);
  if (orientation != Qt::Horizontal || words == kColumnWords.end()) return {};
  if (role == Qt::DisplayRole) return QCoreApplication::translate(kContext, words->name);
  if (role == Qt::ToolTipRole) {
    const QString text = QCoreApplication::translate(kContext, words->explanation);
    const bool judged = section == HeldOut || section == Percentile;
    return judged && m_prediction && isJudgedOnSynthetic(*m_prediction)
               ? tr("%1. These cases are synthetic slides: it says nothing of real tissue").arg(text)
               : text;
  }
  if (role == Qt::WhatsThisRole) return meaningOf(QLatin1String(words->word));
  // The highest number first, at the first click.
  if (role == Qt::InitialSortOrderRole)
    return int(section == Symbol || section == Class ? Qt::AscendingOrder : Qt::DescendingOrder);
  return {};
}

}  // namespace geneglass
