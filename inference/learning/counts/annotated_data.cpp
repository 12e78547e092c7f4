// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/annotated_data.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "inference/learning/counts/annotated_frame.h"
#include "inference/learning/counts/gene_columns.h"
#include "inference/learning/counts/hdf5_series.h"

namespace geneglass {
namespace {

/// Where a matrix lies and whose variables it has.
struct Layer {
  std::string path, variables;
};

/// One matrix, spots x features.
class AnnotatedMatrix final {
 public:
  AnnotatedMatrix(H5::H5File& file, std::string path, size_t spots, size_t features)
      : m_file(file), m_path(std::move(path)), m_spots(spots), m_features(features) {}

  /// Calls `take` with each count that is not 0, in whatever order the file has them. The reason against it,
  /// or nothing.
  std::string forEach(const std::function<void(size_t spot, size_t feature, double count)>& take) const {
    if (m_file.childObjType(m_path) != H5O_TYPE_GROUP) return dense(take);
    const H5::Group group = soundGroup(m_file, m_path);
    const std::string kind =
        readAttribute(group, "encoding-type", readAttribute(group, "h5sparse_format", std::string()));
    if (!kind.starts_with("csr") && !kind.starts_with("csc"))
      return fmt::format("'{}' is neither a dense nor a compressed matrix", m_path);
    return compressed(group, kind.starts_with("csr"), take);
  }

  /// Whether all its numbers are counts.
  bool holdsCounts() const {
    bool counts = true;
    const std::string wrong = forEach([&](size_t, size_t, double count) {
      counts &= count >= 0 && count == std::floor(count) && std::isfinite(count);
    });
    return counts || !wrong.empty();
  }

 private:
  std::string dense(const std::function<void(size_t, size_t, double)>& take) const {
    const H5::DataSet dataset = soundDataSet(m_file, m_path);
    const H5T_class_t kind = dataset.getTypeClass();
    if (kind != H5T_FLOAT && kind != H5T_INTEGER) return fmt::format("'{}' does not hold numbers", m_path);
    if (shapeOf(dataset) != std::vector<hsize_t>{m_spots, m_features}) return misfit();
    const hsize_t atOnce = std::clamp<hsize_t>((hsize_t(1) << 22) / std::max<size_t>(m_features, 1), 1, 4096);
    std::vector<double> rows;
    for (hsize_t first = 0; first < m_spots; first += atOnce) {
      const hsize_t start[2] = {first, 0}, count[2] = {std::min(atOnce, m_spots - first), m_features};
      const H5::DataSpace memory(2, count), space = dataset.getSpace();
      space.selectHyperslab(H5S_SELECT_SET, count, start);
      rows.resize(size_t(count[0] * count[1]));
      dataset.read(rows.data(), H5::PredType::NATIVE_DOUBLE, memory, space);
      for (size_t i = 0; i < rows.size(); ++i)
        if (rows[i] != 0) take(size_t(first) + i / m_features, i % m_features, rows[i]);
    }
    return {};
  }

  std::string compressed(const H5::Group& group, bool byRow,
                         const std::function<void(size_t, size_t, double)>& take) const {
    for (const char* part : {"data", "indices", "indptr"})
      if (!hasPath(group, part)) return fmt::format("it has no '{}/{}'", m_path, part);
    Hdf5Series data(soundDataSet(group, "data")), indices(soundDataSet(group, "indices"));
    const std::vector<double> starts = readDoubles(soundDataSet(group, "indptr"));
    const size_t lines = byRow ? m_spots : m_features, width = byRow ? m_features : m_spots;
    if (starts.size() != lines + 1) return misfit();
    if (starts.front() != 0 || starts.back() != double(data.size()) || indices.size() != data.size() ||
        !std::ranges::is_sorted(starts))
      return fmt::format("'{}/indptr' does not fit its data", m_path);
    for (size_t line = 0; line < lines; ++line)
      for (auto left = uint64_t(starts[line + 1] - starts[line]); left > 0; --left) {
        const double index = indices.next(), count = data.next();
        if (!(index >= 0 && index < double(width)))
          return fmt::format("'{}/indices' names {} of {}", m_path, index, width);
        if (count != 0) byRow ? take(line, size_t(index), count) : take(size_t(index), line, count);
      }
    return {};
  }

  std::string misfit() const {
    return fmt::format("'{}' is not a matrix of its {} spots and {} genes", m_path, m_spots, m_features);
  }

  H5::H5File& m_file;
  const std::string m_path;
  const size_t m_spots, m_features;
};

bool isEnsembl(const std::string& name) {
  return name.size() > 10 && name.starts_with("ENS") &&
         std::isdigit(static_cast<unsigned char>(name.back())) != 0;
}

std::vector<std::string> symbolsOf(const AnnotatedFrame& variables) {
  std::vector<std::string> names = variables.index();
  if (names.empty() || !std::ranges::all_of(names, isEnsembl)) return names;
  for (const char* column : {"feature_name", "gene_symbols", "gene_symbol", "gene_name", "gene_names",
                             "gene_short_name", "symbol", "SYMBOL"}) {
    if (!variables.has(column)) continue;
    const std::vector<std::string> symbols = variables.texts(column);
    for (size_t i = 0; i < std::min(names.size(), symbols.size()); ++i)
      if (!symbols[i].empty()) names[i] = symbols[i];
    return names;
  }
  return names;
}

/// Reads all of one file; every step gives the reason against it, or nothing.
class AnnotatedReader final {
 public:
  AnnotatedReader(std::filesystem::path file, H5::H5File& opened)
      : m_file(std::move(file)), m_opened(opened) {}

