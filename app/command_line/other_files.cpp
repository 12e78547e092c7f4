// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line/other_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "inference/exchange/anndata_file.h"
#include "inference/exchange/ome_maps.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr const char *kH5ad = "h5ad", *kGeojson = "geojson", *kOmeTiff = "ome_tiff";
constexpr double kPictureSide = 1024;  ///< pixels, at most

/// A slide given by mistake is no name for a result.
CLI::Validator endsIn(std::vector<std::string> endings) {
  const auto check = [endings](const std::string& name) -> std::string {
    for (const std::string& ending : endings)
      if (name.empty() || name.ends_with(ending)) return "";
    return fmt::format("'{}' does not end in {}", name, endings.front());
  };
  return CLI::Validator(check, "FILE" + endings.front());
}

void declare(CLI::App& command, const char* name, std::optional<std::string>& file,
             const CLI::Validator& ending, const std::string& what) {
  const auto take = [&file](const CLI::results_t& words) {
    file = words.empty() || words.front() == "{}" ? std::string() : words.front();
    return true;
  };
  command.add_option(name, take, what)->expected(0, 1)->check(ending)->type_name("[FILE]");
}

/// The whole slide, small; empty where it cannot be read, which no file is to fail for.
Image pictureOf(const OpenedSlide& opened) {
  const Size size = opened.slide->size();
  const double shrink = std::min(1.0, kPictureSide / double(std::max(size.width, size.height)));
  const int width = std::max(1, int(std::lround(double(size.width) * shrink))),
            height = std::max(1, int(std::lround(double(size.height) * shrink)));
  Result<Image> picture = readRegion(*opened.slide, *opened.source,
                                     {0, 0, double(size.width), double(size.height)}, width, height);
  return picture ? std::move(*picture) : Image();
}

/// As far as the tables know them.
std::map<std::string, std::string> identifiersOf(const std::vector<GenePrediction>& genes,
                                                 const GeneNames* names) {
  std::map<std::string, std::string> identifiers;
  if (!names) return identifiers;
  for (const GenePrediction& gene : genes)
    if (const auto identifier = names->identifierOf(gene.symbol)) identifiers[gene.symbol] = *identifier;
  return identifiers;
}

}  // namespace

void declareOtherFiles(CLI::App& command, OtherFileOptions& options) {
  declare(
      command, "--h5ad", options.h5ad, endsIn({".h5ad"}),
      "Also an AnnData file for scanpy and squidpy, tiles x genes: NAME.h5ad, or FILE for a single slide");
  declare(command, "--geojson", options.geojson, endsIn({".geojson", ".json"}),
          "Also hotspots and the tumour region for QuPath: NAME.geojson, or FILE for a single slide");
  declare(command, "--ome-tiff", options.omeTiff, endsIn({".ome.tif", ".ome.tiff"}),
          "Also the maps as an OME-TIFF, a channel a gene: NAME.maps.ome.tif, or FILE for a single slide");
}

OtherFiles::OtherFiles(const OtherFileOptions& options, const std::filesystem::path& stem,
                       const GeneNames* names)
    : m_maps(stem.string() + ".maps.h5"), m_names(names) {
  const auto add = [&](const char* key, const std::optional<std::string>& file, const char* ending) {
    if (file) m_files[key] = file->empty() ? stem.string() + ending : *file;
  };
  add(kH5ad, options.h5ad, ".h5ad");
  add(kGeojson, options.geojson, ".geojson");
  add(kOmeTiff, options.omeTiff, ".maps.ome.tif");
}

Result<void> OtherFiles::check(const Slide& slide) const {
  std::error_code error;
  for (const auto& [key, file] : m_files)
    if (std::filesystem::equivalent(file, slide.file, error))
      return fail(fmt::format("Cannot write '{}': it is the slide itself.", file.string()));
  return {};
}

void OtherFiles::add(const Prediction& known, size_t gene, const GeneMap& map) {
  if (m_files.count(kGeojson) > 0) m_shapes.add(known, gene, map);
}

Result<void> OtherFiles::write(const OpenedSlide& opened, const Prediction& prediction) {
  if (const auto file = m_files.find(kH5ad); file != m_files.end()) {
    const auto written = writeAnnData(
        file->second, prediction,
        {.maps = m_maps, .ensembl = identifiersOf(prediction.genes, m_names), .picture = pictureOf(opened)});
    if (!written) return written;
  }
  if (const auto file = m_files.find(kGeojson); file != m_files.end()) {
    const auto written = m_shapes.write(file->second, prediction, frameOf(*opened.slide));
    if (!written) return tl::unexpected(written.error());
  }
  if (const auto file = m_files.find(kOmeTiff); file != m_files.end())
    return writeOmeMaps(file->second, prediction, m_maps);
  return {};
}

}  // namespace geneglass
