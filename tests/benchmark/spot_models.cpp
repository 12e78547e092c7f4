// SPDX-License-Identifier: GPL-3.0-or-later
// Real tissue: each section with measured spots is left out in turn and predicted by models of the others.
// Prints the mean over genes of Pearson's r at its spots, for two baselines and for attention regression, by
// single spots and by regions alone.
//
//   bench_spot_models SECTIONS.csv ENCODER_PACKAGE FEATURES_FOLDER        (spot_models.py makes all three)
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <numbers>
#include <numeric>

#include "app/progress_line.h"
#include "inference/learning/heads/head_training.h"
#include "inference/learning/spots/spot_features.h"
#include "inference/learning/spots/spot_labels.h"
#include "inference/learning/spots/spot_scores.h"
#include "inference/learning/spots/spot_sections.h"
#include "inference/learning/statistics/block_bootstrap.h"
#include "inference/learning/statistics/ridge.h"

namespace geneglass {
namespace {

using Bags = std::vector<Matrix>;  ///< of one section, a spot each: K x D

struct Asked {
  std::string sections, package, features;
  std::string each;  ///< file for r of each model, section and gene; empty = none
  size_t genes = 250;
  int members = 3;         ///< heads a validation section
  size_t regionSpots = 8;  ///< of the weak labels
  int cuts = 4;            ///< ways to cut a section into regions
  HeadSettings head{.embedding = 32,
                    .attention = 4,
                    .learningRate = 2e-3,
                    .weightDecay = 0,
                    .attentionPenalty = 0.1,
                    .attentionFollowsValue = 0,
                    .epochs = 60,
                    .patience = 10,
                    .stopAfter = 0,
                    .bagsPerStep = 64,
                    .featureDropout = 0.6,
                    .shrinkage = 2,
                    .stopBy = StopBy::Correlation};
};

/// What a section is described by and what it should be predicted as.
struct Section {
  std::string name;
  std::vector<Point> centres;
  SpotTable spots;
  Matrix truth;  ///< S x G
  Bags colours;
  Bags single;  ///< 1 x D
  Bags bags;    ///< K x 6 D: three sizes of tiles, and what surrounds them
};

Matrix rowsOf(const std::vector<const Bags*>& sections) {
  Matrix rows(0, sections.front()->front().columns);
  for (const Bags* bags : sections)
    for (const Matrix& bag : *bags)  // the mean over the spot's tiles
      for (size_t column = 0; column < rows.columns; ++column) {
        double sum = 0;
        for (size_t tile = 0; tile < bag.rows; ++tile) sum += bag.at(tile, column);
        rows.values.push_back(float(sum / double(bag.rows)));
      }
  rows.rows = rows.values.size() / rows.columns;
  return rows;
}

Matrix stacked(const std::vector<const Matrix*>& parts) {
  Matrix all(0, parts.front()->columns);
  for (const Matrix* part : parts) {
    all.rows += part->rows;
    all.values.insert(all.values.end(), part->values.begin(), part->values.end());
  }
  return all;
}

std::vector<double> columnOf(const Matrix& matrix, size_t column) {
  std::vector<double> values(matrix.rows);
  for (size_t row = 0; row < matrix.rows; ++row) values[row] = matrix.at(row, column);
  return values;
}

double meanOver(const std::vector<double>& values) {
  double sum = 0, count = 0;
  for (const double value : values)
    if (!std::isnan(value)) sum += value, ++count;
  return sum / count;
}

std::vector<double> correlations(const Matrix& truth, const Matrix& predicted) {
  std::vector<double> r;
  for (size_t gene = 0; gene < truth.columns; ++gene)
    r.push_back(pearson(columnOf(truth, gene), columnOf(predicted, gene)));
  return r;
}

/// A way to predict one section by a model of others.
using Method = std::function<Matrix(const std::vector<const Section*>& training, const Section& heldOut)>;

Matrix ridgeOn(Bags Section::*features, const std::vector<const Section*>& training, const Section& heldOut,
               double penalty) {
  std::vector<const Bags*> bags;
  std::vector<const Matrix*> truth;
  for (const Section* one : training) bags.push_back(&(one->*features)), truth.push_back(&one->truth);
  return Ridge::fit(rowsOf(bags), stacked(truth), penalty).predict(rowsOf({&(heldOut.*features)}));
}

/// The penalty that predicts each training section best from the others.
Matrix tunedRidge(Bags Section::*features, const std::vector<const Section*>& training,
                  const Section& heldOut) {
  double best = 0, bestR = -2;
  for (const double penalty : {0.03, 0.3, 1.0, 3.0, 10.0, 30.0}) {
    double sum = 0;
    for (const Section* inner : training) {
      std::vector<const Section*> others;
      std::ranges::copy_if(training, std::back_inserter(others), [&](auto* one) { return one != inner; });
      sum += meanOver(correlations(inner->truth, ridgeOn(features, others, *inner, penalty)));
    }
    if (sum > bestR) bestR = sum, best = penalty;
  }
  return ridgeOn(features, training, heldOut, best);
}

/// Heads that stop by each training section in turn, on the groups of spots that `cut` makes; their mean.
Matrix attention(const Asked& asked, const std::function<std::vector<SpotGroup>(const Section&)>& cut,
                 const std::vector<std::string>& genes, const std::vector<const Section*>& training,
                 const Section& heldOut) {
  Bags bags;
  std::vector<Matrix> labels;
  std::vector<size_t> sectionOf;
  for (size_t i = 0; i < training.size(); ++i) {
    const std::vector<SpotGroup> groups = cut(*training[i]);
    labels.push_back(*pseudoBulk(training[i]->spots, genes, groups));
    for (const SpotGroup& group : groups) {
      std::vector<const Matrix*> parts;
      for (const size_t spot : group) parts.push_back(&training[i]->bags[spot]);
      bags.push_back(stacked(parts));
      sectionOf.push_back(i);
    }
  }
  std::vector<const Matrix*> each, all;
  for (const Matrix& bag : bags) all.push_back(&bag);
  for (const Matrix& part : labels) each.push_back(&part);
  const TrainingCases cases{all, stacked(each)};
  std::vector<const Matrix*> asking;
  for (const Matrix& bag : heldOut.bags) asking.push_back(&bag);
  Matrix sum(heldOut.truth.rows, heldOut.truth.columns);
  for (size_t i = 0; i < training.size(); ++i) {
    std::vector<size_t> learnt, validated;
    for (size_t bag = 0; bag < bags.size(); ++bag) (sectionOf[bag] == i ? validated : learnt).push_back(bag);
    for (int member = 0; member < asked.members; ++member) {
      const auto head = trainHead(cases, learnt, validated, asked.head, uint64_t(1 + member), {}, {});
      const Matrix predicted = applyHead(*head, asking);
      for (size_t k = 0; k < sum.values.size(); ++k) sum.values[k] += predicted.values[k];
      fmt::print(stderr, "{} without {}: epoch {}, loss {:.3f}\n", heldOut.name, training[i]->name,
                 head->bestEpoch, head->validationLoss);
    }
  }
  return sum;
}

Result<Bags> keptFeatures(const Asked& asked, const SpotSection& section, const SpotView& view,
                          const std::string& name, Encoder& encoder, const ModelPackage& package) {
  const auto file = std::filesystem::path(asked.features) /
                    fmt::format("{}-{}-{}.h5", section.name, name, package.encoderHash.substr(0, 12));
  if (std::filesystem::exists(file)) {
    const Result<TensorFile> kept = readTensors(file);
    if (!kept) return tl::unexpected(kept.error());
    const StoredTensor& all = kept->at("features");
    Bags bags(size_t(all.shape[0]), Matrix(size_t(all.shape[1]), size_t(all.shape[2])));
    for (size_t i = 0; i < bags.size(); ++i)
      std::copy_n(all.values.begin() + std::ptrdiff_t(i * bags[i].values.size()), bags[i].values.size(),
                  bags[i].values.begin());
    return bags;
  }
  Result<Bags> bags = spotFeatures(section.opened, section.spots, view, encoder, {}, progressLine());
  if (!bags) return bags;
  StoredTensor all{{int64_t(bags->size()), int64_t(bags->front().rows), int64_t(bags->front().columns)}, {}};
  for (const Matrix& bag : *bags) all.values.insert(all.values.end(), bag.values.begin(), bag.values.end());
  if (Result<void> written = writeTensors(file, {{"features", all}}); !written)
    return tl::unexpected(written.error());
  return bags;
}

/// To each tile's features those of the spots about, weighted by a Gaussian one pitch wide.
void addSurroundings(Section& section) {
  const Matrix spots = rowsOf({&section.bags});
  const double pitch = medianPitch(section.centres);
  for (size_t spot = 0; spot < section.bags.size(); ++spot) {
    std::vector<double> around(spots.columns, 0);
    double total = 0;
    for (size_t other = 0; other < spots.rows; ++other) {
      const Point a = section.centres[spot], b = section.centres[other];
      const double apart = std::hypot(a.x - b.x, a.y - b.y) / pitch, weight = std::exp(-apart * apart / 2);
      total += weight;
      for (size_t i = 0; i < around.size(); ++i) around[i] += weight * spots.at(other, i);
    }
    const Matrix own = section.bags[spot];
    Matrix both(own.rows, 2 * own.columns);
    for (size_t tile = 0; tile < own.rows; ++tile)
      for (size_t i = 0; i < own.columns; ++i) {
        both.at(tile, i) = own.at(tile, i);
        both.at(tile, own.columns + i) = float(around[i] / total);
      }
    section.bags[spot] = std::move(both);
  }
}

Result<Section> describe(const Asked& asked, const SpotSection& section,
                         const std::vector<std::string>& genes, Encoder& encoder,
                         const ModelPackage& package) {
  Section described{section.name, section.spots.centres, section.spots, {}, {}, {}, {}};
  described.truth = *pseudoBulk(section.spots, genes, singleSpots(section.spots));
  Result<Bags> colours = spotColours(section.opened, section.spots, {});
  if (!colours) return tl::unexpected(colours.error());
  described.colours = *colours;
  constexpr double kStep = 56;  // micrometres
  const std::vector<Point> five{{0, 0}, {-kStep, -kStep}, {kStep, -kStep}, {-kStep, kStep}, {kStep, kStep}};
  std::vector<Bags> views;
  for (const double side : {112.0, 224.0, 448.0}) {
    Result<Bags> bags =
        keptFeatures(asked, section, {side, five}, fmt::format("{:.0f}", side), encoder, package);
    if (!bags) return tl::unexpected(bags.error());
    views.push_back(std::move(*bags));
  }
  for (size_t spot = 0; spot < views[0].size(); ++spot) {
    const size_t width = views[0][spot].columns;
    Matrix bag(five.size(), width * views.size()), centre(1, width);
    for (size_t tile = 0; tile < five.size(); ++tile)
      for (size_t view = 0; view < views.size(); ++view)
        std::ranges::copy(views[view][spot].row(tile), bag.row(tile).begin() + std::ptrdiff_t(view * width));
    std::ranges::copy(views[1][spot].row(0), centre.row(0).begin());
    described.bags.push_back(std::move(bag));
    described.single.push_back(std::move(centre));
  }
  addSurroundings(described);
  return described;
}

/// Mean over sections and genes, with the interval of the block bootstrap, and each gene's mean.
struct Row {
  std::string name;
  double mean = 0;
  Interval interval;
  std::vector<double> ofSection, ofGene;
  std::vector<std::vector<double>> each;  ///< of each section, of each gene
};

Row judge(const std::string& name, const std::vector<Section>& sections, const Method& method) {
  Row row{name, 0, {}, {}, std::vector<double>(sections.front().truth.columns, 0), {}};
  std::vector<double> draws(kSpotDraws, 0);
  for (const Section& heldOut : sections) {
    std::vector<const Section*> training;
    for (const Section& one : sections)
      if (&one != &heldOut) training.push_back(&one);
    const Matrix predicted = method(training, heldOut);
    const std::vector<double> r = correlations(heldOut.truth, predicted);
    row.ofSection.push_back(meanOver(r));
    row.each.push_back(r);
    for (size_t gene = 0; gene < r.size(); ++gene) row.ofGene[gene] += r[gene] / double(sections.size());
    const BlockBootstrap blocks(heldOut.centres, kSquareInPitches * medianPitch(heldOut.centres), kSpotDraws,
                                1);
    std::vector<std::vector<double>> ofDraw(kSpotDraws);
    for (size_t gene = 0; gene < r.size(); ++gene) {
      const auto drawn = blocks.pearsonDraws(columnOf(heldOut.truth, gene), columnOf(predicted, gene));
      for (size_t draw = 0; draw < drawn.size(); ++draw) ofDraw[draw].push_back(drawn[draw]);
    }
    for (size_t draw = 0; draw < draws.size(); ++draw)
      draws[draw] += meanOver(ofDraw[draw]) / double(sections.size());
  }
  row.mean = meanOver(row.ofSection);
  std::ranges::sort(draws);
  row.interval = {quantileOfSorted(draws, 0.025), quantileOfSorted(draws, 0.975)};
  return row;
}

void append(const Row& row, const std::vector<Section>& sections, const std::vector<std::string>& genes,
            const std::string& file) {
  std::ofstream stream(file, std::ios::app);
  for (size_t i = 0; i < sections.size(); ++i)
    for (size_t gene = 0; gene < genes.size(); ++gene)
      stream << fmt::format("\"{}\",{},{},{:.6f}\n", row.name, sections[i].name, genes[gene],
                            row.each[i][gene]);
}

void print(const Row& row, const std::vector<std::string>& genes) {
  std::vector<size_t> order(genes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, [&](size_t a, size_t b) { return row.ofGene[a] > row.ofGene[b]; });
  fmt::print("| {} | {:.3f} | {:.3f} to {:.3f} |", row.name, row.mean, row.interval.low, row.interval.high);
  for (const double r : row.ofSection) fmt::print(" {:.3f} |", r);
  const auto named = [&](size_t i) {
    return fmt::format("{} {:.2f}", genes[order[i]], row.ofGene[order[i]]);
  };
  fmt::print(" {}, {}, {} | {}, {}, {} |\n", named(0), named(1), named(2), named(order.size() - 3),
             named(order.size() - 2), named(order.size() - 1));
  std::fflush(stdout);
}

Result<void> run(const Asked& asked) {
  const Result<std::vector<SpotSection>> read = readSections(asked.sections);
  if (!read) return tl::unexpected(read.error());
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  Result<Encoder> encoder = loadEncoder(*package);
  if (!encoder) return tl::unexpected(encoder.error());
  std::filesystem::create_directories(asked.features);
  std::vector<SpotTable> tables;
  for (const SpotSection& section : *read) tables.push_back(section.spots);
  const std::vector<std::string> genes = mostExpressedGenes(tables, asked.genes);
  std::vector<Section> sections;
  for (const SpotSection& section : *read) {
    Result<Section> described = describe(asked, section, genes, *encoder, *package);
    if (!described) return tl::unexpected(described.error());
    sections.push_back(std::move(*described));
  }
  endProgressLine();
  fmt::print("| model | mean r | 95 % |");
  for (const Section& section : sections) fmt::print(" {} |", section.name);
  fmt::print(" best genes | worst genes |\n|---|---|---|---|---|---|---|---|---|\n");
  const auto ridge = [](Bags Section::*features) -> Method {
    return [features](const auto& training, const Section& heldOut) {
      return tunedRidge(features, training, heldOut);
    };
  };
  const auto head = [&](const std::function<std::vector<SpotGroup>(const Section&)>& cut) -> Method {
    return [&, cut](const auto& training, const Section& heldOut) {
      return attention(asked, cut, genes, training, heldOut);
    };
  };
  const auto tell = [&](const std::string& name, const Method& method) {
    const Row row = judge(name, sections, method);
    print(row, genes);
    if (!asked.each.empty()) append(row, sections, genes, asked.each);
  };
  tell("(a) colour statistics, ridge", ridge(&Section::colours));
  tell("(b) encoder, ridge", ridge(&Section::single));
  tell("(b') encoder, three sizes and surroundings, ridge", ridge(&Section::bags));
  if (asked.members < 1) return {};
  tell("(c) attention regression, each spot",
       head([](const Section& section) { return singleSpots(section.spots); }));
  tell("(d) attention regression, regions", head([&](const Section& section) {
         std::vector<SpotGroup> groups;
         for (int i = 0; i < asked.cuts; ++i)
           std::ranges::copy(
               cutRegions(section.centres, asked.regionSpots, std::numbers::pi / 2 * i / asked.cuts),
               std::back_inserter(groups));
         return groups;
       }));
  return {};
}

}  // namespace
}  // namespace geneglass

int main(int count, char** words) {
  using namespace geneglass;
  CLI::App program("Models of measured spots, judged on sections they never saw");
  Asked asked;
  program.add_option("SECTIONS.csv", asked.sections)->required();
  program.add_option("PACKAGE", asked.package)->required();
  program.add_option("FEATURES", asked.features)->required();
  program.add_option("--members", asked.members, "0: ridge alone");
  program.add_option("--each", asked.each, "CSV that r of each model, section and gene is added to");
  program.add_option("--region", asked.regionSpots);
  program.add_option("--cuts", asked.cuts);
  program.add_option("--attention", asked.head.attention);
  program.add_option("--embedding", asked.head.embedding);
  program.add_option("--rate", asked.head.learningRate);
  program.add_option("--shrinkage", asked.head.shrinkage);
  program.add_option("--dropout", asked.head.featureDropout);
  program.add_option("--penalty", asked.head.attentionPenalty);
  program.add_option("--epochs", asked.head.epochs);
  program.add_option("--batch", asked.head.bagsPerStep);
  CLI11_PARSE(program, count, words);
  if (const Result<void> outcome = run(asked); !outcome) {
    fmt::print(stderr, "{}\n", outcome.error().sentence);
    return 1;
  }
  return 0;
}
