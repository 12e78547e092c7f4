// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/packages/package_domain.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/evaluation/measure_domain.h"

namespace geneglass {
namespace {

constexpr size_t kFewestPatients = 3;  ///< each is judged by the others, which are to be several

tl::unexpected<Error> undescribed(const ModelPackage& package, const std::string& why) {
  return fail(
      fmt::format("Cannot describe the tissue that '{}' learnt from: {}.", package.folder.string(), why));
}

Folds drawFolds(const Cohort& slides, const DomainOptions& options) {
  const int count = std::min(options.folds, int(slides.patientCount()));
  const std::vector<int> ofPatient = assignFolds(slides.patientCount(), count, options.seed);
  Folds folds{count, {}};
  for (const size_t patient : slides.patientOfCase()) folds.ofCase.push_back(ofPatient[patient]);
  return folds;
}

}  // namespace

Result<ModelPackage> storeDomain(const ModelPackage& package, const Cohort& slides,
                                 const DomainOptions& options, std::stop_token stop,
                                 const OnProgress& progress) {
  if (slides.patientCount() < kFewestPatients)
    return undescribed(package, fmt::format("slides of {} patients are too few, it takes {}",
                                            slides.patientCount(), kFewestPatients));
  const Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  const LoadedEncoder encoder(std::make_shared<const ModelPackage>(package));
  const Result<std::vector<Matrix>> bags = bagsOf(slides, encoder, *features, stop, progress);
  if (!bags) return tl::unexpected(bags.error());
  const auto domain =
      measureDomain({*bags, slideOfCase(slides), drawFolds(slides, options), options.seed}, stop);
  if (stop.stop_requested()) return undescribed(package, "it was cancelled");
  if (!domain) return undescribed(package, "the features of its tiles are all the same, or no numbers");
  if (const Result<void> written = writeDomain(package.folder / kDomainFile, *domain); !written)
    return tl::unexpected(written.error());
  ModelPackage described = package;
  described.domain = domain->facts();
  return writeManifest(std::move(described));
}

}  // namespace geneglass
