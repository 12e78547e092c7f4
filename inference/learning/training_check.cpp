// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/training_check.h"

#include <algorithm>

#include "inference/learning/fold_file.h"
#include "inference/learning/package_writer.h"

namespace geneglass {
namespace {

constexpr size_t kFewestTestCases = 4;  ///< as trainRegression asks where the recipe is judged by the split

Result<void> checkOut(const std::filesystem::path& out) {
  if (out.empty()) return fail("The new model's folder has no name yet.");
  return checkFree(out);
}

size_t countOf(const Cohort& cohort, Split split) {
  return size_t(std::count_if(cohort.cases.begin(), cohort.cases.end(),
                              [split](const CohortCase& one) { return one.split == split; }));
}

}  // namespace

Result<TrainingFacts> checkTraining(const TrainingQuestion& question) {
  const Result<Cohort> read = readCohort(question.cohort);
  if (!read) return tl::unexpected(read.error());
  const Result<Cohort> cohort = makeLabels(*read, question.labels);
  if (!cohort) return tl::unexpected(cohort.error());
  const Result<Cohort> training = chooseCases(*cohort, Split::Train, size_t(question.folds));
  if (!training) return tl::unexpected(training.error());
  const size_t testCases = countOf(*cohort, Split::Test);
  if (testCases > 0 && question.recipe != "geneglass")
    if (const auto test = chooseCases(*cohort, Split::Test, kFewestTestCases); !test)
      return tl::unexpected(test.error());
  const Folds folds{question.folds, assignFolds(training->cases.size(), question.folds, question.seed)};
  if (const Result<void> fit = checkFolds(*training, folds); !fit) return tl::unexpected(fit.error());
  if (const Result<void> free = checkOut(question.out); !free) return tl::unexpected(free.error());
  const std::filesystem::path out = question.out.has_filename() ? question.out : question.out.parent_path();
  std::error_code error;
  const bool goesOn = std::filesystem::is_directory(out.string() + ".training", error);
  return TrainingFacts{cohort->genes.size(), training->cases.size(), training->slideCount(), testCases,
                       goesOn};
}

}  // namespace geneglass
