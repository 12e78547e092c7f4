// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/training_preparation.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/package/package_writer.h"

namespace geneglass {
namespace {

Result<void> checkOut(const std::filesystem::path& out) {
  if (out.empty()) return fail("The new model's folder has no name yet.");
  return checkFree(out);
}

bool leftSomething(const std::filesystem::path& out) {
  const std::filesystem::path named = out.has_filename() ? out : out.parent_path();
  std::error_code error;
  return std::filesystem::is_directory(named.string() + ".training", error);
}

Result<void> checkBase(const ModelPackage& base, bool keepGenes) {
  if (keepGenes && base.genes.empty())
    return fail(
        fmt::format("The model package '{}' has no genes to add a diagnosis to.", base.folder.string()));
  return {};
}

/// Chosen and divided, where its recipe is known.
Result<GeneTraining> divide(const Cohort& cohort, const Recipe& recipe, HeadKind head,
                            const TrainOptions& options) {
  Result<Cohort> training = chooseCases(cohort, Split::Train, size_t(options.folds));
  if (!training) return tl::unexpected(training.error());
  Result<Cohort> judging = judgingCases(cohort, recipe);
  if (!judging) return tl::unexpected(judging.error());
  Result<Folds> folds = chooseFolds(*training, options.foldChoice());
  if (!folds) return tl::unexpected(folds.error());
  const auto tests = std::ranges::count(cohort.cases, Split::Test, &CohortCase::split);
  return GeneTraining{recipe,       head, std::move(*training), std::move(*judging), std::move(*folds),
                      size_t(tests)};
}

Result<ModelPackage> openEncoder(const std::filesystem::path& folder) {
  return folder.empty() ? openShippedModel() : openModelPackage(folder);
}

Result<PreparedTraining> prepareExpression(const TrainingRequest& request) {
  PreparedTraining prepared{request.options, {}, false, {}, {}};
  prepared.options.labels = request.labels.rule;
  if (const std::string unit = unitOf(request.labels.rule); !unit.empty()) prepared.options.labelUnit = unit;
  if (const Result<HeadKind> known = chosenHead(request.options); !known)
    return tl::unexpected(known.error());
  Result<LabelledCohort> labelled = labelCohort(request.cohort, request.labels);
  if (!labelled) return tl::unexpected(labelled.error());
  Result<GeneTraining> cases = prepareGenes(labelled->cohort, request.options);
  if (!cases) return tl::unexpected(cases.error());
  Result<ModelPackage> encoder = openEncoder(request.encoder);
  if (!encoder) return tl::unexpected(encoder.error());
  prepared.encoder = std::move(*encoder);
  prepared.cases = std::move(*cases);
  prepared.notes = std::move(labelled->notes);
  return prepared;
}

Result<PreparedTraining> prepareDiagnosisOf(const TrainingRequest& request) {
  if (const Result<Recipe> known = recipeNamed(request.options.recipe, Task::Diagnosis); !known)
    return tl::unexpected(known.error());
  const Result<Cohort> cohort = readClassCohort(request.cohort, request.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const bool keepsGenes = !request.addTo.empty();
  Result<ModelPackage> base = openEncoder(keepsGenes ? request.addTo : request.encoder);
  if (!base) return tl::unexpected(base.error());
  Result<ClassTraining> cases = prepareClasses(*cohort, *base, keepsGenes, request.options);
  if (!cases) return tl::unexpected(cases.error());
  return PreparedTraining{request.options, std::move(*base), keepsGenes, std::move(*cases), {}};
}

}  // namespace

std::vector<std::filesystem::path> PreparedTraining::slidesToRead() const {
  std::vector<std::filesystem::path> slides;
  const auto add = [&](const Cohort& cohort) {
    for (const CohortCase& one : cohort.cases)
      slides.insert(slides.end(), one.slides.begin(), one.slides.end());
  };
  if (const auto* genes = std::get_if<GeneTraining>(&cases)) {
    add(genes->training);
    add(genes->judging);
  } else {
    add(std::get<ClassTraining>(cases).training);
  }
  return slides;
}

Result<PreparedTraining> prepareTraining(const TrainingRequest& request) {
  return request.task == Task::Diagnosis ? prepareDiagnosisOf(request) : prepareExpression(request);
}

TrainingFacts factsOf(const PreparedTraining& prepared) {
  TrainingFacts facts;
  facts.goesOn = leftSomething(prepared.options.out);
  if (const auto* genes = std::get_if<GeneTraining>(&prepared.cases)) {
    facts.genes = genes->training.genes.size();
    facts.cases = genes->training.cases.size();
    facts.slides = genes->training.slideCount();
    facts.testCases = genes->testCases;
    facts.folds = genes->folds.count;
  } else {
    const auto& slides = std::get<ClassTraining>(prepared.cases);
    facts.classes = slides.training.classCount();
    if (facts.classes == 2) facts.positives = size_t(std::ranges::count(slides.training.classOfCase(), 1U));
    facts.cases = slides.training.patientCount();
    facts.slides = slides.training.slideCount();
    facts.testCases = slides.testCases;
    facts.folds = slides.folds.count;
  }
  return facts;
}

Result<GeneTraining> prepareGenes(const Cohort& cohort, const TrainOptions& options) {
  const Result<HeadKind> head = chosenHead(options);
  if (!head) return tl::unexpected(head.error());
  const Recipe recipe = *recipeNamed(options.recipe, Task::Expression);
  if (const Result<void> free = checkOut(options.out); !free) return tl::unexpected(free.error());
  return divide(cohort, recipe, *head, options);
}

Result<ClassTraining> prepareClasses(const Cohort& cohort, const ModelPackage& base, bool keepGenes,
                                     const TrainOptions& options) {
  if (const Result<Recipe> known = recipeNamed(options.recipe, Task::Diagnosis); !known)
    return tl::unexpected(known.error());
  if (const Result<void> free = checkOut(options.out); !free) return tl::unexpected(free.error());
  if (const Result<void> fits = checkBase(base, keepGenes); !fits) return tl::unexpected(fits.error());
  Result<Cohort> training = chooseCases(cohort, Split::Train, 0);
  if (!training) return tl::unexpected(training.error());
  Result<Folds> folds = chooseFolds(*training, options.foldChoice());
  if (!folds) return tl::unexpected(folds.error());
  const size_t tests = cohort.patientCount() - training->patientCount();
  return ClassTraining{std::move(*training), std::move(*folds), tests};
}

Result<HeadKind> chosenHead(const TrainOptions& options) {
  const Result<Recipe> recipe = recipeNamed(options.recipe, Task::Expression);
  if (!recipe) return tl::unexpected(recipe.error());
  const HeadKind kind = options.head.value_or(recipe->heads.front());
  if (std::ranges::find(recipe->heads, kind) == recipe->heads.end())
    return fail(fmt::format("The recipe '{}' has no heads of {}.", recipe->name, toString(kind)));
  if (options.pool != BagPool::Attention && kind != HeadKind::GatedAttention)
    return fail("Attention regression pools by attention alone; a pool of extremes needs gated heads.");
  return kind;
}

}  // namespace geneglass
