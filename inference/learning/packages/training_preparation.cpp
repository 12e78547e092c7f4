// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/training_preparation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "inference/learning/cohort/check_slides.h"
#include "inference/learning/cohort/spot_facts.h"
#include "inference/learning/packages/judged_heads.h"
#include "viewer/foundation/files/part_folder.h"

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
Result<GeneTraining> divide(const Cohort& cohort, const Recipe& recipe, HeadChoice head,
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

/// The package of the encoder, which sees places as it does there, or by tiles of these sizes.
Result<ModelPackage> openEncoder(const std::filesystem::path& folder, const std::vector<double>& sizes) {
  Result<ModelPackage> encoder = folder.empty() ? openShippedModel() : openModelPackage(folder);
  if (!encoder || sizes.empty()) return encoder;
  encoder->view = {sizes};
  if (const std::string wrong = whyNot(encoder->view); !wrong.empty())
    return fail(fmt::format("The sizes of tiles {}.", wrong));
  return encoder;
}

/// What a cohort of spots says of itself goes before what is usual for slides.
Result<void> takeSpotFacts(const std::filesystem::path& cohort, TrainOptions& options) {
  const Result<std::optional<SpotFacts>> facts = readSpotFacts(cohort);
  if (!facts) return tl::unexpected(facts.error());
  if (!*facts) return {};
  const SpotFacts& spots = **facts;
  if (!options.sizes.empty() && options.sizes != spots.sizes)
    return fail(fmt::format("The bags of '{}' tell of tiles of the sizes {}, not {}.", cohort.string(),
                            fmt::join(spots.sizes, ","), fmt::join(options.sizes, ",")));
  options.sizes = spots.sizes;
  options.labelUnit = spots.labelUnit;
  options.ofSpots = true;
  if (options.foldFile.empty()) options.foldFile = SpotFacts::folds(cohort);
  if (options.head == HeadChoice::RecipesOwn && options.recipe == recipes().front().name)
    options.head = spots.sections < kFewestFoldsToChoose ? HeadChoice::Linear : HeadChoice::Better;
  return {};
}

Result<PreparedTraining> prepareExpression(const TrainingRequest& request) {
  PreparedTraining prepared{request.options, {}, false, {}, {}};
  prepared.options.labels = request.labels.rule;
  if (const std::string unit = unitOf(request.labels.rule); !unit.empty()) prepared.options.labelUnit = unit;
  if (const Result<HeadChoice> known = chosenHead(request.options); !known)
    return tl::unexpected(known.error());
  if (const Result<void> taken = takeSpotFacts(request.cohort, prepared.options); !taken)
    return tl::unexpected(taken.error());
  Result<LabelledCohort> labelled = labelCohort(request.cohort, request.labels);
  if (!labelled) return tl::unexpected(labelled.error());
  Result<GeneTraining> cases = prepareGenes(labelled->cohort, prepared.options);
  if (!cases) return tl::unexpected(cases.error());
  Result<ModelPackage> encoder = openEncoder(request.encoder, prepared.options.sizes);
  if (!encoder) return tl::unexpected(encoder.error());
  prepared.encoder = std::move(*encoder);
  if (prepared.options.ofSpots && prepared.encoder.genes.empty()) {  // it says nothing of this tissue's genes
    prepared.encoder.panel = {};
    prepared.encoder.isUngrouped = true;
  }
  prepared.cases = std::move(*cases);
  prepared.notes = std::move(labelled->notes);
  return prepared;
}

Result<PreparedTraining> prepareDiagnosisOf(const TrainingRequest& request) {
  if (const Result<Recipe> known = recipeNamed(request.options.recipe, Task::Diagnosis); !known)
    return tl::unexpected(known.error());
  if (request.options.dropout || request.options.members > 1)
    return fail("A diagnosis is learnt by one head from all features: it has no members and drops none.");
  const Result<Cohort> cohort = readClassCohort(request.cohort, request.label);
  if (!cohort) return tl::unexpected(cohort.error());
  const bool keepsGenes = !request.addTo.empty();
  Result<ModelPackage> base =
      keepsGenes ? openEncoder(request.addTo, {}) : openEncoder(request.encoder, request.options.sizes);
  if (!base) return tl::unexpected(base.error());
  Result<ClassTraining> cases = prepareClasses(*cohort, *base, keepsGenes, request.options);
  if (!cases) return tl::unexpected(cases.error());
  return PreparedTraining{request.options, std::move(*base), keepsGenes, std::move(*cases), {}};
}

/// Of training, and of the tests that judge it.
std::vector<std::filesystem::path> slidesToRead(const PreparedTraining& prepared) {
  std::vector<std::filesystem::path> slides;
  const auto add = [&](const Cohort& cohort) {
    for (const CohortCase& one : cohort.cases)
      slides.insert(slides.end(), one.slides.begin(), one.slides.end());
  };
  if (const auto* genes = std::get_if<GeneTraining>(&prepared.cases)) {
    add(genes->training);
    add(genes->judging);
  } else {
    add(std::get<ClassTraining>(prepared.cases).training);
  }
  return slides;
}

}  // namespace

