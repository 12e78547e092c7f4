// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/learning/cohort/cohort.h"
#include "inference/package/head_kind.h"

namespace geneglass {

/// What heads are to learn: a column a gene, or whether a slide shows tumour.
enum class Task { Expression, Diagnosis };

/// The heads of genes a training is asked for.
enum class HeadChoice {
  RecipesOwn,
  AttentionRegression,
  GatedAttention,
  Linear,
  Better  ///< linear or attention regression, whichever predicts inner folds better
};

/// Of what kind they are; of Better: those that linear ones are compared with. Not of RecipesOwn.
constexpr HeadKind kindOf(HeadChoice choice) {
  return choice == HeadChoice::GatedAttention ? HeadKind::GatedAttention
         : choice == HeadChoice::Linear       ? HeadKind::Linear
                                              : HeadKind::AttentionRegression;
}

/// As people call it.
constexpr const char* toString(HeadChoice choice) {
  return choice == HeadChoice::Better ? "the better of linear and attention regression"
                                      : toString(kindOf(choice));
}

/// A way to train heads, published or this program's own.
struct Recipe {
  std::string name;               ///< as packages and the command line call it
  std::vector<HeadChoice> heads;  ///< of genes; the first where none is asked for
  bool oneModelAGene = false;  ///< and split: then test cases, where there are some, judge instead of folds
  std::string genes;           ///< what it does for genes, for people who choose
  std::string diagnosis;       ///< and for a diagnosis; empty: it has none

  bool has(Task task) const { return task == Task::Expression || !diagnosis.empty(); }
};

/// All of them, the one to begin with first. A new recipe is a row.
const std::vector<Recipe>& recipes();
std::vector<std::string> recipeNames();

/// Error: there is none of this name, or it has not this task; the sentence lists those that are there.
Result<Recipe> recipeNamed(const std::string& name, Task task);

/// The test split that judges a recipe; without cases where folds do. Error: fewer than the statistics need.
Result<Cohort> judgingCases(const Cohort& cohort, const Recipe& recipe);

}  // namespace geneglass
