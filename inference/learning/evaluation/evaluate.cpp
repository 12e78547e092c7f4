// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "inference/head/slide_head.h"
#include "inference/learning/evaluation/cohort_features.h"
#include "inference/learning/evaluation/map_scores.h"
#include "inference/learning/evaluation/tile_gallery.h"
#include "inference/learning/heads/head_training.h"
#include "viewer/foundation/time_left.h"

namespace geneglass {
namespace {

constexpr uint64_t kSeed = 1;

/// The genes that both have: their places in the package and in the cohort.
struct CommonGenes {
  std::vector<std::string> symbols;
  std::vector<size_t> inPackage;
  std::vector<size_t> inCohort;
};

CommonGenes commonGenes(const ModelPackage& package, const Cohort& cohort) {
  CommonGenes common;
  for (size_t gene = 0; gene < package.genes.size(); ++gene) {
    const auto found = std::find(cohort.genes.begin(), cohort.genes.end(), package.genes[gene].symbol);
    if (found == cohort.genes.end()) continue;
    common.symbols.push_back(*found);
    common.inPackage.push_back(gene);
    common.inCohort.push_back(size_t(found - cohort.genes.begin()));
  }
  return common;
}

Matrix columnsOf(const Matrix& all, const std::vector<size_t>& chosen) {
  Matrix columns(all.rows, chosen.size());
  for (size_t row = 0; row < all.rows; ++row)
    for (size_t column = 0; column < chosen.size(); ++column)
      columns.at(row, column) = all.at(row, chosen[column]);
  return columns;
}

std::vector<std::string> symbolsOf(const ModelPackage& package) {
  std::vector<std::string> symbols;
  for (const GeneFacts& gene : package.genes) symbols.push_back(gene.symbol);
  return symbols;
}

/// The genes whose tiles are worth a look: those the package believes, all where it believes none.
std::vector<size_t> believedGenes(const ModelPackage& package) {
  std::vector<size_t> believed, all;
  for (size_t gene = 0; gene < package.genes.size(); ++gene) {
    all.push_back(gene);
    if (package.genes[gene].wellPredicted) believed.push_back(gene);
  }
  return believed.empty() ? all : believed;
}

std::vector<double> deviationsOf(const ModelPackage& package) {
  std::vector<double> deviations;
  for (const GeneFacts& gene : package.genes) deviations.push_back(gene.trainingDeviation);
  return deviations;
}

/// Predicts case after case; keeps the features for the untrained model beside it.
class Evaluator final {
 public:
  Evaluator(const ModelPackage& package, const SlideHead& head, const Cohort& cohort, ExtractOptions features,
            TileGallery* gallery)
      : m_package(package),
        m_head(head),
        m_cohort(cohort),
        m_encoder(std::make_shared<const ModelPackage>(package)),
        m_features(std::move(features)),
        m_gallery(gallery),
        m_curves(believedGenes(package), deviationsOf(package), kSeed),
        m_maps(symbolsOf(package)),
        m_predicted(cohort.cases.size(), package.genes.size()) {}

  Result<void> run(std::stop_token stop, const OnProgress& progress) {
    const TimeLeft time;
    const double total = double(m_cohort.cases.size());
    for (size_t i = 0; i < m_cohort.cases.size(); ++i) {
      if (Result<void> done = predictCase(i, stop); !done) return done;
      progress({"evaluating case", int64_t(i + 1), int64_t(total), time.after(double(i + 1), total)});
    }
    return {};
  }

  const Matrix& predicted() const { return m_predicted; }
  const MapScores& maps() const { return m_maps; }
  TileCurves curves() const { return m_curves.curves(); }

  /// A head of the package's shape that never learnt, standardised on this cohort.
  Matrix untrained() const {
    TrainingCases cases;
    for (const Matrix& bag : m_bags) cases.bags.push_back(&bag);
    cases.labels = Matrix(m_bags.size(), m_package.genes.size());
    std::vector<size_t> all(m_bags.size());
    std::iota(all.begin(), all.end(), size_t{0});
    TrainedHead head = untrainedHead(cases, all, {.kind = m_package.head}, kSeed);
    for (size_t gene = 0; gene < m_package.genes.size(); ++gene) {
      head.scale.mean[gene] = m_package.genes[gene].trainingMean;
      head.scale.deviation[gene] = m_package.genes[gene].trainingDeviation;
    }
    return applyHead(head, cases.bags);
  }

 private:
  Result<void> predictCase(size_t index, std::stop_token stop) {
    const CohortCase& one = m_cohort.cases[index];
    Matrix features;
    std::vector<TileGrid> grids;
    for (const std::filesystem::path& slide : one.slides) {
      const Result<FeatureBag> bag = featuresOf(slide, m_encoder, m_features, stop);
      if (!bag) return tl::unexpected(bag.error());
      features.columns = bag->features.columns;
      features.rows += bag->features.rows;
      features.values.insert(features.values.end(), bag->features.values.begin(), bag->features.values.end());
      grids.push_back(bag->grid);
    }
    const Result<BagPrediction> prediction = m_head.predict(features);
    if (!prediction) return tl::unexpected(prediction.error());
    std::copy(prediction->values.begin(), prediction->values.end(), m_predicted.row(index).begin());
    if (m_head.poolsByAttention() && m_head.weighsTiles()) m_curves.add(*prediction);
    if (m_gallery) m_gallery->add(index, one.slides, grids, prediction->attention);
    size_t first = 0;
    for (size_t slide = 0; slide < grids.size(); ++slide) {
      if (Result<void> added = m_maps.add(one.slides[slide], grids[slide], prediction->expression, first);
          !added)
        return added;
      first += grids[slide].count();
    }
    m_bags.push_back(std::move(features));
    return {};
  }