  Result<SpotTable> read() {
    m_table.file = m_file;
    const AnnotatedFrame spots(m_opened, "obs");
    m_table.names = spots.index();
    if (const std::string wrong = readCounts(); !wrong.empty()) return refuseSpots(m_file, wrong);
    if (const std::string wrong = readCentres(); !wrong.empty()) return refuseSpots(m_file, wrong);
    if (spots.has("in_tissue")) leaveOut(spots.numbers("in_tissue"));
    return std::move(m_table);
  }

 private:
  std::optional<Layer> chosen() const {
    const std::vector<Layer> layers{{"layers/counts", "var"}, {"X", "var"}, {"raw/X", "raw/var"}};
    for (const Layer& layer : layers) {
      if (!hasPath(m_opened, layer.path) || !hasPath(m_opened, layer.variables)) continue;
      const size_t features = AnnotatedFrame(m_opened, layer.variables).index().size();
      if (AnnotatedMatrix(m_opened, layer.path, m_table.names.size(), features).holdsCounts()) return layer;
    }
    return {};
  }

  std::string readCounts() {
    const std::optional<Layer> layer = chosen();
    if (!layer) return "neither 'X' nor 'layers/counts' nor 'raw/X' holds counts: whole numbers of 0 or more";
    if (layer->path != "X")
      m_table.notes.push_back(fmt::format("The counts are those of '{}'.", layer->path));
    const std::vector<std::string> symbols = symbolsOf(AnnotatedFrame(m_opened, layer->variables));
    std::vector<std::string> kinds;
    const AnnotatedFrame variables(m_opened, layer->variables);
    if (variables.has("feature_types")) kinds = variables.texts("feature_types");
    if (kinds.size() != symbols.size()) kinds.clear();
    GeneColumns genes = geneColumns(symbols, kinds);
    if (genes.genes.empty()) return "it has no genes";
    const AnnotatedMatrix matrix(m_opened, layer->path, m_table.names.size(), symbols.size());
    ScatteredCounts scattered(m_table.names.size(), genes.genes.size());
    std::string wrong = matrix.forEach([&](size_t spot, size_t feature, double) {
      if (genes.ofFeature[feature]) scattered.expect(spot);
    });
    if (!wrong.empty()) return wrong;
    wrong = matrix.forEach([&](size_t spot, size_t feature, double count) {
      if (const auto gene = genes.ofFeature[feature]) scattered.put(spot, {*gene, float(count)});
    });
    m_table.counts = scattered.finish();
    m_table.genes = std::move(genes.genes);
    return wrong;
  }

  std::string readCentres() {
    for (const char* path : {"obsm/spatial", "obsm/X_spatial"}) {
      if (!hasPath(m_opened, path)) continue;
      if (m_opened.childObjType(path) != H5O_TYPE_DATASET)
        return fmt::format("'{}' is not an array of places", path);
      const H5::DataSet dataset = soundDataSet(m_opened, path);
      const std::vector<hsize_t> shape = shapeOf(dataset);
      if (shape.size() != 2 || shape[0] != m_table.names.size() || shape[1] < 2)
        return fmt::format("'{}' is not x and y of each of its {} spots", path, m_table.names.size());
      const std::vector<double> places = readDoubles(dataset);
      for (size_t i = 0; i < places.size(); i += size_t(shape[1])) {
        if (!std::isfinite(places[i]) || !std::isfinite(places[i + 1]))
          return fmt::format("'{}' has a place that is no number", path);
        m_table.centres.push_back({places[i], places[i + 1]});
      }
      return readDiameter();
    }
    return {};
  }

  std::string readDiameter() {
    if (!hasPath(m_opened, "uns/spatial") || m_opened.childObjType("uns/spatial") != H5O_TYPE_GROUP)
      return {};
    const H5::Group sections = soundGroup(m_opened, "uns/spatial");
    std::vector<std::string> names;
    for (hsize_t i = 0; i < sections.getNumObjs(); ++i)
      if (const std::string name = sections.getObjnameByIdx(i); sections.childObjType(name) == H5O_TYPE_GROUP)
        names.push_back(name);
    if (names.size() > 1)
      return fmt::format("it holds the {} sections {}; write one to a file", names.size(),
                         fmt::join(names, ", "));
    for (const std::string& name : names)
      if (const std::string path = name + "/scalefactors/spot_diameter_fullres"; hasPath(sections, path)) {
        const std::vector<double> value = readDoubles(soundDataSet(sections, path));
        if (value.size() == 1 && value[0] > 0 && std::isfinite(value[0])) m_table.diameter = value[0];
      }
    return {};
  }

  void leaveOut(const std::vector<double>& inTissue) {
    if (inTissue.size() != m_table.names.size()) return;
    std::vector<size_t> kept;
    for (size_t spot = 0; spot < inTissue.size(); ++spot)
      if (inTissue[spot] != 0) kept.push_back(spot);
    for (size_t to = 0; to < kept.size(); ++to) {
      m_table.names[to] = m_table.names[kept[to]];
      if (!m_table.centres.empty()) m_table.centres[to] = m_table.centres[kept[to]];
    }
    m_table.names.resize(kept.size());
    if (!m_table.centres.empty()) m_table.centres.resize(kept.size());
    m_table.counts.keep(kept);
  }

  const std::filesystem::path m_file;
  H5::H5File& m_opened;
  SpotTable m_table;
};

}  // namespace

Result<SpotTable> readAnnotatedData(const std::filesystem::path& file) {
  std::optional<SpotTable> table;
  const Result<void> read = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    Result<SpotTable> whole = AnnotatedReader(file, opened).read();
    if (!whole) return tl::unexpected(whole.error());
    table = std::move(*whole);
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return std::move(*table);
}

}  // namespace geneglass
