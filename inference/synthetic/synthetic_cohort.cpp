// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/synthetic_cohort.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "inference/synthetic/pyramid_writer.h"
#include "inference/synthetic/random.h"
#include "inference/synthetic/slide_painter.h"
#include "inference/synthetic/synthetic_truth.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/slide/content_hash.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr double kMpp = 0.5;
constexpr uint64_t kNormal = 0x6e6f726d616c;  ///< tells a normal slide's seed from its patient's

/// One slide of a cohort.
struct PlannedSlide {
  std::string name;
  std::string patient;
  uint64_t seed = 0;
  SectionKind kind = SectionKind::Mixed;
};

/// The patients' slides, then the matched normal ones.
std::vector<PlannedSlide> planSlides(const SyntheticCohortOptions& options) {
  const SectionKind first = options.normal > 0 ? SectionKind::Tumour : SectionKind::Mixed;
  std::vector<PlannedSlide> slides;
  for (int patient = 0; patient < options.slides; ++patient) {
    const std::string name = fmt::format("synthetic-{}-{:04}", options.seed, patient + 1);
    const uint64_t seed = mixBits(mixBits(options.seed) + static_cast<uint64_t>(patient));
    slides.push_back({name, name, seed, first});
  }
  const auto normals = static_cast<size_t>(std::lround(options.normal * options.slides));
  for (size_t patient = 0; patient < normals; ++patient) {
    const PlannedSlide& tumour = slides[patient];
    slides.push_back(
        {tumour.name + "-normal", tumour.patient, mixBits(tumour.seed ^ kNormal), SectionKind::Normal});
  }
  return slides;
}

/// One cohort being written.
class CohortJob final {
 public:
  CohortJob(const fs::path& folder, const SyntheticCohortOptions& options, std::stop_token stop,
            const OnProgress& onProgress)
      : m_folder(folder),
        m_options(options),
        m_slides(planSlides(options)),
        m_stop(std::move(stop)),
        m_onProgress(onProgress) {}

  Result<void> write();

 private:
  fs::path fileOf(size_t slide, const char* ending) const {
    return m_folder / (m_slides[slide].name + ending);
  }
  bool isFinished(size_t slide) const;
  Result<std::vector<double>> slideExpression(size_t slide);
  Result<std::vector<double>> writeSlide(size_t slide);
  void report(size_t slide, const Progress& within) const;
  Result<void> writeDiagnosis() const;

  const fs::path m_folder;
  const SyntheticCohortOptions m_options;
  const std::vector<PlannedSlide> m_slides;
  const std::stop_token m_stop;
  const OnProgress& m_onProgress;
  const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
  size_t m_kept = 0;
};

/// The truth is written last and names the slide by its hash.
bool CohortJob::isFinished(size_t slide) const {
  const Result<SyntheticTruth> truth = readTruthFacts(fileOf(slide, ".truth.h5"));
  if (!truth || truth->seed != m_slides[slide].seed || truth->painter != SlidePainter::kVersion ||
      truth->size != m_options.size || truth->stainShift != m_options.stainShift ||
      truth->kind != m_slides[slide].kind || !fs::exists(fileOf(slide, ".classes.png")))
    return false;
  const Result<std::string> hash = contentHash(fileOf(slide, ".tif"));
  return hash && *hash == truth->slideHash;
}

Result<std::vector<double>> CohortJob::slideExpression(size_t slide) {
  if (!isFinished(slide)) return writeSlide(slide);
  ++m_kept;
  const Result<SyntheticTruth> truth = readTruthFacts(fileOf(slide, ".truth.h5"));
  if (!truth) return tl::unexpected(truth.error());
  return truth->expression;
}

Result<std::vector<double>> CohortJob::writeSlide(size_t slide) {
  const PlannedSlide& planned = m_slides[slide];
  const SlidePainter painter(planned.seed, m_options.size, m_options.stainShift, planned.kind);
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
  const TruthOptions truth{.seed = planned.seed,
                           .stainShift = m_options.stainShift,
                           .kind = planned.kind,
                           .size = m_options.size,
                           .mpp = kMpp,
                           .slideHash = *hash,
                           .threads = m_options.threads};
  return writeTruth(fileOf(slide, ".truth.h5"), fileOf(slide, ".classes.png"), painter.layout(), truth,
                    m_stop);
}

void CohortJob::report(size_t slide, const Progress& within) const {
  if (!m_onProgress) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
  const double done = static_cast<double>(slide - m_kept) +
                      static_cast<double>(within.done) / static_cast<double>(within.total);
  const double left = seconds * (static_cast<double>(m_slides.size() - m_kept) - done) / done;
  m_onProgress(
      {fmt::format("slide {} of {}, tile", slide + 1, m_slides.size()), within.done, within.total, left});
}

Result<void> CohortJob::writeDiagnosis() const {
  std::string table = "slide,case,split,tumour\n";
  for (const PlannedSlide& slide : m_slides)
    table += fmt::format("{}.tif,{},train,{}\n", slide.name, slide.patient,
                         slide.kind == SectionKind::Tumour ? 1 : 0);
  return writeText(m_folder / "diagnosis.csv", table);
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
  for (size_t slide = 0; slide < m_slides.size(); ++slide) {
    const Result<std::vector<double>> expression = slideExpression(slide);
    if (!expression) return tl::unexpected(expression.error());
    if (m_slides[slide].kind == SectionKind::Normal) continue;
    table += fmt::format("{}.tif,{},train", m_slides[slide].name, m_slides[slide].patient);
    for (double value : *expression) table += fmt::format(",{:.6g}", value);
    table += "\n";
  }
  if (Result<void> written = writeText(m_folder / "cohort.csv", table); !written) return written;
  return m_options.normal > 0 ? writeDiagnosis() : Result<void>();
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
  if (!(options.normal >= 0 && options.normal <= 1))
    return refuse("the part of the patients with a normal slide must be 0 to 1");
  return CohortJob(folder, options, std::move(stop), onProgress).write();
}

}  // namespace geneglass
