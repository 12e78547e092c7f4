// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/recipes.h"

#include <fmt/format.h>

#include <algorithm>

#include "viewer/foundation/files/named_rows.h"

namespace geneglass {
namespace {

constexpr size_t kFewestJudges = 4;  // Steiger's test needs them

/// "'a', 'b' and 'c'": the recipes that have the task.
std::string listOf(Task task) {
  std::vector<std::string> names;
  for (const Recipe& recipe : recipes())
    if (recipe.has(task)) names.push_back(recipe.name);
  return listed(names);
}

}  // namespace

const std::vector<Recipe>& recipes() {
  static const std::vector<Recipe> table{
      {"geneglass",
       {HeadChoice::AttentionRegression, HeadChoice::GatedAttention, HeadChoice::Linear, HeadChoice::Better},
       false,
       "all genes in one model",
       "a small head, some minutes"},
      {"histcode2022",
       {HeadChoice::GatedAttention},
       true,
       "gated attention as in the paper, one model a gene and fold",
       "gated attention with the loss of single tiles, as in the paper"},
      {"graziani2022",
       {HeadChoice::AttentionRegression},
       true,
       "as in the paper, one model a gene and fold",
       ""},
  };
  return table;
}

std::vector<std::string> recipeNames() {
  return namesOf(recipes());
}

Result<Recipe> recipeNamed(const std::string& name, Task task) {
  const auto found = std::ranges::find(recipes(), name, &Recipe::name);
  if (found == recipes().end())
    return fail(fmt::format("There is no recipe '{}'; {} are there.", name, listOf(Task::Expression)));
  if (!found->has(task))
    return fail(fmt::format("The recipe '{}' has no diagnosis; the recipes {} have.", name, listOf(task)));
  return *found;
}

Result<Cohort> judgingCases(const Cohort& cohort, const Recipe& recipe) {
  const auto isTest = [](const CohortCase& one) { return one.split == Split::Test; };
  if (!recipe.oneModelAGene || std::none_of(cohort.cases.begin(), cohort.cases.end(), isTest))
    return Cohort{cohort.file, cohort.genes, {}};
  return chooseCases(cohort, Split::Test, kFewestJudges);
}

}  // namespace geneglass
