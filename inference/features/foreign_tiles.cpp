// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/foreign_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace geneglass {
namespace {

std::vector<double> numbersOf(const H5::H5Object& at, const std::string& name) {
  if (!at.attrExists(name)) return {};
  const H5::Attribute attribute = at.openAttribute(name);
  const H5T_class_t kind = attribute.getTypeClass();
  const hssize_t count = attribute.getSpace().getSimpleExtentNpoints();
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || count < 1 || count > 16) return {};
  if (!holdsItsBits(attribute.getDataType())) return {};
  std::vector<double> values(static_cast<size_t>(count));
  attribute.read(H5::PredType::NATIVE_DOUBLE, values.data());
  if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); }))
    throw H5::AttributeIException("read", fmt::format("its '{}' is no finite number", name));
  return values;
}

double firstOf(const H5::H5Object& at, const std::string& name, double otherwise) {
  const std::vector<double> values = numbersOf(at, name);
  return values.empty() ? otherwise : values.front();
}

bool isOneOf(const std::string& text, std::initializer_list<const char*> texts) {
  return std::ranges::find(texts, text) != texts.end();
}

bool isMicrometre(const std::string& unit) {
  return isOneOf(unit, {"um", "\u00b5m", "\u03bcm", "micrometer", "micrometre", "micron", "microns"});
}

/// What the file calls the unit of its places; STAMP's tile_size_um alone says it too.
Result<bool> placesInMicrometres(const H5::H5File& file, const H5::DataSet& coords) {
  const std::string unit = readAttribute(file, "unit", readAttribute(coords, "unit", std::string()));
  if (isMicrometre(unit)) return true;
  if (!unit.empty() && !isOneOf(unit, {"px", "pixel", "pixels"}))
    return fail(fmt::format("its tiles lie in '{}', a unit that is not known here", unit));
  if (!unit.empty()) return false;
  if (file.attrExists("tile_size_um")) return true;
  if (file.attrExists("extractor") && !file.attrExists("tile_size_px") &&
      !coords.attrExists("patch_size_level0"))
    return fail("it does not say in which unit its tiles lie, as bags of STAMP 1 do not");
  return false;
}

/// CLAM's patch is counted in pixels of its level, whose downsample stands beside it.
Result<double> clamTile(const H5::DataSet& coords) {
  const double side = firstOf(coords, "patch_size", 0), level = firstOf(coords, "patch_level", -1);
  const double downsample = firstOf(coords, "downsample", level == 0 ? 1 : 0);
  if (side > 0 && level > 0 && !(downsample > 0))
    return fail(fmt::format(
        "its tiles are {} pixels wide at level {}, and how much smaller that is is not said", side, level));
  return side * downsample;
}

int64_t pixels(const H5::DataSet& coords, const char* name) {
  const double value = firstOf(coords, name, 0);
  return value >= 1 && value < 1e9 ? static_cast<int64_t>(value) : 0;
}

/// TRIDENT says the slide's size, CLAM that of the level its tiles are of.
void readSlideSize(const H5::DataSet& coords, ForeignTiles& tiles) {
  tiles.slideSize = {pixels(coords, "level0_width"), pixels(coords, "level0_height")};
  if (tiles.slideSize != Size{}) return;
  const std::vector<double> level = numbersOf(coords, "level_dim"),
                            downsample = numbersOf(coords, "downsample");
  if (level.size() != 2 || downsample.empty()) return;
  const Size size{std::llround(level[0] * downsample.front()), std::llround(level[1] * downsample.back())};
  if (size.width < 1 || size.height < 1 || size.width > 1000000000 || size.height > 1000000000) return;
  tiles.slideSize = size;
  tiles.slideSizeWithin =
      firstOf(coords, "patch_level", -1) == 0 ? 0 : int64_t(std::ceil(4 * downsample.front()));
}

}  // namespace

Result<ForeignTiles> foreignTilesOf(const H5::H5File& file, const H5::DataSet& coords) {
  ForeignTiles tiles;
  const Result<bool> micrometres = placesInMicrometres(file, coords);
  if (!micrometres) return tl::unexpected(micrometres.error());
  tiles.inMicrometres = *micrometres;
  const Result<double> clam = clamTile(coords);
  if (tiles.inMicrometres)
    tiles.tile = firstOf(file, "tile_size_um", firstOf(file, "tile_size", 0));
  else if (const double level0 = firstOf(coords, "patch_size_level0", 0); level0 > 0)
    tiles.tile = level0;
  else if (clam)
    tiles.tile = *clam;
  else
    return tl::unexpected(clam.error());
  if (!(tiles.tile > 0 && std::isfinite(tiles.tile))) tiles.tile = 0;
  tiles.slideName = readAttribute(coords, "name", std::string());
  readSlideSize(coords, tiles);
  return tiles;
}

}  // namespace geneglass
