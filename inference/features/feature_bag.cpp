// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_bag.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "inference/features/bag_facts.h"
#include "inference/tissue/tile_state.h"
#include "viewer/foundation/hdf5_access.h"
#include "viewer/foundation/result.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
}

/// The smallest step between different positions of one axis: the stride of a bag that does not name one.
int smallestStep(std::vector<double> positions) {
  std::sort(positions.begin(), positions.end());
  double step = 0;
  for (size_t i = 1; i < positions.size(); ++i) {
    const double difference = positions[i] - positions[i - 1];
    if (difference >= 1 && (step == 0 || difference < step)) step = difference;
  }
  return static_cast<int>(step);
}

int strideOf(const std::vector<double>& coords) {
  std::vector<double> x, y;
  for (size_t i = 0; i + 1 < coords.size(); i += 2) {
    x.push_back(coords[i]);
    y.push_back(coords[i + 1]);
  }
  const int across = smallestStep(std::move(x)), down = smallestStep(std::move(y));
  return across == 0 || down == 0 ? std::max(across, down) : std::min(across, down);
}

/// Upper left corners onto cells; other tools may begin their grid anywhere, but its steps must be whole.
Result<void> placeCells(const std::filesystem::path& file, const std::vector<double>& coords,
                        TileGrid& grid) {
  for (size_t i = 0; i + 1 < coords.size(); i += 2) {
    const double column = coords[i] / grid.stride, row = coords[i + 1] / grid.stride;
    if (!(column >= 0 && row >= 0 && column < 1e6 && row < 1e6) || column != std::floor(column) ||
        row != std::floor(row))
      return unreadable(
          file, fmt::format("the position ({}, {}) of tile {} does not lie on a grid of {} pixels", coords[i],
                            coords[i + 1], i / 2, grid.stride));
    grid.cells.push_back({static_cast<int>(column), static_cast<int>(row)});
    grid.columns = std::max(grid.columns, static_cast<int>(column) + 1);
    grid.rows = std::max(grid.rows, static_cast<int>(row) + 1);
  }
  return {};
}

Result<void> readGrid(const std::filesystem::path& file, H5::H5File& opened, FeatureBag& bag) {
  if (!opened.nameExists("coords"))
    return unreadable(file, "it holds no 'coords', the positions of its tiles");
  const H5::DataSet dataset = opened.openDataSet("coords");
  const std::vector<hsize_t> shape = shapeOf(dataset);
  if (shape.size() != 2 || shape[1] != 2) return unreadable(file, "its 'coords' are not N x 2");
  if (shape[0] != bag.features.rows)
    return unreadable(file,
                      fmt::format("it holds {} features but {} positions", bag.features.rows, shape[0]));
  const std::vector<double> coords = readDoubles(dataset);
  const auto fact = [&](const char* name, double otherwise) {
    return readAttribute(opened, name, readAttribute(dataset, name, otherwise));
  };
  bag.grid.stride = static_cast<int>(fact("stride", strideOf(coords)));
  bag.grid.tile = static_cast<int>(fact("tile", bag.grid.stride));
  bag.grid.columns = static_cast<int>(fact("columns", 0));
  bag.grid.rows = static_cast<int>(fact("rows", 0));
  if (bag.grid.stride <= 0 || bag.grid.tile <= 0) return unreadable(file, "the size of its tiles is unknown");
  return placeCells(file, coords, bag.grid);
}

/// Of a bag that is still growing: the tiles that were computed.
void keepUsable(H5::H5File& opened, FeatureBag& bag) {
  const std::vector<float> states = readFloats(opened.openDataSet("state"));
  size_t kept = 0;
  for (size_t i = 0; i < std::min(states.size(), bag.features.rows); ++i) {
    if (states[i] != static_cast<float>(TileState::Usable)) continue;
    std::copy_n(bag.features.row(i).begin(), bag.features.columns, bag.features.row(kept).begin());
    bag.grid.cells[kept++] = bag.grid.cells[i];
  }
  bag.grid.cells.resize(kept);
  bag.features.rows = kept;
  bag.features.values.resize(kept * bag.features.columns);
}

Result<void> readWhole(const std::filesystem::path& file, H5::H5File& opened, FeatureBag& bag) {
  const char* name = opened.nameExists("features") ? "features" : "feats";  // as STAMP names them
  if (!opened.nameExists(name)) return unreadable(file, "it holds no 'features'");
  const H5::DataSet dataset = opened.openDataSet(name);
  const std::vector<hsize_t> shape = shapeOf(dataset);
  if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
    return unreadable(file, "its 'features' are not N x D");
  bag.features.rows = shape[0];
  bag.features.columns = shape[1];
  bag.features.values = readFloats(dataset);
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(bag.features.values.begin(), bag.features.values.end(), finite))
    return unreadable(file, "some of its features are not finite numbers");
  bag.slideHash = readAttribute(opened, "slide_hash", std::string());
  bag.encoderHash = readAttribute(opened, "encoder_hash", std::string());
  bag.mpp = readAttribute(opened, "mpp", 0.0);
  bag.damagedTiles = static_cast<int>(readAttribute(opened, "damaged_tiles", 0.0));
  Result<void> grid = readGrid(file, opened, bag);
  if (grid && opened.nameExists("state")) keepUsable(opened, bag);
  return grid;
}

}  // namespace

void writeBagFacts(H5::H5File& file, const FeatureBag& bag) {
  writeIntegers(file, "coords", {bag.grid.count(), 2}, bag.grid.corners());
  writeAttribute(file, "slide_hash", bag.slideHash);
  writeAttribute(file, "encoder_hash", bag.encoderHash);
  writeAttribute(file, "mpp", bag.mpp);
  writeAttribute(file, "tile", bag.grid.tile);
  writeAttribute(file, "stride", bag.grid.stride);
  writeAttribute(file, "columns", bag.grid.columns);
  writeAttribute(file, "rows", bag.grid.rows);
}

Result<void> writeBag(const std::filesystem::path& file, const FeatureBag& bag) {
  if (bag.features.rows != bag.grid.cells.size())
    return fail(fmt::format("Cannot write '{}': {} rows of features for {} tiles.", file.string(),
                            bag.features.rows, bag.grid.cells.size()));
  return writeHdf5(file, [&](H5::H5File& opened) {
    writeFloats(opened, "features", {bag.features.rows, bag.features.columns}, bag.features.values);
    writeBagFacts(opened, bag);
    writeAttribute(opened, "damaged_tiles", bag.damagedTiles);
  });
}

Result<FeatureBag> readBag(const std::filesystem::path& file) {
  FeatureBag bag;
  const Result<void> outcome =
      readHdf5(file, [&](H5::H5File& opened) { return readWhole(file, opened, bag); });
  if (!outcome) return tl::unexpected(outcome.error());
  return bag;
}

}  // namespace geneglass