Result<PreparedTraining> prepareTraining(const TrainingRequest& request, const std::stop_token& stop) {
  Result<PreparedTraining> prepared =
      request.task == Task::Diagnosis ? prepareDiagnosisOf(request) : prepareExpression(request);
  if (!prepared) return prepared;
  if (const Result<void> read = checkSlides(slidesToRead(*prepared), {}, stop); !read)
    return tl::unexpected(read.error());
  return prepared;
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
    if (facts.classes == 2) {
      facts.positives = size_t(std::ranges::count(slides.training.classOfCase(), 1U));
      facts.positive = std::get<Classes>(slides.training.target).names.back();
    }
    facts.cases = slides.training.patientCount();
    facts.slides = slides.training.slideCount();
    facts.testCases = slides.testCases;
    facts.folds = slides.folds.count;
  }
  return facts;
}

Result<GeneTraining> prepareGenes(const Cohort& cohort, const TrainOptions& options) {
  const Result<HeadChoice> head = chosenHead(options);
  if (!head) return tl::unexpected(head.error());
  const Recipe recipe = *recipeNamed(options.recipe, Task::Expression);
  if (const Result<void> free = checkOut(options.out); !free) return tl::unexpected(free.error());
  Result<GeneTraining> divided = divide(cohort, recipe, *head, options);
  if (divided && *head == HeadChoice::Better && divided->folds.count < kFewestFoldsToChoose)
    return fail(
        fmt::format("Choosing between heads takes {} folds or more, so that each is chosen for by the "
                    "others; here are {}.",
                    kFewestFoldsToChoose, divided->folds.count));
  return divided;
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

Result<HeadChoice> chosenHead(const TrainOptions& options) {
  const Result<Recipe> recipe = recipeNamed(options.recipe, Task::Expression);
  if (!recipe) return tl::unexpected(recipe.error());
  const HeadChoice head = options.head == HeadChoice::RecipesOwn ? recipe->heads.front() : options.head;
  if (std::ranges::find(recipe->heads, head) == recipe->heads.end())
    return fail(fmt::format("The recipe '{}' has no heads of {}.", recipe->name, toString(head)));
  if (options.pool != BagPool::Attention && head != HeadChoice::GatedAttention)
    return fail("Attention regression pools by attention alone; a pool of extremes needs gated heads.");
  const char* const asked = options.dropout ? "dropped features" : options.members > 1 ? "members" : nullptr;
  if (asked && recipe->oneModelAGene)
    return fail(fmt::format("The recipe '{}' has no {}: its numbers are a paper's.", recipe->name, asked));
  if (asked && head == HeadChoice::Linear)
    return fail(fmt::format("Linear heads have no {}: they are fitted in one step, without chance.", asked));
  return head;
}

}  // namespace geneglass
