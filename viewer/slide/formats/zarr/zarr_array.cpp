// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/zarr_array.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/whole_number.h"
#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {
namespace {

constexpr size_t kMostDimensionsOfZarr = 8;
constexpr int64_t kMostChunkBytes = int64_t{1} << 28;

/// Nothing where it is no list of whole numbers that are at least 1.
std::optional<std::vector<int64_t>> sidesOf(const nlohmann::json& list) {
  if (!list.is_array() || list.empty() || list.size() > kMostDimensionsOfZarr) return {};
  std::vector<int64_t> sides;
  for (const auto& side : list) {
    if (!side.is_number_integer()) return {};
    const auto number = side.get<int64_t>();
    if (number < 1 || number > int64_t{1} << 40) return {};
    sides.push_back(number);
  }
  return sides;
}

/// "<u2", "|u1", ">f4".
std::string readType(const nlohmann::json& type, ZarrArray& array) {
  const std::string text = type.is_string() ? type.get<std::string>() : "";
  const bool isKnown = text.size() == 3 && std::string_view("<>|").find(text[0]) != std::string_view::npos &&
                       (text[1] == 'u' || text[1] == 'i' || text[1] == 'f') &&
                       (text[2] == '1' || text[2] == '2' || text[2] == '4') &&
                       (text[1] != 'f' || text[2] == '4') && (text[0] != '|' || text[2] == '1');
  if (!isKnown)
    return fmt::format("its numbers are of a type that is not read ({})", text.empty() ? type.dump() : text);
  array.isBigEndian = text[0] == '>';
  array.kind = text[1];
  array.bytes = text[2] - '0';
  return {};
}

std::string readPacking(const nlohmann::json& compressor, ZarrArray& array) {
  if (compressor.is_null()) return {};
  const std::string name = compressor.is_object() ? compressor.value("id", std::string()) : std::string();
  if (name == "zlib")
    array.packing = ZarrPacking::Zlib;
  else if (name == "gzip")
    array.packing = ZarrPacking::Gzip;
  else if (name == "zstd")
    array.packing = ZarrPacking::Zstd;
  else if (name == "blosc")
    array.packing = ZarrPacking::Blosc;
  else
    return fmt::format("its chunks are packed in a way that is not read ({})",
                       name.empty() ? "unnamed" : name);
  return {};
}

double fillOf(const nlohmann::json& fill) {
  if (fill.is_number()) return fill.get<double>();
  if (!fill.is_string()) return 0;
  const auto text = fill.get<std::string>();
  const double endless = std::numeric_limits<double>::infinity();
  return text == "NaN" ? std::nan("") : text == "Infinity" ? endless : text == "-Infinity" ? -endless : 0;
}

std::string readFacts(const nlohmann::json& facts, ZarrArray& array) {
  if (!wholeNumberOf(facts.value("zarr_format", nlohmann::json()), 2, 2))
    return "its '.zarray' is not of Zarr 2";
  auto shape = sidesOf(facts.value("shape", nlohmann::json()));
  auto chunk = sidesOf(facts.value("chunks", nlohmann::json()));
  if (!shape || !chunk || shape->size() != chunk->size()) return "its '.zarray' says no sizes";
  array.shape = std::move(*shape);
  array.chunk = std::move(*chunk);
  if (facts.value("order", std::string("C")) != "C")
    return "its numbers lie in the order of Fortran, which is not read";
  const nlohmann::json filters = facts.value("filters", nlohmann::json());
  if (!filters.is_null() && !filters.empty()) return "its chunks are filtered, which is not read";
  if (std::string reason = readType(facts.value("dtype", nlohmann::json()), array); !reason.empty())
    return reason;
  int64_t room = kMostChunkBytes / array.bytes;
  for (const int64_t side : array.chunk) room /= side;
  if (room < 1) return "a chunk of it does not fit into memory";
  const auto separator = facts.value("dimension_separator", std::string("."));
  if (separator != "." && separator != "/") return "its chunks are named in a way that is not known";
  array.separator = separator[0];
  array.fill = fillOf(facts.value("fill_value", nlohmann::json()));
  return readPacking(facts.value("compressor", nlohmann::json()), array);
}

}  // namespace

size_t ZarrArray::chunkBytes() const {
  auto count = static_cast<size_t>(bytes);
  for (const int64_t side : chunk) count *= static_cast<size_t>(side);
  return count;
}

std::filesystem::path ZarrArray::fileOf(std::span<const int64_t> index) const {
  std::string name;
  for (const int64_t number : index)
    name += (name.empty() ? "" : std::string(1, separator)) + std::to_string(number);
  return folder / name;
}

Result<std::optional<nlohmann::json>> readZarrJson(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
  const PositionedFile opened(file);
  const std::string name = file.filename().string();
  if (!opened.isOpen()) return fail(fmt::format("its '{}' cannot be read: {}", name, opened.refusal()));
  if (opened.size() > kSmallJson.bytes) return fail(fmt::format("its '{}' is too long", name));
  std::string text(opened.size(), '\0');
  if (std::string reason = opened.read(0, std::span(reinterpret_cast<uint8_t*>(text.data()), text.size()));
      !reason.empty())
    return fail(fmt::format("its '{}' cannot be read: {}", name, reason));
  Result<nlohmann::json> parsed = parseJson(text, kSmallJson);
  if (!parsed) return fail(fmt::format("its '{}' {}", name, parsed.error().sentence));
  if (!parsed->is_object()) return fail(fmt::format("its '{}' is damaged", name));
  return std::optional(std::move(*parsed));
}

Result<ZarrArray> readZarrArray(const std::filesystem::path& folder) {
  const Result<std::optional<nlohmann::json>> facts = readZarrJson(folder / ".zarray");
  if (!facts) return tl::unexpected(facts.error());
  if (!*facts) return fail(fmt::format("its level '{}' is not there", folder.filename().string()));
  ZarrArray array;
  array.folder = folder;
  try {
    if (std::string reason = readFacts(**facts, array); !reason.empty()) return fail(std::move(reason));
  } catch (const nlohmann::json::exception&) {
    return fail("its '.zarray' is damaged");
  }
  return array;
}

std::string readZarrChunk(const ZarrArray& array, std::span<const int64_t> index,
                          std::vector<uint8_t>& bytes) {
  thread_local std::vector<uint8_t> packed;
  bytes.clear();
  const PositionedFile file(array.fileOf(index));
  std::error_code ignored;
  if (!file.isOpen()) return std::filesystem::exists(array.fileOf(index), ignored) ? file.refusal() : "";
  const size_t count = array.chunkBytes();
  if (file.size() > 2 * static_cast<uint64_t>(count) + 65536)
    return "its chunk is longer than its numbers can be";
  packed.resize(file.size());
  if (std::string reason = file.read(0, packed); !reason.empty()) return reason;
  bytes.resize(count);
  return unpackZarr(array.packing, packed, bytes);
}

}  // namespace geneglass
