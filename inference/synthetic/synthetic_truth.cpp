// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/synthetic_truth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "inference/synthetic/class_map.h"
#include "inference/synthetic/slide_painter.h"
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr int64_t kBlock = 16;  ///< rows of cells that are taken and written together

std::vector<std::string> readNames(H5::H5File& file, const std::string& name) {
  const H5::DataSet set = soundDataSet(file, name);
  if (set.getTypeClass() != H5T_STRING) throw std::runtime_error(fmt::format("its {} are no names", name));
  return readStrings(set);
}

void readFacts(H5::H5File& file, SyntheticTruth& truth) {
  truth.cell = static_cast<int>(readAttribute(file, "cell", 0.0));
  truth.mpp = readAttribute(file, "mpp", 0.0);
  truth.seed = std::stoull(readAttribute(file, "seed", std::string("0")));
  truth.stainShift = readAttribute(file, "stain_shift", 0.0);
  const std::string kind = readAttribute(file, "section", std::string(toString(SectionKind::Mixed)));
  for (const SectionKind each : {SectionKind::Tumour, SectionKind::Normal})
    if (kind == toString(each)) truth.kind = each;
  truth.painter = static_cast<int>(readAttribute(file, "painter", 0.0));
  truth.size = {static_cast<int64_t>(readAttribute(file, "width", 0.0)),
                static_cast<int64_t>(readAttribute(file, "height", 0.0))};
  truth.slideHash = readAttribute(file, "slide_hash", std::string());
  truth.classes = readNames(file, "classes");
  truth.genes = readNames(file, "genes");
  const std::vector<hsize_t> shape = shapeOf(soundDataSet(file, "composition"));
  if (truth.cell < 1 || shape.size() != 3 || shape[0] != truth.classes.size() || shape[0] != kTissueClasses)
    throw std::runtime_error("its composition has another shape than its classes");
  truth.expression = readDoubles(soundDataSet(file, "expression"));
  if (truth.expression.size() != truth.genes.size())
    throw std::runtime_error("it has another number of genes than of expression values");
  truth.rows = static_cast<size_t>(shape[1]);
  truth.columns = static_cast<size_t>(shape[2]);
}

void readMaps(H5::H5File& file, SyntheticTruth& truth) {
  truth.composition = readFloats(soundDataSet(file, "composition"));
  truth.truth = readFloats(soundDataSet(file, "truth"));
  if (truth.truth.size() != truth.genes.size() * truth.rows * truth.columns)
    throw std::runtime_error("its truth has another shape than its genes");
}

/// A C x rows x columns dataset that is filled a few rows at a time.
class RowsOfMaps final {
 public:
  RowsOfMaps(H5::H5File& file, const std::string& name, size_t maps, int64_t rows, int64_t columns)
      : m_maps(maps), m_columns(static_cast<hsize_t>(columns)) {
    const hsize_t shape[3] = {maps, static_cast<hsize_t>(rows), m_columns};
    const hsize_t chunk[3] = {1, std::min<hsize_t>(kBlock, shape[1]), m_columns};
    H5::DSetCreatPropList properties;
    H5Pset_obj_track_times(properties.getId(), false);  // the same content, the same bytes
    properties.setChunk(3, chunk);
    properties.setShuffle();
    properties.setDeflate(4);
    m_set = file.createDataSet(name, H5::PredType::NATIVE_FLOAT, H5::DataSpace(3, shape), properties);
  }
  void write(int64_t firstRow, int64_t rows, const std::vector<float>& values) {
    const hsize_t count[3] = {m_maps, static_cast<hsize_t>(rows), m_columns};
    const hsize_t start[3] = {0, static_cast<hsize_t>(firstRow), 0};
    H5::DataSpace space = m_set.getSpace();
    space.selectHyperslab(H5S_SELECT_SET, count, start);
    m_set.write(values.data(), H5::PredType::NATIVE_FLOAT, H5::DataSpace(3, count), space);
  }

 private:
  hsize_t m_maps, m_columns;
  H5::DataSet m_set;
};

/// A slide's maps on their way to the file.
class TruthJob final {
 public:
  TruthJob(const TissueLayout& layout, const TruthOptions& options, std::stop_token stop)
      : m_layout(layout),
        m_options(options),
        m_stop(std::move(stop)),
        m_rows(mapCells(options.size.height)),
        m_columns(mapCells(options.size.width)),
        m_classes(static_cast<size_t>(m_rows * m_columns)) {}

  void writeTo(H5::H5File& file) {
    writeFacts(file);
    RowsOfMaps composition(file, "composition", kTissueClasses, m_rows, m_columns);
    RowsOfMaps truth(file, "truth", plantedGenes().size(), m_rows, m_columns);
    for (int64_t first = 0; first < m_rows; first += kBlock) {
      const int64_t rows = std::min(kBlock, m_rows - first);
      const std::vector<float> fractions = takeRows(first, rows);
      composition.write(first, rows, fractions);
      truth.write(first, rows, truthOfRows(fractions));
    }
    for (double& sum : m_sums) sum /= static_cast<double>(m_rows * m_columns);
    for (const PlantedGene& gene : plantedGenes())
      m_expression.push_back(plantedExpression(gene, m_sums, m_options.seed));
    const hsize_t genes = m_expression.size();
    H5::DSetCreatPropList timeless;
    H5Pset_obj_track_times(timeless.getId(), false);
    file.createDataSet("expression", H5::PredType::NATIVE_DOUBLE, H5::DataSpace(1, &genes), timeless)
        .write(m_expression.data(), H5::PredType::NATIVE_DOUBLE);
  }
  const std::vector<uint8_t>& classes() const { return m_classes; }
  const std::vector<double>& expression() const { return m_expression; }
  int64_t columns() const { return m_columns; }

