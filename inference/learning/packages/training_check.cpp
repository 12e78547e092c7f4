// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/training_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/learning/cohort/diagnosis_cohort.h"
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

size_t countOf(const Cohort& cohort, Split split) {
  return size_t(std::count_if(cohort.cases.begin(), cohort.cases.end(),
                              [split](const CohortCase& one) { return one.split == split; }));
}

void addSlides(const Cohort& cohort, std::vector<std::filesystem::path>& slides) {
  for (const CohortCase& one : cohort.cases)
    slides.insert(slides.end(), one.slides.begin(), one.slides.end());
}

Result<TrainingFacts> checkExpression(const TrainingQuestion& question, const Recipe& recipe) {
  Result<LabelledCohort> labelled = labelCohort(question.cohort, question.labels);
  if (!labelled) return tl::unexpected(labelled.error());
  const Cohort& cohort = labelled->cohort;
  const Result<Cohort> training = chooseCases(cohort, Split::Train, size_t(question.folds.count));
  if (!training) return tl::unexpected(training.error());
  TrainingFacts facts;
  facts.genes = cohort.genes.size();
  facts.cases = training->cases.size();
  facts.slides = training->slideCount();
  facts.testCases = countOf(cohort, Split::Test);
  facts.notes = std::move(labelled->notes);
  addSlides(*training, facts.slidesToRead);
  const Result<Cohort> judging = judgingCases(cohort, recipe);
  if (!judging) return tl::unexpected(judging.error());
  addSlides(*judging, facts.slidesToRead);
  const Result<Folds> folds = chooseFolds(*training, question.folds);
  if (!folds) return tl::unexpected(folds.error());
  facts.folds = folds->count;
  return facts;
}

Result<TrainingFacts> checkDiagnosis(const TrainingQuestion& question) {
  const Result<DiagnosisCohort> cohort = readDiagnosisCohort(question.cohort, question.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<DiagnosisCohort> training = chooseSlides(*cohort, Split::Train);
  if (!training) return tl::unexpected(training.error());
  const Result<Folds> folds = chooseFoldsOfPatients(*training, question.folds);
  if (!folds) return tl::unexpected(folds.error());
  TrainingFacts facts;
  facts.cases = training->patients.size();
  facts.slides = training->slides.size();
  facts.testCases = cohort->patients.size() - training->patients.size();
  facts.folds = folds->count;
  for (const DiagnosedSlide& slide : training->slides) {
    facts.positives += slide.positive;
    facts.slidesToRead.push_back(slide.file);
  }
  return facts;
}

}  // namespace

Result<TrainingFacts> checkTraining(const TrainingQuestion& question) {
  const Result<Recipe> recipe = recipeNamed(question.recipe, question.task);
  if (!recipe) return tl::unexpected(recipe.error());
  Result<TrainingFacts> facts =
      question.task == Task::Diagnosis ? checkDiagnosis(question) : checkExpression(question, *recipe);
  if (!facts) return facts;
  if (const Result<void> free = checkOut(question.out); !free) return tl::unexpected(free.error());
  facts->goesOn = leftSomething(question.out);
  return facts;
}

Result<void> checkBase(const ModelPackage& base, bool keepGenes) {
  if (keepGenes && base.genes.empty())
    return fail(
        fmt::format("The model package '{}' has no genes to add a diagnosis to.", base.folder.string()));
  return {};
}

}  // namespace geneglass
