// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/made_prediction.h"

#include <cmath>

#include "tests/support/held_maps.h"

namespace geneglass::testing {
namespace {

constexpr int kTile = 400;

GenePrediction gene(std::string symbol, int group, double value, double percentile, double r) {
  GenePrediction made;
  made.symbol = std::move(symbol);
  made.group = group;
  made.value = value;
  made.trainingMean = 6;
  made.percentile = percentile;
  made.heldOutR = r;
  made.ciLow = r - 0.18;
  made.ciHigh = r + 0.18;
  made.wellPredicted = r > 0.2;
  return made;
}

Hotspot rectangle(int rank, int column, int row, int columns, int rows) {
  Hotspot hotspot;
  hotspot.gene = 0;
  hotspot.rank = rank;
  hotspot.areaMm2 = columns * rows * 0.2 * 0.2;
  hotspot.mean = 8.5 - rank;
  for (int y = row; y < row + rows; ++y)
    for (int x = column; x < column + columns; ++x) hotspot.cells.push_back({x, y});
  const double left = column * kTile, top = row * kTile;
  const double right = left + columns * kTile, bottom = top + rows * kTile;
  hotspot.rings = {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
  return hotspot;
}

}  // namespace

Slide madeSlide() {
  Slide slide;
  slide.file = "/nowhere/made.tif";
  slide.driver = "made";
  slide.vendor = "none";
  for (const int64_t downsample : {1, 4, 16})
    slide.levels.push_back({{4200 / downsample, 3100 / downsample}, double(downsample), {256, 256}});
  slide.mpp = Mpp{0.5, 0.5};
  slide.mppOrigin = MppOrigin::User;
  slide.objectivePower = 20;
  slide.hash = std::string(64, 'a');
  slide.bounds = {0, 0, 4200, 3100};
  return slide;
}

TissueMask madeTissue() {
  TissueMask mask;
  mask.columns = 84;
  mask.rows = 62;
  mask.step = 50;
  mask.cells.resize(84 * 62);
  for (int row = 0; row < mask.rows; ++row)
    for (int column = 0; column < mask.columns; ++column) {
      const double x = (column + 0.5 - 42) / 38, y = (row + 0.5 - 31) / 28;
      const bool hole = column >= 40 && column < 44 && row >= 30 && row < 34;
      const bool tissue = x * x + y * y < 1 && !hole;
      mask.cells[size_t(row) * 84 + size_t(column)] = tissue ? 255 : 0;
      if (tissue) mask.areaPixels += mask.step * mask.step;
    }
  return mask;
}

float madeAttention(size_t gene, TileGrid::Cell cell) {
  return 0.5f + 0.01f * float(cell.column + 10 * cell.row) + 0.001f * float(gene);
}

float madeExpression(size_t gene, TileGrid::Cell cell) {
  return 4.0f + 0.1f * float(cell.row + 7 * cell.column) + float(gene);
}

Prediction madePrediction() {
  const Slide slide = madeSlide();
  Prediction made;
  made.slideFile = slide.file.string();
  made.slideHash = slide.hash;
  made.slideSize = slide.size();
  made.mpp = 0.5;
  made.modelName = "Made model";
  made.modelVersion = "0";
  made.modelStatement = "made by hand for tests, not by learning";
  made.modelHash = std::string(64, 'b');
  made.labelUnit = "log2 expression";
  made.grid.tile = made.grid.stride = kTile;
  made.grid.columns = 10;
  made.grid.rows = 7;
  for (int row = 0; row < 7; ++row)
    for (int column = 0; column < 10; ++column)
      if ((row % 6) || (column % 9)) made.grid.cells.push_back({column, row});
  made.panel.groups = {{"CMS1", "CMS1", 0xFFE69F00, {{"FSCN1"}}},
                       {"CMS2", "CMS2", 0xFF0072B2, {{"CDX2"}}},
                       {"CMS3", "CMS3", 0xFFCC79A7, {{"MUC2"}}},
                       {"CMS4", "CMS4", 0xFF009E73, {{"VIM"}}},
                       {"driver", "Driver genes", 0xFF767676, {{"TP53"}}}};
  made.genes = {gene("FSCN1", 0, 6.31, 84, 0.71), gene("CDX2", 1, 5.2, 41, 0.66),
                gene("MUC2", 2, 3.9, 12, 0.58), gene("VIM", 3, 7.7, 71, 0.74),
                gene("TP53", 4, 6.02, 50, 0.03)};
  std::vector<GeneMap> maps(made.genes.size());
  for (size_t g = 0; g < maps.size(); ++g)
    for (const TileGrid::Cell& cell : made.grid.cells) {
      const float attention = madeAttention(g, cell), expression = madeExpression(g, cell);
      maps[g].attention.push_back(attention);
      maps[g].expression.push_back(expression);
      maps[g].contribution.push_back(attention * (expression - float(made.genes[g].trainingMean)));
    }
  maps[0].hotspots = {rectangle(1, 2, 1, 3, 2), rectangle(2, 7, 3, 2, 2)};
  made.genes[0].hotspots = 2;
  for (const Hotspot& hotspot : maps[0].hotspots) made.genes[0].hotspotMm2 += hotspot.areaMm2;
  made.maps = heldMaps(maps);
  return made;
}

}  // namespace geneglass::testing