 private:
  void writeFacts(H5::H5File& file) const;
  std::vector<float> takeRows(int64_t first, int64_t rows);
  std::vector<float> truthOfRows(const std::vector<float>& fractions) const;

  const TissueLayout& m_layout;
  const TruthOptions m_options;
  const std::stop_token m_stop;
  const int64_t m_rows, m_columns;
  std::vector<uint8_t> m_classes;  ///< rows x columns
  ClassFractions m_sums{};
  std::vector<double> m_expression;
};

void TruthJob::writeFacts(H5::H5File& file) const {
  std::vector<std::string> classes, genes;
  for (TissueClass each : kAllTissueClasses) classes.emplace_back(toString(each));
  for (const PlantedGene& gene : plantedGenes()) genes.push_back(gene.symbol);
  writeStrings(file, "classes", classes);
  writeStrings(file, "genes", genes);
  writeAttribute(file, "cell", kMapCell);
  writeAttribute(file, "mpp", m_options.mpp);
  writeAttribute(file, "seed", std::to_string(m_options.seed));
  writeAttribute(file, "stain_shift", m_options.stainShift);
  writeAttribute(file, "section", toString(m_options.kind));
  writeAttribute(file, "painter", SlidePainter::kVersion);
  writeAttribute(file, "width", static_cast<double>(m_options.size.width));
  writeAttribute(file, "height", static_cast<double>(m_options.size.height));
  writeAttribute(file, "slide_hash", m_options.slideHash);
}

/// Fractions C x rows x columns of the next rows, which also enter the class map and the slide's sums.
std::vector<float> TruthJob::takeRows(int64_t first, int64_t rows) {
  const auto columns = static_cast<size_t>(m_columns);
  std::vector<float> block(kTissueClasses * static_cast<size_t>(rows) * columns);
  const bool all = parallelFor(rows, threadCount(m_options.threads), m_stop, [&](int64_t row) {
    const std::vector<float> fractions = mapRow(m_layout, m_options.size, first + row);
    for (size_t k = 0; k < kTissueClasses; ++k)
      std::copy_n(&fractions[k * columns], columns,
                  &block[(k * static_cast<size_t>(rows) + static_cast<size_t>(row)) * columns]);
    const std::vector<uint8_t> most = mostOf(fractions);
    std::copy(most.begin(), most.end(), m_classes.begin() + (first + row) * m_columns);
  });
  if (!all) throw H5::DataSetIException("write", "it was stopped");
  const size_t cells = static_cast<size_t>(rows) * columns;
  for (size_t k = 0; k < kTissueClasses; ++k)
    for (size_t i = 0; i < cells; ++i) m_sums[k] += block[k * cells + i];
  return block;
}

std::vector<float> TruthJob::truthOfRows(const std::vector<float>& fractions) const {
  const size_t cells = fractions.size() / kTissueClasses;
  const std::vector<PlantedGene>& genes = plantedGenes();
  std::vector<float> values(genes.size() * cells, std::numeric_limits<float>::quiet_NaN());
  for (size_t i = 0; i < cells; ++i) {
    ClassFractions here;
    for (size_t k = 0; k < kTissueClasses; ++k) here[k] = fractions[k * cells + i];
    if (here[0] + here[static_cast<size_t>(TissueClass::Pen)] > 0.9999) continue;
    for (size_t g = 0; g < genes.size(); ++g)
      values[g * cells + i] = static_cast<float>(plantedTruth(genes[g], here));
  }
  return values;
}

Result<SyntheticTruth> read(const std::filesystem::path& file, bool maps) {
  SyntheticTruth truth;
  const Result<void> outcome = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    readFacts(opened, truth);
    if (maps) readMaps(opened, truth);
    return {};
  });
  if (!outcome) return tl::unexpected(outcome.error());
  return truth;
}

}  // namespace

Result<SyntheticTruth> readTruth(const std::filesystem::path& file) {
  return read(file, true);
}

Result<SyntheticTruth> readTruthFacts(const std::filesystem::path& file) {
  return read(file, false);
}

ClassFractions compositionOf(const SyntheticTruth& truth, const Rect& area) {
  ClassFractions fractions{};
  double total = 0;
  const auto first = [&](double from) {
    return static_cast<size_t>(std::max(0.0, std::floor(from / truth.cell)));
  };
  const auto overlap = [&](size_t cell, double from, double to) {
    const double start = static_cast<double>(cell) * truth.cell;
    return std::max(0.0, std::min(to, start + truth.cell) - std::max(from, start));
  };
  for (size_t row = first(area.y); row < truth.rows && static_cast<double>(row) * truth.cell < area.bottom();
       ++row)
    for (size_t column = first(area.x);
         column < truth.columns && static_cast<double>(column) * truth.cell < area.right(); ++column) {
      const double weight = overlap(column, area.x, area.right()) * overlap(row, area.y, area.bottom());
      total += weight;
      for (size_t k = 0; k < kTissueClasses; ++k)
        fractions[k] += weight * truth.composition[(k * truth.rows + row) * truth.columns + column];
    }
  if (total > 0)
    for (double& value : fractions) value /= total;
  return fractions;
}

Result<std::vector<double>> writeTruth(const std::filesystem::path& file,
                                       const std::filesystem::path& classMap, const TissueLayout& layout,
                                       const TruthOptions& options, std::stop_token stop) {
  TruthJob job(layout, options, std::move(stop));
  const Result<void> written = writeHdf5(file, [&](H5::H5File& opened) { job.writeTo(opened); });
  if (!written) return tl::unexpected(written.error());
  const Result<void> drawn = writeClassMap(classMap, job.classes(), job.columns());
  if (!drawn) return tl::unexpected(drawn.error());
  return job.expression();
}

}  // namespace geneglass
