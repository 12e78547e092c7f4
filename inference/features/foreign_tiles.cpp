// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/foreign_tiles.h"

#include <array>
#include <cmath>

namespace geneglass {
namespace {

double firstOf(const H5::H5Object& at, const std::string& name, double otherwise) {
  if (!at.attrExists(name)) return otherwise;
  const H5::Attribute attribute = at.openAttribute(name);
  const H5T_class_t kind = attribute.getTypeClass();
  const hssize_t count = attribute.getSpace().getSimpleExtentNpoints();
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || count < 1 || count > 16) return otherwise;
  std::array<double, 16> values{};
  attribute.read(H5::PredType::NATIVE_DOUBLE, values.data());
  return values[0];
}

bool isMicrometre(const std::string& unit) {
  return unit == "um" || unit == "\u00b5m" || unit == "\u03bcm" || unit == "micrometer" || unit == "micron";
}

/// CLAM's patch is counted in pixels of its level, whose downsample stands beside it.
double clamTile(const H5::DataSet& coords) {
  const bool isFinest = firstOf(coords, "patch_level", -1) == 0;
  return firstOf(coords, "patch_size", 0) * firstOf(coords, "downsample", isFinest ? 1 : 0);
}

int64_t pixels(const H5::DataSet& coords, const char* name) {
  const double value = firstOf(coords, name, 0);
  return value >= 1 && value < 1e9 ? static_cast<int64_t>(value) : 0;
}

}  // namespace

ForeignTiles foreignTilesOf(const H5::H5File& file, const H5::DataSet& coords) {
  ForeignTiles tiles;
  tiles.inMicrometres = isMicrometre(readAttribute(file, "unit", std::string()));
  if (tiles.inMicrometres)
    tiles.tile = firstOf(file, "tile_size_um", firstOf(file, "tile_size", 0));
  else
    tiles.tile = firstOf(coords, "patch_size_level0", clamTile(coords));
  if (!(tiles.tile > 0 && std::isfinite(tiles.tile))) tiles.tile = 0;
  tiles.slideName = readAttribute(coords, "name", std::string());
  tiles.slideSize = {pixels(coords, "level0_width"), pixels(coords, "level0_height")};
  return tiles;
}

}  // namespace geneglass
