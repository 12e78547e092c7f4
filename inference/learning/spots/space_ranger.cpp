// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/space_ranger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "viewer/foundation/csv_line.h"
#include "viewer/foundation/hdf5_access.h"

namespace geneglass {
namespace {

tl::unexpected<Error> refuse(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the spots in '{}': {}.", file.string(), reason));
}

/// The matrix as the file holds it: barcode b has the counts [starts[b], starts[b + 1]), each of a feature.
struct Columns {
  std::vector<std::string> barcodes;
  std::vector<std::string> symbols;  ///< of the features
  std::vector<std::string> kinds;    ///< of the features: "Gene Expression", ...; empty: all are genes
  std::vector<double> starts;
  std::vector<float> features;  ///< exact: there are fewer than 2^24
  std::vector<float> counts;
  std::vector<double> shape;  ///< features, barcodes
};

Result<Columns> readColumns(const std::filesystem::path& file) {
  Columns columns;
  const Result<void> read = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    const auto has = [&](const char* name) { return H5Lexists(opened.getId(), name, H5P_DEFAULT) > 0; };
    if (!has("matrix")) return refuse(file, "it has no 'matrix', as Space Ranger's tables of counts have");
    if (!has("matrix/features")) return refuse(file, "it has no 'matrix/features'");
    for (const char* name : {"matrix/barcodes", "matrix/features/name", "matrix/indptr", "matrix/indices",
                             "matrix/data", "matrix/shape"})
      if (!has(name)) return refuse(file, fmt::format("it has no '{}'", name));
    columns.barcodes = readStrings(opened.openDataSet("matrix/barcodes"));
    columns.symbols = readStrings(opened.openDataSet("matrix/features/name"));
    if (has("matrix/features/feature_type"))
      columns.kinds = readStrings(opened.openDataSet("matrix/features/feature_type"));
    columns.starts = readDoubles(opened.openDataSet("matrix/indptr"));
    columns.features = readFloats(opened.openDataSet("matrix/indices"));
    columns.counts = readFloats(opened.openDataSet("matrix/data"));
    columns.shape = readDoubles(opened.openDataSet("matrix/shape"));
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return columns;
}

/// Why the parts of the matrix do not fit each other; empty where they do.
std::string misfitOf(const Columns& columns) {
  const size_t features = columns.symbols.size(), barcodes = columns.barcodes.size();
  constexpr size_t kMost = size_t(1) << 24;
  if (columns.shape != std::vector{double(features), double(barcodes)})
    return fmt::format("its shape is not that of its {} features and {} barcodes", features, barcodes);
  if (features >= kMost) return fmt::format("it has {} features", features);
  if (!columns.kinds.empty() && columns.kinds.size() != features) return "a feature has no type";
  if (columns.starts.size() != barcodes + 1) return "'matrix/indptr' does not fit its barcodes";
  if (columns.features.size() != columns.counts.size())
    return "'matrix/indices' and 'matrix/data' are not equally long";
  double last = 0;
  for (const double start : columns.starts) {
    if (!(start >= last)) return "'matrix/indptr' goes back";
    last = start;
  }
  if (columns.starts.front() != 0 || last != double(columns.counts.size()))
    return "'matrix/indptr' does not fit 'matrix/data'";
  for (const float feature : columns.features)
    if (!(feature >= 0 && feature < float(features)))
      return fmt::format("'matrix/indices' names feature {} of {}", feature, features);
  for (const float count : columns.counts)
    if (!(count >= 0 && count == std::floor(count))) return fmt::format("{} is not a count", count);
  return "";
}

/// Which column of the table each feature adds to; none for what is no gene.
std::vector<std::optional<size_t>> nameGenes(const Columns& columns, SpotTable& table) {
  std::map<std::string, size_t> places;
  std::vector<std::optional<size_t>> columnOfFeature(columns.symbols.size());
  for (size_t feature = 0; feature < columns.symbols.size(); ++feature) {
    if (!columns.kinds.empty() && columns.kinds[feature] != "Gene Expression") continue;
    const auto [place, fresh] = places.emplace(columns.symbols[feature], table.genes.size());
    if (fresh) table.genes.push_back(columns.symbols[feature]);
    columnOfFeature[feature] = place->second;
  }
  return columnOfFeature;
}

/// Where the spots under tissue lie, by barcode.
class PlaceReader final {
 public:
  explicit PlaceReader(const std::filesystem::path& file) : m_file(file) {}

