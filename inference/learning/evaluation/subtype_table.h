// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/learning/cohort/expression_table.h"
#include "inference/subtype/nearest_template.h"

namespace geneglass {

/// What the values of a table are, before they are standardised.
enum class ValueScale {
  Checked,  ///< taken as they are; refused where they look like counts
  AsIs,
  Log2  ///< log2(x + 1) is taken
};

struct SubtypeOptions {
  ValueScale scale = ValueScale::Checked;
  /// Each sample gets the mean distribution of the reference's samples first, ties the value at their mean
  /// rank (Bolstad et al. 2003, Bioinformatics 19, 185-193).
  bool quantiles = false;
  uint64_t seed = 1;
  int threads = 0;  ///< 0 = all
};

struct SubtypedSample {
  std::string name;
  NearestTemplate nearest;
  double falseRate = 1;  ///< Benjamini and Hochberg's q over the samples; of a single one its p
  bool called = false;   ///< falseRate <= NearestTemplate::kMostFalse
};

/// What a table's samples are called. A gene counts where the table and its reference both know it of all
/// samples, and it varies in the reference.
struct SubtypeTable {
  std::filesystem::path file;
  std::filesystem::path reference;  ///< whose means and deviations standardise; may be `file`
  TemplateSet templates;
  std::vector<size_t> found;  ///< K: rows of each class whose gene counts
  size_t genes = 0;           ///< that count
  size_t referenceSamples = 0;
  std::vector<SubtypedSample> samples;  ///< in the table's order
  std::vector<std::string> notes;       ///< a sentence each: what was left out, other names of genes
};

/// The names by which the set's genes may stand in a table.
std::vector<std::string> namesOf(const TemplateSet& templates);

/// Errors name the table: values that look like counts under Checked, one below 0 under Log2, a class of
/// which no gene counts, a reference of fewer than 3 samples, cancelled.
Result<SubtypeTable> callSubtypes(const ExpressionTable& table, const ExpressionTable& reference,
                                  const TemplateSet& templates, const SubtypeOptions& options,
                                  std::stop_token stop);

/// A line a sample for people, and what all of them come to.
std::string subtypesAsText(const SubtypeTable& table);
/// `sample,call,nearest,p,fdr` and a column `distance_CLASS` a class.
std::string subtypesAsCsv(const SubtypeTable& table);
std::string subtypesAsJson(const SubtypeTable& table);

}  // namespace geneglass