  const ModelPackage& m_package;
  const SlideHead& m_head;
  const Cohort& m_cohort;
  const LoadedEncoder m_encoder;
  const ExtractOptions m_features;
  TileGallery* m_gallery;  ///< null where none is asked for
  TileCurveScores m_curves;
  MapScores m_maps;
  Matrix m_predicted;
  std::vector<Matrix> m_bags;
};

/// What the rule here and in training agree on, and what planted truth says.
void judge(std::vector<GeneScore>& scores, const ModelPackage& package, const CommonGenes& common,
           const MapScores& maps) {
  for (size_t i = 0; i < scores.size(); ++i) {
    scores[i].wellPredicted = scores[i].wellPredicted && package.genes[common.inPackage[i]].wellPredicted;
    if (!maps.any()) continue;
    if (const PlantedGene* planted = plantedGene(scores[i].symbol))
      scores[i].planted = !planted->drivers.empty();
    scores[i].mapAuc = maps.meanAuc(common.inPackage[i]);
  }
}

/// The gallery of the genes that both have and the package believes.
TileGallery galleryFor(const ModelPackage& package, const Cohort& cohort, const CommonGenes& common) {
  TileGallery gallery(package.labelUnit);
  for (const size_t gene : believedGenes(package)) {
    const auto found = std::find(common.inPackage.begin(), common.inPackage.end(), gene);
    if (found == common.inPackage.end()) continue;
    const size_t column = common.inCohort[size_t(found - common.inPackage.begin())];
    std::vector<float> labels;
    for (const CohortCase& one : cohort.cases) labels.push_back(one.labels[column]);
    gallery.addGene(package.genes[gene].symbol, gene, labels);
  }
  return gallery;
}

}  // namespace

Result<Evaluation> evaluateInFull(const ModelPackage& package, const Cohort& cohort,
                                  const EvaluateOptions& options, std::stop_token stop,
                                  const OnProgress& progress) {
  const Result<Cohort> chosen = chooseCasesToEvaluate(cohort);
  if (!chosen) return tl::unexpected(chosen.error());
  const CommonGenes common = commonGenes(package, *chosen);
  if (common.symbols.empty())
    return fail(fmt::format("Cannot evaluate '{}' on '{}': they have no gene in common.",
                            package.folder.string(), cohort.file.string()));
  const Result<SlideHead> head = loadSlideHead(package);
  if (!head) return tl::unexpected(head.error());
  if (options.choosesTiles && !head->weighsTiles())
    return fail(
        fmt::format("Cannot draw a gallery of '{}': its heads count every tile alike, and there is no "
                    "attention to choose by.",
                    package.folder.string()));
  Result<ExtractOptions> features = learningFeatures(options.bags, options.threads);
  if (!features) return tl::unexpected(features.error());
  useTrainingThreads(options.threads);
  std::optional<TileGallery> gallery;
  if (options.choosesTiles) gallery = galleryFor(package, *chosen, common);
  Evaluator evaluator(package, *head, *chosen, std::move(*features), gallery ? &*gallery : nullptr);
  if (const Result<void> run = evaluator.run(stop, progress); !run) return tl::unexpected(run.error());
  Evaluation evaluation{cohort.file,
                        {},
                        columnsOf(chosen->labels(), common.inCohort),
                        columnsOf(evaluator.predicted(), common.inPackage),
                        evaluator.curves(),
                        {},
                        {},
                        evaluator.predicted()};
  for (const CohortCase& one : chosen->cases) evaluation.cases.push_back(one.name);
  evaluation.scores = scoreGenes(common.symbols, evaluation.truth, evaluation.predicted,
                                 columnsOf(evaluator.untrained(), common.inPackage), kSeed);
  judge(evaluation.scores, package, common, evaluator.maps());
  evaluation.gallery = std::move(gallery);
  return evaluation;
}

Result<std::vector<GeneScore>> evaluatePackage(const ModelPackage& package, const Cohort& cohort,
                                               const EvaluateOptions& options, std::stop_token stop,
                                               const OnProgress& progress) {
  Result<Evaluation> evaluation = evaluateInFull(package, cohort, options, std::move(stop), progress);
  if (!evaluation) return tl::unexpected(evaluation.error());
  return std::move(evaluation->scores);
}

ModelPackage withReliability(ModelPackage package, const Evaluation& evaluation) {
  for (const GeneScore& score : evaluation.scores) {
    const auto gene = std::ranges::find(package.genes, score.symbol, &GeneFacts::symbol);
    const bool defined = std::isfinite(score.r) && std::isfinite(score.ci.low);
    gene->heldOutR = defined ? score.r : 0;
    gene->ciLow = defined ? score.ci.low : -1;
    gene->ciHigh = defined ? score.ci.high : 1;
    gene->wellPredicted = defined && score.wellPredicted;
  }
  package.training +=
      fmt::format("{}Reliability of {} genes: judged on {} cases of {}.", package.training.empty() ? "" : " ",
                  evaluation.scores.size(), evaluation.truth.rows, evaluation.cohort.filename().string());
  return package;
}

}  // namespace geneglass
