// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/spot_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "inference/learning/counts/array_position.h"
#include "inference/learning/counts/parquet_table.h"
#include "inference/learning/counts/spot_table.h"
#include "inference/learning/counts/text_rows.h"
#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

std::optional<Point> pointIn(std::string_view x, std::string_view y) {
  const auto across = numberOf(std::string(x)), down = numberOf(std::string(y));
  return across && down ? std::optional(Point{*across, *down}) : std::nullopt;
}

/// Of a spot in pixels of the whole picture, from the file beside the places; 0 where there is none.
Result<double> readDiameter(const std::filesystem::path& places) {
  const std::string name = places.filename().string();
  const std::string prefix = name.substr(0, name.rfind("tissue_positions"));
  for (const char* packed : {"", ".gz"}) {
    const std::filesystem::path file = places.parent_path() / (prefix + "scalefactors_json.json" + packed);
    std::error_code error;
    if (!std::filesystem::exists(file, error)) continue;
    Result<TextRows> lines = TextRows::open(file);
    if (!lines) return tl::unexpected(lines.error());
    std::string text;
    for (;;) {
      const auto line = lines->next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) break;
      text.append(**line);
      if (text.size() > kSmallJson.bytes) break;
    }
    const Result<nlohmann::json> facts = parseJson(text, kSmallJson);
    if (!facts) return refuseSpots(file, "it " + facts.error().sentence);
    const bool has = facts->is_object() && facts->contains("spot_diameter_fullres");
    if (!has || !(*facts)["spot_diameter_fullres"].is_number())
      return refuseSpots(file, "it has no number 'spot_diameter_fullres'");
    const double diameter = (*facts)["spot_diameter_fullres"].get<double>();
    if (!(diameter > 0)) return refuseSpots(file, fmt::format("a spot cannot be {} pixels wide", diameter));
    return diameter;
  }
  return 0.0;
}

/// barcode, in_tissue, array_row, array_col, pxl_row_in_fullres, pxl_col_in_fullres
Result<void> addBarcode(const TextRows& rows, const std::vector<std::string>& cells, SpotPlaces& places) {
  if (cells.size() != 6)
    return rows.refuseRow(
        fmt::format("{} cells where tissue_positions has 6, separated by commas", cells.size()));
  if (cells[0].empty()) return rows.refuseRow("the spot has no barcode");
  if (cells[1] != "0" && cells[1] != "1")
    return rows.refuseRow(
        fmt::format("'{}' does not say whether the spot is under tissue (0 or 1)", cells[1]));
  const std::optional<Point> place = pointIn(cells[5], cells[4]);
  if (!place) return rows.refuseRow(fmt::format("'{}', '{}' is not a place in pixels", cells[4], cells[5]));
  if (!places.add(cells[0], cells[1] == "1" ? place : std::nullopt))
    return rows.refuseRow(fmt::format("the spot '{}' is there already", cells[0]));
  return {};
}

Result<SpotPlaces> readSpaceRangerPlaces(TextRows rows, std::string first, SpotPlaces places) {
  places.tellsTissue = true;
  for (std::optional<std::string> line = std::move(first); line;) {
    const std::vector<std::string> cells = cellsOf(*line);
    if (rows.row() > 1 || cells[0] != "barcode")
      if (Result<void> added = addBarcode(rows, cells, places); !added) return tl::unexpected(added.error());
    const auto next = rows.next();
    if (!next) return tl::unexpected(next.error());
    line = *next ? std::optional<std::string>(**next) : std::nullopt;
  }
  if (places.empty()) return rows.refuse("it has no rows");
  const Result<double> diameter = readDiameter(places.file);
  if (!diameter) return tl::unexpected(diameter.error());
  places.diameter = *diameter;
  return places;
}

/// The same columns, of a table in Parquet.
Result<SpotPlaces> readParquetPlaces(const std::filesystem::path& file) {
  const auto columns =
      readParquet(file, {"barcode", "in_tissue", "pxl_row_in_fullres", "pxl_col_in_fullres"});
  if (!columns) return tl::unexpected(columns.error());
  const std::vector<std::string>& barcodes = (*columns)[0].texts;
  const std::vector<double>&tissue = (*columns)[1].numbers, &y = (*columns)[2].numbers,
        &x = (*columns)[3].numbers;
  for (const auto* numbers : {&tissue, &y, &x})
    if (barcodes.empty() || numbers->size() != barcodes.size())
      return refuseSpots(file, "its columns are of other kinds, or of different length");
  SpotPlaces places;
  places.file = file;
  places.tellsTissue = true;
  for (size_t row = 0; row < barcodes.size(); ++row) {
    if (!std::isfinite(x[row]) || !std::isfinite(y[row]))
      return refuseSpots(file, fmt::format("the place of '{}' is no number", barcodes[row]));
    const Point place{double(float(x[row])), double(float(y[row]))};  // as a table of text is read
    if (!places.add(barcodes[row], tissue[row] != 0 ? std::optional(place) : std::nullopt))
      return refuseSpots(file, fmt::format("the spot '{}' is there already", barcodes[row]));
  }
  const Result<double> diameter = readDiameter(file);
  if (!diameter) return tl::unexpected(diameter.error());
  places.diameter = *diameter;
  return places;
}

