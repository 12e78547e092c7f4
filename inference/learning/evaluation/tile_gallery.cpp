// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/tile_gallery.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace geneglass {
namespace {

void offer(TileGallery::Bin& bin, TileGallery::Chosen tile) {
  const auto place = std::find_if(bin.tiles.begin(), bin.tiles.end(), [&](const TileGallery::Chosen& known) {
    return tile.attention > known.attention;
  });
  if (size_t(place - bin.tiles.begin()) >= TileGallery::kTiles) return;
  bin.tiles.insert(place, std::move(tile));
  if (bin.tiles.size() > TileGallery::kTiles) bin.tiles.pop_back();
}

}  // namespace

void TileGallery::addGene(const std::string& symbol, size_t row, const std::vector<float>& labels) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const float label : labels)
    if (!std::isnan(label)) low = std::min<double>(low, label), high = std::max<double>(high, label);
  Gene gene{symbol, row, {}, std::vector<Bin>(kBins)};
  const double width = (high - low) / kBins;
  for (size_t bin = 0; bin < kBins; ++bin) {
    gene.bins[bin].low = low + width * double(bin);
    gene.bins[bin].high = low + width * double(bin + 1);
  }
  for (const float label : labels) {
    const bool known = !std::isnan(label) && width > 0;
    gene.binOfCase.push_back(known ? std::min(int(kBins) - 1, int((label - low) / width)) : -1);
    if (known) ++gene.bins[size_t(gene.binOfCase.back())].cases;
  }
  m_genes.push_back(std::move(gene));
}

void TileGallery::add(size_t caseIndex, const std::vector<std::filesystem::path>& slides,
                      const std::vector<TileGrid>& grids, const Matrix& attention) {
  const double tiles = double(attention.columns);
  for (Gene& gene : m_genes) {
    const int bin = gene.binOfCase[caseIndex];
    if (bin < 0) continue;
    size_t first = 0;
    for (size_t slide = 0; slide < grids.size(); ++slide) {
      for (size_t i = 0; i < grids[slide].count(); ++i)
        offer(gene.bins[size_t(bin)], {tiles * double(attention.at(gene.row, first + i)), slides[slide],
                                       grids[slide].area(grids[slide].cells[i])});
      first += grids[slide].count();
    }
  }
}

}  // namespace geneglass
