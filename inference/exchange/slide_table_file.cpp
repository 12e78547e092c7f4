// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ranges>
#include <set>

#include "inference/exchange/anndata_elements.h"
#include "inference/exchange/slide_table.h"

namespace geneglass {
namespace {

/// Writes one file. Throws what HDF5 throws.
class SlideTableWriter final {
 public:
  SlideTableWriter(H5::H5File& file, const SlideTable& table,
                   const std::map<std::string, std::string>& ensembl)
      : m_file(file), m_table(table), m_ensembl(ensembl) {}

  void write() {
    markElement(m_file, "anndata", "0.1.0");
    addMatrix(m_file, "X", [](const SlideResult& slide, size_t gene) { return float(slide.values[gene]); });
    H5::Group layers = addMapping(m_file, "layers");
    addMatrix(layers, "percentile",
              [](const SlideResult& slide, size_t gene) { return slide.percentiles[gene]; });
    addMatrix(layers, "spread", [](const SlideResult& slide, size_t gene) { return slide.spreads[gene]; });
    writeSlides();
    writeGenes();
    for (const char* name : {"obsm", "varm", "obsp", "varp"}) addMapping(m_file, name);
    writeOrigin();
  }

 private:
  template <typename Value>
  void addMatrix(H5::Group& at, const char* name, Value value) const {
    std::vector<float> values;
    values.reserve(m_table.slides.size() * m_table.genes.size());
    for (const SlideResult& slide : m_table.slides)
      for (size_t gene = 0; gene < m_table.genes.size(); ++gene) values.push_back(value(slide, gene));
    addFloats(at, name, {m_table.slides.size(), m_table.genes.size()}, values);
  }

  /// A column of what `of` says of each row.
  template <typename Row, typename Of>
  static auto columnOf(const std::vector<Row>& rows, Of of) {
    std::vector<std::decay_t<std::invoke_result_t<Of, const Row&>>> column;
    for (const Row& row : rows) column.push_back(std::invoke(of, row));
    return column;
  }

  void writeSlides() {
    const std::vector<SlideResult>& slides = m_table.slides;
    AnnDataFrame obs(m_file, "obs", columnOf(slides, &SlideResult::name));
    const auto addNumbers = [&](const char* name, auto of) {
      const auto column =
          columnOf(slides, [&](const SlideResult& slide) { return double(std::invoke(of, slide)); });
      addDoubles(obs.column(name), name, {column.size()}, column);
    };
    addTexts(obs.column("slide_file"), "slide_file", columnOf(slides, &SlideResult::slideFile));
    addTexts(obs.column("slide_hash"), "slide_hash", columnOf(slides, &SlideResult::slideHash));
    addNumbers("width", &SlideResult::width);
    addNumbers("height", &SlideResult::height);
    addNumbers("mpp", &SlideResult::mpp);
    addNumbers("tiles", &SlideResult::tiles);
    addNumbers("damaged_tiles", &SlideResult::damagedTiles);
    addNumbers("share_outside", &SlideResult::shareOutside);
    addFlags(obs.column("outside"), "outside", columnOf(slides, &SlideResult::outside));
    addFlags(obs.column("withheld"), "withheld", columnOf(slides, &SlideResult::withheld));
    std::set<std::string> calls;
    for (const SlideResult& slide : slides)
      for (const auto& [call, probability] : slide.calls) calls.insert(call);
    for (const std::string& call : calls) {
      std::string name = call;
      std::ranges::replace(name, '/', '|');  // which would be a path in the file
      addNumbers(name.c_str(), [&](const SlideResult& slide) {
        const auto found = std::ranges::find(slide.calls, call, &std::pair<std::string, double>::first);
        return found == slide.calls.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
      });
    }
    obs.finish();
  }

  void writeGenes() {
    const std::vector<ModelGene>& genes = m_table.genes;
    AnnDataFrame var(m_file, "var", columnOf(genes, &ModelGene::symbol));
    const auto ids = columnOf(genes, [&](const ModelGene& gene) {
      const auto id = m_ensembl.find(gene.symbol);
      return id == m_ensembl.end() ? std::string() : id->second;
    });
    if (std::ranges::any_of(ids, [](const std::string& id) { return !id.empty(); }))
      addTexts(var.column("gene_ids"), "gene_ids", ids);
    const auto addNumbers = [&](const char* name, auto of) {
      addDoubles(var.column(name), name, {genes.size()}, columnOf(genes, of));
    };
    addFlags(var.column("predictable"), "predictable", columnOf(genes, &ModelGene::wellPredicted));
    addNumbers("training_mean", &ModelGene::trainingMean);
    addNumbers("heldout_r", &ModelGene::heldOutR);
    addNumbers("ci_low", &ModelGene::ciLow);
    addNumbers("ci_high", &ModelGene::ciHigh);
    var.finish();
  }

  void writeOrigin() {
    H5::Group more = addMapping(m_file, "uns");
    H5::Group own = addMapping(more, "geneglass");
    addText(own, "use", "research use only, not for diagnosis");
    if (m_table.slides.empty()) return;
    const SlideResult& first = m_table.slides.front();
    addText(own, "model", first.modelName);
    addText(own, "model_version", first.modelVersion);
    addText(own, "model_hash", first.modelHash);
    addText(own, "label_unit", first.labelUnit);
    addText(own, "precision", first.precision);
  }

  H5::H5File& m_file;
  const SlideTable& m_table;
  const std::map<std::string, std::string>& m_ensembl;
};

}  // namespace

Result<void> writeTableAsAnnData(const std::filesystem::path& file, const SlideTable& table,
                                 const std::map<std::string, std::string>& ensembl) {
  return writeHdf5(file, [&](H5::H5File& made) { SlideTableWriter(made, table, ensembl).write(); });
}

}  // namespace geneglass