/// Reads x, y, pixel_x, pixel_y by their columns.
class ArrayRows final {
 public:
  ArrayRows(TextRows rows, SpotPlaces places) : m_rows(std::move(rows)), m_places(std::move(places)) {}

  Result<SpotPlaces> read(std::string_view first) {
    m_header = cellsOfLine(first);
    for (const char* name : {"x", "y", "pixel_x", "pixel_y"})
      if (!columnOf(name)) return m_rows.refuseRow(fmt::format("there is no column '{}'", name));
    for (;;) {
      const auto line = m_rows.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) return std::move(m_places);
      if (Result<void> added = addRow(cellsOfLine(**line)); !added) return tl::unexpected(added.error());
    }
  }

 private:
  static std::vector<std::string> cellsOfLine(std::string_view line) {
    const auto cells = cellsBetween('\t', line);
    std::vector<std::string> texts(cells.begin(), cells.end());
    while (texts.size() > 1 && texts.back().empty()) texts.pop_back();
    return texts;
  }

  std::optional<size_t> columnOf(const char* name) const {
    const auto found = std::ranges::find(m_header, name);
    return found == m_header.end() ? std::nullopt : std::optional(size_t(found - m_header.begin()));
  }

  Result<void> addRow(const std::vector<std::string>& cells) {
    if (cells.size() != m_header.size())
      return m_rows.refuseRow(fmt::format("{} cells where the header has {}", cells.size(), m_header.size()));
    const auto pointOf = [&](const char* x, const char* y) -> std::optional<Point> {
      const auto first = columnOf(x), second = columnOf(y);
      return first && second ? pointIn(cells[*first], cells[*second]) : std::nullopt;
    };
    const std::optional<Point> position = pointOf("x", "y"), place = pointOf("pixel_x", "pixel_y");
    if (!place) return m_rows.refuseRow("pixel_x or pixel_y is not a number");
    if (!position) return m_rows.refuseRow("x or y is not a number");
    if (!m_places.add(*position, pointOf("new_x", "new_y"), place))
      return m_rows.refuseRow(fmt::format("the spot '{}' is there already", nameOf(*position)));
    return {};
  }

  TextRows m_rows;
  SpotPlaces m_places;
  std::vector<std::string> m_header;
};

}  // namespace

SpotPlaces::Hundredths SpotPlaces::hundredthsOf(const Point& position) {
  return {std::lround(position.x * 100), std::lround(position.y * 100)};
}

bool SpotPlaces::add(const std::string& barcode, const std::optional<Point>& place) {
  return m_byName.emplace(barcode, place).second;
}

bool SpotPlaces::add(const Point& position, const std::optional<Point>& found,
                     const std::optional<Point>& place) {
  if (found) m_byFound.emplace(hundredthsOf(*found), place);
  return add(nameOf(position), place);
}

const std::optional<Point>* SpotPlaces::find(const std::string& name) const {
  if (const auto known = m_byName.find(name); known != m_byName.end()) return &known->second;
  const std::optional<Point> position = arrayPosition(name);
  if (!position || tellsTissue) return nullptr;
  if (const auto known = m_byFound.find(hundredthsOf(*position)); known != m_byFound.end())
    return &known->second;
  const bool whole = position->x == std::round(position->x) && position->y == std::round(position->y);
  if (!m_byFound.empty() && !whole) return nullptr;
  const auto known = m_byName.find(nameOf({std::round(position->x), std::round(position->y)}));
  return known == m_byName.end() ? nullptr : &known->second;
}

Result<SpotPlaces> readPlaces(const std::filesystem::path& file) {
  if (file.extension() == ".parquet") return readParquetPlaces(file);
  Result<TextRows> rows = TextRows::open(file);
  if (!rows) return tl::unexpected(rows.error());
  SpotPlaces places;
  places.file = file;
  const auto first = rows->next();
  if (!first) return tl::unexpected(first.error());
  const bool spaceRanger = file.filename().string().find("tissue_positions") != std::string::npos;
  if (!*first && !spaceRanger) return rows->refuse("there are only blank lines");
  if (!*first) return rows->refuse("it has no rows");
  const std::string header(**first);
  if (spaceRanger || header.find(',') != std::string::npos)
    return readSpaceRangerPlaces(std::move(*rows), header, std::move(places));
  return ArrayRows(std::move(*rows), std::move(places)).read(header);
}

}  // namespace geneglass
