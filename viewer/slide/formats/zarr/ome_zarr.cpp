// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/ome_zarr.h"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "viewer/slide/formats/tiff/tiff_resolution.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr int64_t kMostZarrTile = int64_t{1} << 24;  ///< pixels
constexpr int64_t kMostZarrTiles = int64_t{1} << 28;
constexpr size_t kMostZarrLevels = 64;

const json& partOf(const json& whole, const char* name) {
  static const json none;
  return whole.is_object() && whole.contains(name) ? whole[name] : none;
}

std::string textOf(const json& whole, const char* name) {
  const json& text = partOf(whole, name);
  return text.is_string() ? text.get<std::string>() : "";
}

std::string axisName(const json& axis) {
  return axis.is_string() ? axis.get<std::string>() : textOf(axis, "name");
}

/// Versions 0.1 and 0.2 have five, and say no names.
std::string readAxes(const json& multiscale, size_t dimensions, ZarrAxes& axes) {
  json names = partOf(multiscale, "axes");
  if (!names.is_array()) names = json::array({"t", "c", "z", "y", "x"});
  if (names.size() != dimensions) return "it names other axes than its arrays have";
  bool hasX = false, hasY = false;
  for (size_t i = 0; i < names.size(); ++i) {
    const std::string name = axisName(names[i]);
    if (name == "t")
      axes.t = i;
    else if (name == "c")
      axes.c = i;
    else if (name == "z")
      axes.z = i;
    else if (name == "y")
      axes.y = i, hasY = true;
    else if (name == "x")
      axes.x = i, hasX = true;
    else
      return fmt::format("its axis '{}' is not read", name);
  }
  return hasX && hasY ? "" : "its arrays have no axes x and y";
}

/// Micrometres in the unit of an axis; 0: none is said.
double micrometresIn(const json& multiscale, size_t axis) {
  const json& axes = partOf(multiscale, "axes");
  const std::string unit = axes.is_array() && axis < axes.size() ? textOf(axes[axis], "unit") : "";
  return unit == "micrometer"   ? 1
         : unit == "nanometer"  ? 1e-3
         : unit == "millimeter" ? 1e3
         : unit == "meter"      ? 1e6
                                : 0;
}

/// Of the first transformation that scales; 1 where there is none.
double scaleOf(const json& place, size_t axis) {
  const json& all = partOf(place, "coordinateTransformations");
  for (size_t i = 0; all.is_array() && i < all.size(); ++i) {
    const json& scale = partOf(all[i], "scale");
    if (scale.is_array() && axis < scale.size() && scale[axis].is_number()) return scale[axis].get<double>();
  }
  return 1;
}

std::optional<Mpp> mppOf(const json& multiscale, const json& finest, const ZarrAxes& axes) {
  const auto side = [&](size_t axis) {
    return micrometresIn(multiscale, axis) * scaleOf(finest, axis) * scaleOf(multiscale, axis);
  };
  const Mpp mpp{side(axes.x), side(axes.y)};
  return isPlausiblePixel(mpp.x) && isPlausiblePixel(mpp.y) ? std::optional(mpp) : std::nullopt;
}

std::string addLevel(OmeZarr& found, ZarrArray array) {
  const ZarrAxes& axes = found.axes;
  const Size size{array.shape[axes.x], array.shape[axes.y]}, tile{array.chunk[axes.x], array.chunk[axes.y]};
  if (tile.width > kMostZarrTile / tile.height) return "a chunk of it has more pixels than a tile can have";
  if ((size.width - 1) / tile.width + 1 > kMostZarrTiles / ((size.height - 1) / tile.height + 1))
    return fmt::format("{} x {} pixels in chunks of {} x {} are more than any slide's", size.width,
                       size.height, tile.width, tile.height);
  if (!found.levels.empty()) {
    const ZarrArray& finest = found.levels.front().array;
    const bool fits = isSmallerCopy(size, found.levels.front().level.size) &&
                      size.width < found.levels.back().level.size.width && array.kind == finest.kind &&
                      array.bytes == finest.bytes;
    for (const auto& axis : {axes.t, axes.c, axes.z})
      if (!fits || (axis && array.shape[*axis] != finest.shape[*axis])) return {};
  }
  const double downsample =
      found.levels.empty()
          ? 1
          : static_cast<double>(found.levels.front().level.size.width) / static_cast<double>(size.width);
  found.levels.push_back({std::move(array), {size, downsample, tile}});
  return {};
}

