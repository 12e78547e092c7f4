// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/cohort_features.h"

#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

void append(Matrix& all, const Matrix& more) {
  all.columns = more.columns;
  all.rows += more.rows;
  all.values.insert(all.values.end(), more.values.begin(), more.values.end());
}

}  // namespace

Result<ExtractOptions> learningFeatures(const std::filesystem::path& folder, int threads) {
  ExtractOptions options{.threads = threads, .precision = Precision::Float32};
  if (folder.empty()) {
    options.store = std::make_shared<const FeatureStore>();
    return options;
  }
  options.store = std::make_shared<const FeatureStore>(folder, FeatureStore::kNoLimit);
  if (const Result<void> prepared = options.store->prepare(); !prepared)
    return tl::unexpected(prepared.error());
  return options;
}

Result<std::vector<Matrix>> bagsOf(const Cohort& cohort, const LoadedEncoder& encoder,
                                   const ExtractOptions& options, std::stop_token stop,
                                   const OnProgress& progress) {
  const TimeLeft time;
  int64_t done = 0;
  const auto total = int64_t(cohort.slideCount());
  std::vector<Matrix> bags;
  for (const CohortCase& one : cohort.cases) {
    Matrix together;
    for (const std::filesystem::path& slide : one.slides) {
      const Result<FeatureBag> bag = featuresOf(slide, encoder, options, stop);
      if (!bag) return tl::unexpected(bag.error());
      append(together, bag->features);
      ++done;
      progress({"features of slides", done, total, time.after(double(done), double(total))});
    }
    bags.push_back(std::move(together));
  }
  return bags;
}

}  // namespace geneglass
