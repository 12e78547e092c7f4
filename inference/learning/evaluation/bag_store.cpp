// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/bag_store.h"

#include <fmt/format.h>

#include "inference/predict_slide.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {

BagStore::BagStore(std::filesystem::path folder, const ModelPackage& package, int threads)
    : m_folder(std::move(folder)), m_package(package), m_threads(threads) {}

Result<FeatureBag> BagStore::givenBag(const std::filesystem::path& file) const {
  Result<FeatureBag> bag = readBag(file);
  if (!bag) return bag;
  if (!bag->encoderHash.empty() && bag->encoderHash != m_package.encoderHash)
    return fail(fmt::format("Cannot use the bag '{}': another encoder made it than that of '{}'.",
                            file.string(), m_package.folder.string()));
  if (bag->features.columns != size_t(m_package.encoder.width))
    return fail(fmt::format(
        "Cannot use the bag '{}': it has {} features a tile, the encoder of '{}' gives {}.", file.string(),
        bag->features.columns, m_package.folder.string(), m_package.encoder.width));
  return bag;
}

Result<FeatureBag> BagStore::bagOf(const std::filesystem::path& slide, std::stop_token stop) const {
  if (slide.extension() == ".h5") return givenBag(slide);
  const Result<OpenedSlide> opened = openSlide(slide);
  if (!opened) return tl::unexpected(opened.error());
  const std::string& hash = opened->slide->hash;
  const std::filesystem::path file =
      m_folder / fmt::format("{}-{}.h5", hash.substr(0, 16), m_package.encoderHash.substr(0, 16));
  if (std::filesystem::exists(file)) {
    Result<FeatureBag> kept = readBag(file);
    if (kept && kept->slideHash == hash && kept->encoderHash == m_package.encoderHash) return kept;
  }
  Result<ExtractedBag> extracted =
      extractFeatures(*opened, m_package, {.threads = m_threads, .precision = Precision::Float32}, stop,
                      [](const Progress&) {});
  if (!extracted) return tl::unexpected(extracted.error());
  std::error_code error;
  std::filesystem::create_directories(m_folder, error);
  if (error) return fail(fmt::format("Cannot make the folder '{}': {}.", m_folder.string(), error.message()));
  if (Result<void> written = writeBag(file, extracted->bag); !written) return tl::unexpected(written.error());
  return std::move(extracted->bag);
}

static void append(Matrix& all, const Matrix& more) {
  all.columns = more.columns;
  all.rows += more.rows;
  all.values.insert(all.values.end(), more.values.begin(), more.values.end());
}

Result<std::vector<Matrix>> BagStore::bagsOf(const Cohort& cohort, std::stop_token stop,
                                             const OnProgress& progress) const {
  const TimeLeft time;
  const int64_t total = int64_t(cohort.slideCount());
  int64_t done = 0;
  std::vector<Matrix> bags;
  for (const CohortCase& one : cohort.cases) {
    Matrix together;
    for (const std::filesystem::path& slide : one.slides) {
      const Result<FeatureBag> bag = bagOf(slide, stop);
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
