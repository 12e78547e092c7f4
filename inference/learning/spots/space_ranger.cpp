// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/space_ranger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "inference/learning/spots/hdf5_series.h"
#include "viewer/foundation/csv_line.h"
#include "viewer/foundation/hdf5_access.h"

namespace geneglass {
namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the spots in '{}': {}.", file.string(), reason));
}

/// What the file says of its matrix before the counts: barcode b has those of [starts[b], starts[b + 1]).
struct Columns {
  std::vector<std::string> barcodes;
  std::vector<std::string> symbols;  ///< of the features
  std::vector<std::string> kinds;    ///< of the features: "Gene Expression", ...; empty: all are genes
  std::vector<double> starts;
  std::vector<double> shape;  ///< features, barcodes
};

Result<Columns> readColumns(const std::filesystem::path& file, H5::H5File& opened) {
  const auto has = [&](const char* name) { return H5Lexists(opened.getId(), name, H5P_DEFAULT) > 0; };
  if (!has("matrix")) return refuse(file, "it has no 'matrix', as Space Ranger's tables of counts have");
  if (!has("matrix/features")) return refuse(file, "it has no 'matrix/features'");
  for (const char* name : {"matrix/barcodes", "matrix/features/name", "matrix/indptr", "matrix/indices",
                           "matrix/data", "matrix/shape"})
    if (!has(name)) return refuse(file, fmt::format("it has no '{}'", name));
  Columns columns;
  columns.barcodes = readStrings(opened.openDataSet("matrix/barcodes"));
  columns.symbols = readStrings(opened.openDataSet("matrix/features/name"));
  if (has("matrix/features/feature_type"))
    columns.kinds = readStrings(opened.openDataSet("matrix/features/feature_type"));
  columns.starts = readDoubles(opened.openDataSet("matrix/indptr"));
  columns.shape = readDoubles(opened.openDataSet("matrix/shape"));
  return columns;
}

/// Why the parts of the matrix do not fit each other; empty where they do.
std::string misfitOf(const Columns& columns, const Hdf5Series& indices, const Hdf5Series& data) {
  const size_t features = columns.symbols.size(), barcodes = columns.barcodes.size();
  constexpr size_t kMost = size_t(1) << 24;
  if (columns.shape != std::vector{double(features), double(barcodes)})
    return fmt::format("its shape is not that of its {} features and {} barcodes", features, barcodes);
  if (features >= kMost) return fmt::format("it has {} features", features);
  if (!columns.kinds.empty() && columns.kinds.size() != features) return "a feature has no type";
  if (columns.starts.size() != barcodes + 1) return "'matrix/indptr' does not fit its barcodes";
  if (indices.size() != data.size()) return "'matrix/indices' and 'matrix/data' are not equally long";
  double last = 0;
  for (const double start : columns.starts) {
    if (!(start >= last)) return "'matrix/indptr' goes back";
    last = start;
  }
  if (columns.starts.front() != 0 || last != double(data.size()))
    return "'matrix/indptr' does not fit 'matrix/data'";
  return "";
}

/// Which column of the table each feature adds to; none for what is no gene.
std::vector<std::optional<uint32_t>> nameGenes(const Columns& columns, SpotTable& table) {
  std::unordered_map<std::string, uint32_t> places;
  std::vector<std::optional<uint32_t>> columnOfFeature(columns.symbols.size());
  for (size_t feature = 0; feature < columns.symbols.size(); ++feature) {
    if (!columns.kinds.empty() && columns.kinds[feature] != "Gene Expression") continue;
    const auto [place, fresh] = places.emplace(columns.symbols[feature], uint32_t(table.genes.size()));
    if (fresh) table.genes.push_back(columns.symbols[feature]);
    columnOfFeature[feature] = place->second;
  }
  return columnOfFeature;
}

/// Reads the counts barcode by barcode, each a spot.
Result<void> readCounts(const Columns& columns, Hdf5Series& indices, Hdf5Series& data, SpotTable& table) {
  const std::vector<std::optional<uint32_t>> columnOfFeature = nameGenes(columns, table);
  if (table.genes.empty()) return refuse(table.file, "none of its features is of the type 'Gene Expression'");
  table.counts = SparseCounts(table.genes.size());
  std::vector<GeneCount> counts;
  for (size_t barcode = 0; barcode < columns.barcodes.size(); ++barcode) {
    counts.clear();
    for (auto left = uint64_t(columns.starts[barcode + 1] - columns.starts[barcode]); left > 0; --left) {
      const double feature = indices.next(), count = data.next();
      if (!(feature >= 0 && feature < double(columnOfFeature.size())) || feature != std::floor(feature))
        return refuse(table.file, fmt::format("'matrix/indices' names feature {} of {}", feature,
                                              columnOfFeature.size()));
      if (!(count >= 0 && count == std::floor(count)))
        return refuse(table.file, fmt::format("{} is not a count", count));
      if (const auto column = columnOfFeature[size_t(feature)]) counts.push_back({*column, float(count)});
    }
    table.counts.addSpot(counts);
  }
  return {};
}