  Result<std::map<std::string, Point>> read() {
    std::ifstream stream(m_file);
    if (!stream) return fail(fmt::format("Cannot open the spots' places '{}'.", m_file.string()));
    std::string line;
    for (m_row = 1; std::getline(stream, line); ++m_row) {
      if (m_row == 1) line = withoutByteOrderMark(line);
      if (isBlank(line) || (m_row == 1 && cellsOf(line)[0] == "barcode")) continue;
      const Result<void> added = addRow(cellsOf(line));
      if (!added) return tl::unexpected(added.error());
    }
    if (m_seen.empty()) return refuse(m_file, "it has no rows");
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
    if (!m_seen.insert(cells[0]).second)
      return refuseRow(fmt::format("the spot '{}' is there already", cells[0]));
    if (cells[1] != "0" && cells[1] != "1")
      return refuseRow(fmt::format("'{}' does not say whether the spot is under tissue (0 or 1)", cells[1]));
    const std::optional<float> y = numberOf(cells[4]), x = numberOf(cells[5]);
    if (!x || !y) return refuseRow(fmt::format("'{}', '{}' is not a place in pixels", cells[4], cells[5]));
    if (cells[1] == "1") m_places.emplace(cells[0], Point{*x, *y});
    return {};
  }

  std::filesystem::path m_file;
  size_t m_row = 1;
  std::set<std::string> m_seen;
  std::map<std::string, Point> m_places;
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

/// Adds one spot's row.
void addSpot(const Columns& columns, size_t barcode,
             const std::vector<std::optional<size_t>>& columnOfFeature, SpotTable& table) {
  const size_t row = table.counts.rows++;
  table.counts.values.resize(table.counts.rows * table.counts.columns);
  for (size_t i = size_t(columns.starts[barcode]); i < size_t(columns.starts[barcode + 1]); ++i)
    if (const auto column = columnOfFeature[size_t(columns.features[i])])
      table.counts.at(row, *column) += columns.counts[i];
}

}  // namespace

Result<SpotTable> readSpaceRanger(const std::filesystem::path& counts, const std::filesystem::path& places) {
  const Result<Columns> columns = readColumns(counts);
  if (!columns) return tl::unexpected(columns.error());
  if (const std::string misfit = misfitOf(*columns); !misfit.empty()) return refuse(counts, misfit);
  const Result<std::map<std::string, Point>> where = PlaceReader(places).read();
  if (!where) return tl::unexpected(where.error());
  const Result<double> diameter = readDiameter(places);
  if (!diameter) return tl::unexpected(diameter.error());

  SpotTable table;
  table.file = counts;
  table.diameter = *diameter;
  const std::vector<std::optional<size_t>> columnOfFeature = nameGenes(*columns, table);
  table.counts.columns = table.genes.size();
  if (table.genes.empty()) return refuse(counts, "none of its features is of the type 'Gene Expression'");
  table.counts.values.reserve(std::min(columns->barcodes.size(), where->size()) * table.genes.size());
  std::set<std::string> seen;
  for (size_t barcode = 0; barcode < columns->barcodes.size(); ++barcode) {
    const std::string& name = columns->barcodes[barcode];
    if (!seen.insert(name).second) return refuse(counts, fmt::format("the spot '{}' is there twice", name));
    const auto place = where->find(name);
    if (place == where->end()) continue;
    table.names.push_back(name);
    table.centres.push_back(place->second);
    addSpot(*columns, barcode, columnOfFeature, table);
  }
  if (table.names.empty())
    return refuse(counts, fmt::format("none of its spots is one under tissue in '{}'", places.string()));
  return table;
}

}  // namespace geneglass
