// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/synthetic/planted_expression.h"
#include "inference/synthetic/tissue_layout.h"
#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// What is known of one synthetic slide, by cells of `cell` x `cell` level-0 pixels.
struct SyntheticTruth {
  int cell = 64;
  double mpp = 0.5;
  uint64_t seed = 0;
  double stainShift = 0;
  SectionKind kind = SectionKind::Mixed;
  int painter = 0;  ///< SlidePainter::kVersion that drew the slide
  Size size;        ///< of the slide, level-0 pixels
  std::string slideHash;
  std::vector<std::string> classes;  ///< C, named as toString(TissueClass)
  std::vector<std::string> genes;    ///< G
  size_t rows = 0, columns = 0;
  std::vector<float> composition;  ///< C x rows x columns: fraction of each class, adding up to 1 in a cell
  std::vector<float> truth;        ///< G x rows x columns: planted expression; NaN in cells without tissue
  std::vector<double> expression;  ///< G: of the slide, noise included

  std::span<const float> truthOf(size_t gene) const {
    return {truth.data() + gene * rows * columns, rows * columns};
  }
};

/// Reads NAME.truth.h5. Errors name the file: not HDF5, a part that is missing or of the wrong shape.
Result<SyntheticTruth> readTruth(const std::filesystem::path& file);

/// The same without composition and truth: quick.
Result<SyntheticTruth> readTruthFacts(const std::filesystem::path& file);

/// C fractions of a level-0 rectangle, weighted by overlap with cells; what lies outside the slide does not
/// count. All 0 where it lies outside altogether.
ClassFractions compositionOf(const SyntheticTruth& truth, const Rect& area);

/// What to write beside a slide.
struct TruthOptions {
  uint64_t seed = 0;
  double stainShift = 0;
  SectionKind kind = SectionKind::Mixed;
  Size size;
  double mpp = 0.5;
  std::string slideHash;
  int threads = 0;
};

/// Takes the maps from `layout` and writes NAME.truth.h5 and, as `classMap`, the PNG of the prevailing
/// classes. Memory holds a few rows of cells whatever the size (and a byte a cell). Returns the slide's
/// expression, G. Each file is whole or absent.
Result<std::vector<double>> writeTruth(const std::filesystem::path& file,
                                       const std::filesystem::path& classMap, const TissueLayout& layout,
                                       const TruthOptions& options, std::stop_token stop);

}  // namespace geneglass
