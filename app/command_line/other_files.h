// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "app/command_line/command.h"
#include "inference/learning/cohort/gene_names.h"
#include "inference/prediction/prediction.h"
#include "inference/regions/shapes_file.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Which files for other programs `predict` writes too. An empty name: NAME.h5ad, NAME.geojson and
/// NAME.maps.ome.tif in the folder of the results.
struct OtherFileOptions {
  std::optional<std::string> h5ad, geojson, omeTiff;
};

/// Declares --h5ad, --geojson and --ome-tiff, each with a name or without.
void declareOtherFiles(CLI::App& command, OtherFileOptions& options);

/// The files of one slide: hears of each gene, and writes when the prediction's own files are finished. One
/// thread.
class OtherFiles final {
 public:
  /// `stem`: FOLDER/NAME of the prediction's own files. `names`: for --h5ad, outlives it; null where the
  /// tables are not there, which no file is to fail for.
  OtherFiles(const OtherFileOptions& options, const std::filesystem::path& stem, const GeneNames* names);

  /// Errors: a file that is the slide itself.
  Result<void> check(const Slide& slide) const;
  void add(const Prediction& known, size_t gene, const GeneMap& map);
  /// `prediction`: as it may be shown.
  Result<void> write(const OpenedSlide& opened, const Prediction& prediction);

  const std::map<std::string, std::filesystem::path>& files() const { return m_files; }  ///< by their option

 private:
  const std::filesystem::path m_maps;
  const GeneNames* const m_names;
  std::map<std::string, std::filesystem::path> m_files;
  ShapesFile m_shapes;
};

}  // namespace geneglass
