// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_pair.h"

#include <QCoreApplication>
#include <cmath>

#include "inference/prediction/hotspot_overlap.h"
#include "inference/prediction/shown_gene.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QString pairText(const char* text) {
  return QCoreApplication::translate("GenePair", text);
}

Result<GenePair::Gene> readGene(const Prediction& prediction, int gene, const SpatialAutocorrelation& tiles,
                                const std::stop_token& stop) {
  GenePair::Gene read{gene, nullptr, {}};
  const auto map = shownMap(&prediction, gene);
  if (!map) return tl::unexpected(map.error());
  if (stop.stop_requested()) return fail("The charts were stopped.");
  read.map = *map;
  read.smoothness = tiles.withChance((*map)->expression);
  return read;
}

QString smoothnessText(const Prediction& prediction, const GenePair::Gene& gene) {
  const QString symbol = QString::fromStdString(prediction.genes[size_t(gene.gene)].symbol);
  if (std::isnan(gene.smoothness.i))
    return pairText(QT_TRANSLATE_NOOP("GenePair", "%1: Moran's I is not defined.")).arg(symbol);
  if (std::isnan(gene.smoothness.p))
    return pairText(QT_TRANSLATE_NOOP("GenePair", "%1: Moran's I %2, of too little tissue for a p."))
        .arg(symbol, numberText(gene.smoothness.i, 2));
  return pairText(
             QT_TRANSLATE_NOOP("GenePair", "%1: Moran's I %2, p %3 (999 orders of squares of 5 x 5 tiles)."))
      .arg(symbol, numberText(gene.smoothness.i, 2), numberText(gene.smoothness.p, 3));
}

}  // namespace

double pearsonOf(const std::vector<float>& a, const std::vector<float>& b) {
  const size_t count = std::min(a.size(), b.size());
  double sumA = 0, sumB = 0, squaresA = 0, squaresB = 0, products = 0;
  for (size_t i = 0; i < count; ++i) {
    sumA += double(a[i]);
    sumB += double(b[i]);
  }
  const double meanA = sumA / double(count), meanB = sumB / double(count);
  for (size_t i = 0; i < count; ++i) {
    const double awayA = double(a[i]) - meanA, awayB = double(b[i]) - meanB;
    squaresA += awayA * awayA;
    squaresB += awayB * awayB;
    products += awayA * awayB;
  }
  const double scale = std::sqrt(squaresA * squaresB);
  return scale > 0 ? products / scale : std::nan("");
}

Result<GenePair> readPair(const Prediction& prediction, int first, int second, std::stop_token stop) {
  const SpatialAutocorrelation tiles(prediction.grid);
  GenePair pair;
  auto one = readGene(prediction, first, tiles, stop);
  if (!one) return tl::unexpected(one.error());
  pair.first = std::move(*one);
  if (second < 0) return pair;
  auto other = readGene(prediction, second, tiles, stop);
  if (!other) return tl::unexpected(other.error());
  pair.second = std::move(*other);
  pair.r = pearsonOf(pair.first.map->expression, pair.second.map->expression);
  pair.dice = diceOverlap(pair.first.map->hotspots, pair.second.map->hotspots);
  return pair;
}

std::string pairSentences(const Prediction& prediction, const GenePair& pair) {
  QStringList sentences{smoothnessText(prediction, pair.first)};
  if (pair.second.map) {
    sentences << smoothnessText(prediction, pair.second);
    if (!std::isnan(pair.r))
      sentences << pairText(QT_TRANSLATE_NOOP("GenePair",
                                              "Over the tiles r %1: of two predictions, not of the genes."))
                       .arg(numberText(pair.r, 2));
    sentences << (std::isnan(pair.dice)
                      ? pairText(QT_TRANSLATE_NOOP("GenePair", "Neither has hotspots."))
                      : pairText(QT_TRANSLATE_NOOP("GenePair", "Dice of their hotspots %1."))
                            .arg(numberText(pair.dice, 2)));
  }
  return sentences.join(QLatin1Char(' ')).toStdString();
}

}  // namespace geneglass
