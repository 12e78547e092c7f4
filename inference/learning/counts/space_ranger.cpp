// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/space_ranger.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/learning/counts/gene_columns.h"
#include "inference/learning/counts/hdf5_series.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {
namespace {

/// What the file says of its matrix before the counts: barcode b has those of [starts[b], starts[b + 1]).
struct Columns {
  std::vector<std::string> barcodes;
  std::vector<std::string> symbols;  ///< of the features
  std::vector<std::string> kinds;    ///< of the features: "Gene Expression", ...; empty: all are genes
  std::vector<double> starts;
  std::vector<double> shape;  ///< features, barcodes
};

constexpr const char* kKinds = "matrix/features/feature_type";

bool has(const H5::H5File& opened, const std::string& name) {
  return hasPath(opened, name);
}

/// Why the parts cannot fit each other by their lengths, before any is read; empty where they can.
std::string misfitOfLengths(const H5::H5File& opened) {
  constexpr hsize_t kMost = hsize_t(1) << 24;
  const auto length = [&](const std::string& name) {
    const std::vector<hsize_t> shape = shapeOf(soundDataSet(opened, name));
    return shape.size() == 1 ? shape[0] : 0;
  };
  const hsize_t features = length("matrix/features/name"), barcodes = length("matrix/barcodes");
  if (features >= kMost) return fmt::format("it has {} features", features);
  if (barcodes >= kMost) return fmt::format("it has {} barcodes", barcodes);
  if (length("matrix/shape") != 2)
    return fmt::format("its shape is not that of its {} features and {} barcodes", features, barcodes);
  if (has(opened, kKinds) && length(kKinds) != features) return "a feature has no type";
  if (length("matrix/indptr") != barcodes + 1) return "'matrix/indptr' does not fit its barcodes";
  if (length("matrix/indices") != length("matrix/data"))
    return "'matrix/indices' and 'matrix/data' are not equally long";
  return "";
}

Result<Columns> readColumns(const std::filesystem::path& file, H5::H5File& opened) {
  if (!has(opened, "matrix"))
    return refuseSpots(file, "it has no 'matrix', as Space Ranger's tables of counts have");
  if (!has(opened, "matrix/features")) return refuseSpots(file, "it has no 'matrix/features'");
  for (const char* name : {"matrix/barcodes", "matrix/features/name", "matrix/indptr", "matrix/indices",
                           "matrix/data", "matrix/shape"})
    if (!has(opened, name)) return refuseSpots(file, fmt::format("it has no '{}'", name));
  if (const std::string misfit = misfitOfLengths(opened); !misfit.empty()) return refuseSpots(file, misfit);
  Columns columns;
  columns.barcodes = readStrings(soundDataSet(opened, "matrix/barcodes"));
  columns.symbols = readStrings(soundDataSet(opened, "matrix/features/name"));
  if (has(opened, kKinds)) columns.kinds = readStrings(soundDataSet(opened, kKinds));
  columns.starts = readDoubles(soundDataSet(opened, "matrix/indptr"));
  columns.shape = readDoubles(soundDataSet(opened, "matrix/shape"));
  return columns;
}

/// Why the parts of the matrix do not fit each other; empty where they do.
std::string misfitOf(const Columns& columns, const Hdf5Series& data) {
  const size_t features = columns.symbols.size(), barcodes = columns.barcodes.size();
  if (columns.shape != std::vector{double(features), double(barcodes)})
    return fmt::format("its shape is not that of its {} features and {} barcodes", features, barcodes);
  double last = 0;
  for (const double start : columns.starts) {
    if (!(start >= last)) return "'matrix/indptr' goes back";
    if (start - last > double(features)) return "'matrix/indptr' gives a barcode more counts than features";
    last = start;
  }
  if (columns.starts.front() != 0 || last != double(data.size()))
    return "'matrix/indptr' does not fit 'matrix/data'";
  return "";
}

/// Reads the counts barcode by barcode, each a spot.
Result<void> readCounts(const Columns& columns, Hdf5Series& indices, Hdf5Series& data, SpotTable& table) {
  const GeneColumns genes = geneColumns(columns.symbols, columns.kinds);
  table.genes = genes.genes;
  if (table.genes.empty())
    return refuseSpots(table.file, "none of its features is of the type 'Gene Expression'");
  table.counts = SparseCounts(table.genes.size());
  std::vector<GeneCount> counts;
  for (size_t barcode = 0; barcode < columns.barcodes.size(); ++barcode) {
    counts.clear();
    for (auto left = uint64_t(columns.starts[barcode + 1] - columns.starts[barcode]); left > 0; --left) {
      const double feature = indices.next(), count = data.next();
      if (!(feature >= 0 && feature < double(genes.ofFeature.size())) || feature != std::floor(feature))
        return refuseSpots(table.file, fmt::format("'matrix/indices' names feature {} of {}", feature,
                                                   genes.ofFeature.size()));
      if (!(count >= 0 && count == std::floor(count)))
        return refuseSpots(table.file, fmt::format("{} is not a count", count));
      if (const auto column = genes.ofFeature[size_t(feature)]) counts.push_back({*column, float(count)});
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
    Hdf5Series indices(soundDataSet(opened, "matrix/indices")), data(soundDataSet(opened, "matrix/data"));
    if (const std::string misfit = misfitOf(*columns, data); !misfit.empty())
      return refuseSpots(file, misfit);
    if (Result<void> counts = readCounts(*columns, indices, data, table); !counts) return counts;
    table.names = std::move(columns->barcodes);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return table;
}

}  // namespace

Result<SpotTable> readSpaceRangerCounts(const std::filesystem::path& file) {
  return readMatrix(file);
}

}  // namespace geneglass
