// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/anndata_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "inference/exchange/anndata_elements.h"
#include "inference/exchange/maps_rows.h"
#include "inference/prediction/withheld.h"

namespace geneglass {
namespace {

constexpr size_t kGenesAtATime = 64;  ///< genes that are turned at a time
constexpr hsize_t kTilesAPiece = 1024;
constexpr const char* kAnnDataUse = "research use only, not for diagnosis";

/// Writes one file. Throws what HDF5 throws.
class AnnDataWriter final {
 public:
  AnnDataWriter(H5::H5File& file, const Prediction& prediction, const AnnDataParts& parts)
      : m_file(file), m_prediction(prediction), m_parts(parts), m_tiles(prediction.grid.count()) {}

  void write() {
    markElement(m_file, "anndata", "0.1.0");
    writeExpression();
    writeTiles();
    writeGenes();
    for (const char* name : {"layers", "varm", "obsp", "varp"}) addMapping(m_file, name);
    writePlaces();
    H5::Group more = addMapping(m_file, "uns");
    writeOrigin(more);
    writeForPlots(more);
  }

 private:
  const std::vector<GenePrediction>& genes() const { return m_prediction.genes; }

  /// The maps lie gene by gene in their file, and here tile by tile.
  void writeExpression() {
    const hsize_t shape[] = {m_tiles, genes().size()};
    H5::DSetCreatPropList properties;
    H5Pset_obj_track_times(properties.getId(), false);
    if (m_tiles > 0 && !genes().empty()) {
      const hsize_t piece[] = {std::min<hsize_t>(m_tiles, kTilesAPiece),
                               std::min<hsize_t>(genes().size(), kGenesAtATime)};
      properties.setChunk(2, piece);
    }
    H5::DataSet x =
        m_file.createDataSet("X", H5::PredType::NATIVE_FLOAT, H5::DataSpace(2, shape), properties);
    markElement(x, "array", "0.2.0");
    if (m_tiles == 0 || genes().empty()) return;
    const MapsRows maps(m_parts.maps, "expression");
    for (size_t first = 0; first < genes().size(); first += kGenesAtATime)
      writeSome(maps, first, std::min(kGenesAtATime, genes().size() - first), x);
  }

  void writeSome(const MapsRows& maps, size_t first, size_t count, H5::DataSet& x) {
    std::vector<float> rows(count * m_tiles), turned(count * m_tiles);
    maps.read(first, count, rows);
    for (size_t gene = 0; gene < count; ++gene)
      for (size_t tile = 0; tile < m_tiles; ++tile)
        turned[tile * count + gene] = genes()[first + gene].wellPredicted
                                          ? rows[gene * m_tiles + tile]
                                          : std::numeric_limits<float>::quiet_NaN();
    const hsize_t begin[] = {0, first}, size[] = {m_tiles, count};
    H5::DataSpace there = x.getSpace();
    there.selectHyperslab(H5S_SELECT_SET, size, begin);
    x.write(turned.data(), H5::PredType::NATIVE_FLOAT, H5::DataSpace(2, size), there);
  }

  /// The mean over the genes that may be shown, 1 = uniform; empty where there are none.
  std::vector<float> attention() const {
    std::vector<double> sums(m_tiles);
    std::vector<float> row(m_tiles);
    const MapsRows maps(m_parts.maps, "attention");
    double shown = 0;
    for (size_t gene = 0; gene < genes().size() && m_tiles > 0; ++gene) {
      if (!genes()[gene].wellPredicted) continue;
      maps.read(gene, 1, row);
      for (size_t tile = 0; tile < m_tiles; ++tile) sums[tile] += double(row[tile]) * double(m_tiles);
      ++shown;
    }
    std::vector<float> means;
    if (shown > 0)
      for (const double sum : sums) means.push_back(float(sum / shown));
    return means;
  }

  void writeTiles() {
    std::vector<std::string> names;
    std::vector<int32_t> x, y;
    const std::vector<int32_t> corners = m_prediction.grid.corners(), side(m_tiles, m_prediction.grid.tile);
    for (size_t tile = 0; tile < m_tiles; ++tile) {
      names.push_back(fmt::format("tile{}", tile));
      x.push_back(corners[2 * tile]);
      y.push_back(corners[2 * tile + 1]);
    }
    AnnDataFrame obs(m_file, "obs", names);
    addIntegers(obs.column("x"), "x", {m_tiles}, x);
    addIntegers(obs.column("y"), "y", {m_tiles}, y);
    addIntegers(obs.column("width"), "width", {m_tiles}, side);
    addIntegers(obs.column("height"), "height", {m_tiles}, side);
    const auto isUniform = [](float share) { return std::abs(share - 1) < 1e-4F; };
    if (const std::vector<float> shares = attention(); !std::ranges::all_of(shares, isUniform))
      addFloats(obs.column("attention"), "attention", {m_tiles}, shares);
    if (const SlideCall* call = diagnosisOf(m_prediction); call && call->evidence.size() == m_tiles)
      addFloats(obs.column("evidence"), "evidence", {m_tiles}, call->evidence);
    for (const SlideCall& call : m_prediction.calls)
      if (call.facts.ofTiles) addClasses(obs, call);
    obs.finish();
  }