/// All spots of the file, without places.
Result<SpotTable> readMatrix(const std::filesystem::path& file) {
  SpotTable table;
  table.file = file;
  const Result<void> read = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    Result<Columns> columns = readColumns(file, opened);
    if (!columns) return tl::unexpected(columns.error());
    Hdf5Series indices(opened.openDataSet("matrix/indices")), data(opened.openDataSet("matrix/data"));
    if (const std::string misfit = misfitOf(*columns, indices, data); !misfit.empty())
      return refuse(file, misfit);
    if (Result<void> counts = readCounts(*columns, indices, data, table); !counts) return counts;
    table.names = std::move(columns->barcodes);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return table;
}

/// Where the spots lie, by barcode; nowhere those that are not under tissue.
using BarcodePlaces = std::unordered_map<std::string, std::optional<Point>>;

class PlaceReader final {
 public:
  explicit PlaceReader(const std::filesystem::path& file) : m_file(file) {}

  Result<BarcodePlaces> read() {
    std::ifstream stream(m_file);
    if (!stream) return fail(fmt::format("Cannot open the spots' places '{}'.", m_file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row == 1) line = withoutByteOrderMark(line);
      if (isBlank(line) || (m_row == 1 && cellsOf(line)[0] == "barcode")) continue;
      const Result<void> added = addRow(cellsOf(line));
      if (!added) return tl::unexpected(added.error());
    }
    if (m_places.empty()) return refuse(m_file, "it has no rows");
    return std::move(m_places);
  }

 private:
  tl::unexpected<Error> refuseRow(const std::string& reason) const {
    return refuse(m_file, fmt::format("row {}: {}", m_row, reason));
  }

  /// barcode, in_tissue, array_row, array_col, pxl_row_in_fullres, pxl_col_in_fullres
  Result<void> addRow(const std::vector<std::string>& cells) {
    if (cells.size() != 6)
      return refuseRow(
          fmt::format("{} cells where tissue_positions has 6, separated by commas", cells.size()));
    if (cells[0].empty()) return refuseRow("the spot has no barcode");
    if (m_places.contains(cells[0]))
      return refuseRow(fmt::format("the spot '{}' is there already", cells[0]));
    if (cells[1] != "0" && cells[1] != "1")
      return refuseRow(fmt::format("'{}' does not say whether the spot is under tissue (0 or 1)", cells[1]));
    const std::optional<float> y = numberOf(cells[4]), x = numberOf(cells[5]);
    if (!x || !y) return refuseRow(fmt::format("'{}', '{}' is not a place in pixels", cells[4], cells[5]));
    m_places.emplace(cells[0], cells[1] == "1" ? std::optional(Point{*x, *y}) : std::nullopt);
    return {};
  }

  std::filesystem::path m_file;
  size_t m_row = 1;
  BarcodePlaces m_places;
};

/// Of a spot in pixels of the whole picture, from the file beside the places.
Result<double> readDiameter(const std::filesystem::path& places) {
  const std::filesystem::path file = places.parent_path() / "scalefactors_json.json";
  std::ifstream stream(file);
  if (!stream)
    return fail(fmt::format("Cannot open '{}', which says how wide the spots are.", file.string()));
  const nlohmann::json facts = nlohmann::json::parse(stream, nullptr, false);
  if (facts.is_discarded()) return refuse(file, "it is not JSON, or it is damaged");
  const bool has = facts.is_object() && facts.contains("spot_diameter_fullres");
  if (!has || !facts["spot_diameter_fullres"].is_number())
    return refuse(file, "it has no number 'spot_diameter_fullres'");
  const double diameter = facts["spot_diameter_fullres"].get<double>();
  if (!(diameter > 0)) return refuse(file, fmt::format("a spot cannot be {} pixels wide", diameter));
  return diameter;
}

}  // namespace

Result<SpotTable> readSpaceRanger(const std::filesystem::path& counts, const std::filesystem::path& places) {
  Result<SpotTable> table = readMatrix(counts);
  if (!table) return table;
  const Result<BarcodePlaces> where = PlaceReader(places).read();
  if (!where) return tl::unexpected(where.error());
  const Result<double> diameter = readDiameter(places);
  if (!diameter) return tl::unexpected(diameter.error());
  table->diameter = *diameter;
  const std::vector<std::string> names = std::exchange(table->names, {});
  std::unordered_set<std::string_view> seen;
  std::vector<size_t> placed;
  for (size_t spot = 0; spot < names.size(); ++spot) {
    if (!seen.insert(names[spot]).second)
      return refuse(counts, fmt::format("the spot '{}' is there twice", names[spot]));
    const auto place = where->find(names[spot]);
    if (place == where->end()) ++table->withoutPlace;
    if (place == where->end() || !place->second) continue;
    table->names.push_back(names[spot]);
    table->centres.push_back(*place->second);
    placed.push_back(spot);
  }
  table->counts.keep(placed);
  table->listed = names.size();
  if (placed.empty())
    return refuse(counts, fmt::format("none of its spots is one under tissue in '{}'", places.string()));
  return table;
}

}  // namespace geneglass