std::string readLevels(OmeZarr& found, const json& multiscale) {
  const json& datasets = partOf(multiscale, "datasets");
  if (!datasets.is_array() || datasets.empty() || datasets.size() > kMostZarrLevels)
    return "it lists no levels";
  for (const json& dataset : datasets) {
    const std::filesystem::path path = std::filesystem::path(textOf(dataset, "path")).lexically_normal();
    if (path.empty() || path.is_absolute() || *path.begin() == "..")
      return "it lists a level outside its folder";
    Result<ZarrArray> array = readZarrArray(found.folder / path);
    if (!array) return std::move(array.error().sentence);
    if (found.levels.empty()) {
      if (std::string reason = readAxes(multiscale, array->shape.size(), found.axes); !reason.empty())
        return reason;
    } else if (array->shape.size() != found.levels.front().array.shape.size()) {
      return "its levels have not the same axes";
    }
    if (std::string reason = addLevel(found, std::move(*array)); !reason.empty()) return reason;
  }
  found.mpp = mppOf(multiscale, datasets[0], found.axes);
  return {};
}

/// By OMERO's words, where they are there.
void readChannels(OmeZarr& found, const json& attributes) {
  const ZarrArray& finest = found.levels.front().array;
  const auto count = static_cast<size_t>(found.axes.c ? finest.shape[*found.axes.c] : 1);
  const json& words = partOf(partOf(attributes, "omero"), "channels");
  const bool isSaid = words.is_array() && words.size() == count;
  const bool isBytes = count == 3 && finest.kind == 'u' && finest.bytes == 1;
  constexpr std::array kColours{"FF0000", "00FF00", "0000FF"};
  found.isColour = isBytes;
  for (size_t i = 0; isBytes && isSaid && i < count; ++i)
    found.isColour &= textOf(words[i], "color") == kColours[i];
  found.channels = unnamedChannels(count, found.isColour);
  if (found.isColour && !isSaid)
    found.note += "Its three channels of bytes are taken for red, green and blue. ";
  for (size_t i = 0; isSaid && i < count; ++i) {
    FoundChannel& own = found.channels[i];
    if (const std::string label = textOf(words[i], "label"); !label.empty()) own.channel.name = label;
    if (const std::string colour = textOf(words[i], "color"); colour.size() == 6)
      own.channel.colour = static_cast<uint32_t>(std::strtoul(colour.c_str(), nullptr, 16)) & 0xffffff;
    const json& window = partOf(words[i], "window");
    const json &start = partOf(window, "start"), &end = partOf(window, "end");
    own.hasRange = start.is_number() && end.is_number() && end.get<double>() > start.get<double>();
    if (!own.hasRange) continue;
    own.channel.low = start.get<double>();
    own.channel.high = end.get<double>();
  }
}

void choosePlane(OmeZarr& found) {
  const ZarrArray& finest = found.levels.front().array;
  if (found.axes.t) found.note += choiceOf("Time", 0, static_cast<size_t>(finest.shape[*found.axes.t]));
  if (!found.axes.z) return;
  found.plane = finest.shape[*found.axes.z] / 2;
  found.note +=
      choiceOf("Plane", static_cast<size_t>(found.plane), static_cast<size_t>(finest.shape[*found.axes.z]));
}

/// Of the folder, or of the first picture in one that 'bioformats2raw' wrote.
Result<std::optional<json>> attributesOf(OmeZarr& found) {
  Result<std::optional<json>> own = readZarrJson(found.folder / ".zattrs");
  if (!own || !*own) return own;
  if (partOf(**own, "plate").is_object())
    return fail("it is a plate of many wells: open the picture in one of them");
  if (partOf(**own, "multiscales").is_array() || !partOf(**own, "bioformats2raw.layout").is_number())
    return own;
  found.folder /= "0";
  std::error_code ignored;
  if (std::filesystem::exists(found.folder.parent_path() / "1" / ".zattrs", ignored))
    found.note += "The first of its pictures is shown. ";
  return readZarrJson(found.folder / ".zattrs");
}

bool isZarrFolder(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder / ".zattrs", ignored) ||
         std::filesystem::exists(folder / ".zgroup", ignored) ||
         std::filesystem::exists(folder / ".zarray", ignored);
}

}  // namespace

Result<std::optional<OmeZarr>> readOmeZarr(const std::filesystem::path& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder / "zarr.json", ignored))
    return fail("it is a Zarr of version 3, which is not read, only 2 (OME-Zarr 0.4)");
  if (!isZarrFolder(folder)) return std::nullopt;
  OmeZarr found;
  found.folder = folder;
  const Result<std::optional<json>> attributes = attributesOf(found);
  if (!attributes) return tl::unexpected(attributes.error());
  const json none, &told = *attributes ? **attributes : none, &multiscales = partOf(told, "multiscales");
  if (!multiscales.is_array() || multiscales.empty())
    return fail("it is a folder of Zarr that holds no OME-Zarr picture");
  if (std::string reason = readLevels(found, multiscales[0]); !reason.empty()) return fail(std::move(reason));
  const ZarrArray& finest = found.levels.front().array;
  if (found.axes.c && finest.shape[*found.axes.c] > static_cast<int64_t>(kMostChannels))
    return fail(fmt::format("it says it has more than {} channels", kMostChannels));
  readChannels(found, **attributes);
  choosePlane(found);
  return found;
}

}  // namespace geneglass
