// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/synthetic_cohort.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "inference/learning/synthetic_truth.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/synthetic/pyramid_writer.h"
#include "viewer/slide/synthetic/random.h"
#include "viewer/slide/synthetic/slide_painter.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr double kMpp = 0.5;

Result<void> writeText(const fs::path& file, const std::string& text) {
  const fs::path part = file.string() + ".part";
  std::error_code error;
  {
    std::ofstream out(part, std::ios::binary);
    out << text;
    out.close();
    if (!out) error = std::error_code(errno, std::generic_category());
  }
  if (!error) fs::rename(part, file, error);
  if (!error) return {};
  const std::string reason = error.message();
  fs::remove(part, error);
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), reason));
}

/// One cohort being written.
class CohortJob final {
 public:
  CohortJob(const fs::path& folder, const SyntheticCohortOptions& options, std::stop_token stop,
            const OnProgress& onProgress)
      : m_folder(folder), m_options(options), m_stop(std::move(stop)), m_onProgress(onProgress) {}

  Result<void> write();

 private:
  std::string nameOf(int slide) const { return fmt::format("synthetic-{}-{:04}", m_options.seed, slide + 1); }
  uint64_t seedOf(int slide) const { return mixBits(mixBits(m_options.seed) + static_cast<uint64_t>(slide)); }
  fs::path fileOf(int slide, const char* ending) const { return m_folder / (nameOf(slide) + ending); }
  bool isFinished(int slide) const;
  Result<std::vector<double>> slideExpression(int slide);
  Result<std::vector<double>> writeSlide(int slide);
  void report(int slide, const Progress& within) const;

  const fs::path m_folder;
  const SyntheticCohortOptions m_options;
  const std::stop_token m_stop;
  const OnProgress& m_onProgress;
  const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
  int m_kept = 0;
};

/// The truth is written last and names the slide by its hash.
bool CohortJob::isFinished(int slide) const {
  const Result<SyntheticTruth> truth = readTruthFacts(fileOf(slide, ".truth.h5"));
  if (!truth || truth->seed != seedOf(slide) || truth->painter != SlidePainter::kVersion ||
      truth->size != m_options.size || truth->stainShift != m_options.stainShift ||
      !fs::exists(fileOf(slide, ".classes.png")))
    return false;
  const Result<std::string> hash = contentHash(fileOf(slide, ".tif"));
  return hash && *hash == truth->slideHash;
}

Result<std::vector<double>> CohortJob::slideExpression(int slide) {
  if (!isFinished(slide)) return writeSlide(slide);
  ++m_kept;
  const Result<SyntheticTruth> truth = readTruthFacts(fileOf(slide, ".truth.h5"));
  if (!truth) return tl::unexpected(truth.error());
  return truth->expression;
}

Result<std::vector<double>> CohortJob::writeSlide(int slide) {
  const SlidePainter painter(seedOf(slide), m_options.size, m_options.stainShift);
  const fs::path file = fileOf(slide, ".tif");
  const PyramidOptions pyramid{.size = m_options.size, .mpp = kMpp, .threads = m_options.threads};
  const auto render = [&](int64_t x, int64_t y, int width, int height) {
    return painter.render(x, y, width, height);
  };
  const Result<void> written =
      writePyramid(file, pyramid, render, m_stop, [&](const Progress& within) { report(slide, within); });
  if (!written) return tl::unexpected(written.error());
  const Result<std::string> hash = contentHash(file);
  if (!hash) return tl::unexpected(hash.error());
  const TruthOptions truth{seedOf(slide), m_options.stainShift, m_options.size, kMpp,
                           *hash,         m_options.threads};
  return writeTruth(fileOf(slide, ".truth.h5"), fileOf(slide, ".classes.png"), painter.layout(), truth,
                    m_stop);
}

void CohortJob::report(int slide, const Progress& within) const {
  if (!m_onProgress) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  const double done = slide - m_kept + static_cast<double>(within.done) / static_cast<double>(within.total);
  const double left = seconds * (m_options.slides - m_kept - done) / done;
  m_onProgress(
      {fmt::format("slide {} of {}, tile", slide + 1, m_options.slides), within.done, within.total, left});
}

Result<void> CohortJob::write() {
  std::error_code error;
  fs::create_directories(m_folder, error);
  if (error) return fail(fmt::format("Cannot make the folder '{}': {}.", m_folder.string(), error.message()));
  if (const Result<void> told = writeText(m_folder / "truth.json", describePlantedGenes()); !told)
    return told;
  std::string table = "slide,case,split";
  for (const PlantedGene& gene : plantedGenes()) table += "," + gene.symbol;
  table += "\n";
  for (int slide = 0; slide < m_options.slides; ++slide) {
    const Result<std::vector<double>> expression = slideExpression(slide);
    if (!expression) return tl::unexpected(expression.error());
    table += fmt::format("{0}.tif,{0},train", nameOf(slide));
    for (double value : *expression) table += fmt::format(",{:.6g}", value);
    table += "\n";
  }
  return writeText(m_folder / "cohort.csv", table);
}

}  // namespace

Result<void> writeSyntheticCohort(const fs::path& folder, const SyntheticCohortOptions& options,
                                  std::stop_token stop, const OnProgress& onProgress) {
  const auto refuse = [&](const std::string& why) {
    return fail(fmt::format("Cannot make a synthetic cohort in '{}': {}.", folder.string(), why));
  };
  if (options.slides < 1) return refuse("it needs at least one slide");
  const auto fits = [](int64_t side) { return side >= 256 && side <= 100000; };
  if (!fits(options.size.width) || !fits(options.size.height))
    return refuse(fmt::format("a slide of {} x {} pixels is out of range (256 to 100000 a side)",
                              options.size.width, options.size.height));
  if (!(options.stainShift >= 0 && options.stainShift <= 3)) return refuse("the stain shift must be 0 to 3");
  return CohortJob(folder, options, std::move(stop), onProgress).write();
}

}  // namespace geneglass
