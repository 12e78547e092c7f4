// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "inference/subtype/template_set.h"

namespace geneglass {

/// What is nearest to one sample of K templates, and by how much of chance it may be.
struct NearestTemplate {
  std::vector<double> distance;  ///< K: sqrt((1 - cosine) / 2), 0 to 1; NaN where the sample says nothing
  size_t nearest = 0;            ///< class of the least
  double p = 1;  ///< that as many values drawn from all of the sample's genes lie as near to any template

  static constexpr int kDraws = 1000;
  /// From which false discovery rate on there is no call.
  static constexpr double kMostFalse = 0.05;
};

/// Nearest template prediction (methods.md section 5) of a sample whose genes are `z`, standardised over a
/// reference cohort: the cosine of the R rows' values with each class's template, 1 on its own rows and 0 on
/// others. The null: kDraws times R values drawn with replacement from all of `z`, each time the best class's
/// cosine; p = rank of the sample's among them, ties shared, over kDraws + 1, and 1 / kDraws at least. Same
/// seed, same p. Pure.
NearestTemplate nearestTemplate(std::span<const double> z, const PlacedTemplates& templates, uint64_t seed);

/// The class whose template is nearest: most similar(), sums over the rows of each class, by its rows.
size_t nearestOf(std::span<const double> sums, const PlacedTemplates& templates);

}  // namespace geneglass