  static void addClasses(AnnDataFrame& obs, const SlideCall& call) {
    std::vector<std::string> names;
    for (const ClassFacts& each : call.facts.classes) names.push_back(each.name);
    const std::vector<int32_t> codes(call.classOfTile.begin(), call.classOfTile.end());
    const std::string column = "class_" + call.facts.target;
    addCategories(obs.column(column), column, codes, names);
  }

  void addColumn(AnnDataFrame& var, const char* name, double GenePrediction::*member) const {
    std::vector<double> values;
    for (const GenePrediction& gene : genes()) values.push_back(gene.*member);
    addDoubles(var.column(name), name, {values.size()}, values);
  }

  void writeGenes() {
    std::vector<std::string> symbols, ids;
    std::vector<bool> predictable;
    for (const GenePrediction& gene : genes()) {
      symbols.push_back(gene.symbol);
      predictable.push_back(gene.wellPredicted);
      const auto id = m_parts.ensembl.find(gene.symbol);
      ids.push_back(id == m_parts.ensembl.end() ? "" : id->second);
    }
    AnnDataFrame var(m_file, "var", symbols);
    if (std::ranges::any_of(ids, [](const std::string& id) { return !id.empty(); }))
      addTexts(var.column("gene_ids"), "gene_ids", ids);
    addFlags(var.column("predictable"), "predictable", predictable);
    addColumn(var, "heldout_r", &GenePrediction::heldOutR);
    addColumn(var, "ci_low", &GenePrediction::ciLow);
    addColumn(var, "ci_high", &GenePrediction::ciHigh);
    addColumn(var, "value", &GenePrediction::value);
    addColumn(var, "percentile", &GenePrediction::percentile);
    var.finish();
  }

  void writePlaces() {
    H5::Group places = addMapping(m_file, "obsm");
    std::vector<double> pixels, micrometres;
    for (size_t tile = 0; tile < m_tiles; ++tile) {
      const Rect area = m_prediction.grid.areaOfTile(tile);
      for (const double place : {area.x + area.width / 2, area.y + area.height / 2}) {
        pixels.push_back(place);
        micrometres.push_back(place * m_prediction.mpp);
      }
    }
    addDoubles(places, "spatial", {m_tiles, 2}, pixels);
    if (m_prediction.mpp > 0) addDoubles(places, "spatial_um", {m_tiles, 2}, micrometres);
  }

  void writeOrigin(H5::Group& more) const {
    H5::Group own = addMapping(more, "geneglass");
    addText(own, "use", kAnnDataUse);
    addText(own, "slide", m_prediction.slideFile);
    addText(own, "slide_hash", m_prediction.slideHash);
    addText(own, "model", m_prediction.modelName);
    addText(own, "model_version", m_prediction.modelVersion);
    addText(own, "model_hash", m_prediction.modelHash);
    addText(own, "model_statement", m_prediction.modelStatement);
    addText(own, "label_unit", m_prediction.labelUnit);
    addText(
        own, "masked",
        "Columns of X where var['predictable'] is false are NaN: the model does not predict these genes.");
    addNumber(own, "mpp", m_prediction.mpp);
    addNumber(own, "tile", m_prediction.grid.tile);
    addNumber(own, "damaged_tiles", m_prediction.damagedTiles);
    addFlag(own, "withheld", m_prediction.withheld);
    if (isOutside(m_prediction)) addText(own, "outside", outsideSentence(m_prediction));
  }

  /// As Visium's readers leave it for scanpy's and squidpy's plots.
  void writeForPlots(H5::Group& more) const {
    const std::string name = std::filesystem::path(m_prediction.slideFile).stem().string();
    const bool isName = !name.empty() && name != "." && name != "..";
    H5::Group slides = addMapping(more, "spatial");
    H5::Group slide = addMapping(slides, isName ? name : "slide");
    H5::Group images = addMapping(slide, "images"), scales = addMapping(slide, "scalefactors");
    addNumber(scales, "spot_diameter_fullres", m_prediction.grid.tile);
    const Image& picture = m_parts.picture;
    if (picture.width < 1 || m_prediction.slideSize.width < 1) return;
    addNumber(scales, "tissue_hires_scalef", double(picture.width) / double(m_prediction.slideSize.width));
    std::vector<uint8_t> colours;
    colours.reserve(picture.pixels.size() * 3);
    for (const uint32_t pixel : picture.pixels)  // over white, where the scanner recorded nothing
      for (const int shift : {16, 8, 0})
        colours.push_back(uint8_t((pixel >> shift & 0xffU) + (255 - (pixel >> 24))));
    addBytes(images, "hires", {hsize_t(picture.height), hsize_t(picture.width), 3}, colours);
  }

  H5::H5File& m_file;
  const Prediction& m_prediction;
  const AnnDataParts& m_parts;
  const size_t m_tiles;
};

}  // namespace

Result<void> writeAnnData(const std::filesystem::path& file, const Prediction& prediction,
                          const AnnDataParts& parts) {
  return writeHdf5(file, [&](H5::H5File& made) { AnnDataWriter(made, prediction, parts).write(); });
}

}  // namespace geneglass
