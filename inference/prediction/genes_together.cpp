// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/genes_together.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>
#include <unordered_map>

#include "inference/prediction/shown_gene.h"

namespace geneglass {
namespace {

using Indices = std::unordered_map<std::string_view, int>;

Indices indicesOf(const Prediction& prediction) {
  Indices indices;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene)
    indices.emplace(prediction.genes[gene].symbol, int(gene));
  return indices;
}

Result<GeneMapPtr> mapOf(const Prediction& prediction, int gene, const std::stop_token& stop) {
  if (stop.stop_requested()) return fail("The maps were stopped.");
  return shownMap(&prediction, gene);
}

Result<void> mix(const Prediction& prediction, const GenesWish& wish, GenesTogether& made,
                 const std::stop_token& stop) {
  const size_t count = wish.genes.size();
  if (count < 2 || count > GenesTogether::kMostMixed)
    return fail(fmt::format("Two to {} genes are shown in colours of their own, not {}.",
                            GenesTogether::kMostMixed, count));
  if (*wish.mix == ColourMix::TwoWay && count != 2)
    return fail(fmt::format("A two-way map is of two genes, not of {}.", count));
  const Indices indices = indicesOf(prediction);
  for (const GenesWish::Gene& wanted : wish.genes) {
    const auto found = indices.find(wanted.symbol);
    if (found == indices.end())
      return fail(
          fmt::format("The model '{}' does not predict the gene '{}'.", prediction.modelName, wanted.symbol));
    const auto map = mapOf(prediction, found->second, stop);
    if (!map) return tl::unexpected(map.error());
    const GenePrediction& gene = prediction.genes[size_t(found->second)];
    made.genes.push_back({gene.symbol, gene.heldOutR, (*map)->expression});
  }
  return {};
}

Result<void> average(const Prediction& prediction, const GenesWish& wish, GenesTogether& made,
                     const std::stop_token& stop) {
  const Indices indices = indicesOf(prediction);
  std::vector<double> sums(prediction.grid.count());
  double slide = 0;
  for (const GenesWish::Gene& wanted : wish.genes) {
    const auto found = indices.find(wanted.symbol);
    if (found == indices.end()) continue;
    ++made.known;
    const GenePrediction& gene = prediction.genes[size_t(found->second)];
    if (!gene.wellPredicted || !(wanted.deviation > 0)) continue;
    const auto map = mapOf(prediction, found->second, stop);
    if (!map) return tl::unexpected(map.error());
    const std::vector<float>& values = (*map)->expression;
    for (size_t tile = 0; tile < std::min(sums.size(), values.size()); ++tile)
      sums[tile] += (double(values[tile]) - gene.trainingMean) / wanted.deviation;
    slide += (gene.value - gene.trainingMean) / wanted.deviation;
    ++made.used;
  }
  if (made.used == 0)
    return fail(fmt::format("None of the {} genes of '{}' can be predicted by this model: it has no map.",
                            made.named, wish.name));
  made.slideZ = slide / made.used;
  for (const double sum : sums) made.meanZ.push_back(float(sum / made.used));
  return {};
}

}  // namespace

Result<std::shared_ptr<const GenesTogether>> togetherOf(const Prediction& prediction, const GenesWish& wish,
                                                        std::stop_token stop) {
  auto made = std::make_shared<GenesTogether>();
  made->name = wish.name;
  made->mix = wish.mix;
  made->unit = prediction.labelUnit;
  made->named = int(wish.genes.size());
  const auto done = wish.mix ? mix(prediction, wish, *made, stop) : average(prediction, wish, *made, stop);
  if (!done) return tl::unexpected(done.error());
  return made;
}

}  // namespace geneglass
