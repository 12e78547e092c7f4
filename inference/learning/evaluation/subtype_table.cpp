// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/subtype_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "inference/learning/cohort/gene_names.h"
#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/files/csv_reader.h"
#include "viewer/foundation/parallel.h"

namespace geneglass {
namespace {

constexpr size_t kFewestSamples = 3;
constexpr float kCountsBegin = 50;  ///< log2 of any count stays below it by far

/// Samples x genes, of the genes that count.
using Samples = std::vector<std::vector<double>>;

tl::unexpected<Error> refuseTable(const ExpressionTable& table, const std::string& reason) {
  return fail(fmt::format("Cannot use the table '{}': {}.", table.file.string(), reason));
}

/// The tables' columns of one gene.
struct SharedGene {
  size_t inTable;
  size_t inReference;
};

bool isWhole(const ExpressionTable& table, size_t gene) {
  for (size_t sample = 0; sample < table.cases.size(); ++sample)
    if (std::isnan(table.values.at(sample, gene))) return false;
  return true;
}

std::vector<SharedGene> sharedGenes(const ExpressionTable& table, const ExpressionTable& reference) {
  std::unordered_map<std::string, size_t> places;
  for (size_t gene = 0; gene < reference.genes.size(); ++gene) places.emplace(reference.genes[gene], gene);
  std::vector<SharedGene> shared;
  for (size_t gene = 0; gene < table.genes.size(); ++gene) {
    // Of a table that is its own reference a doubled name is itself.
    const auto found = places.find(table.genes[gene]);
    if (found == places.end()) continue;
    const size_t other = &table == &reference ? gene : found->second;
    if (isWhole(table, gene) && isWhole(reference, other)) shared.push_back({gene, other});
  }
  return shared;
}

Result<Samples> valuesOf(const ExpressionTable& table, const std::vector<size_t>& genes, ValueScale scale) {
  Samples samples(table.cases.size());
  for (size_t sample = 0; sample < samples.size(); ++sample)
    for (const size_t gene : genes) {
      const float value = table.values.at(sample, gene);
      const auto told = [&] {
        return fmt::format("the value {} of {} in {}", value, shortened(table.genes[gene]),
                           shortened(table.cases[sample]));
      };
      if (scale == ValueScale::Checked && value > kCountsBegin)
        return refuseTable(table, told() +
                                      " is not on a logarithmic scale; say --scale log2 to have log2(x + 1) "
                                      "taken, or --scale as-is to keep the values");
      if (scale == ValueScale::Log2 && value < 0)
        return refuseTable(table, told() + " is below 0, so it has no log2(x + 1)");
      samples[sample].push_back(scale == ValueScale::Log2 ? std::log2(double(value) + 1) : double(value));
    }
  return samples;
}

/// The mean over samples of their sorted values.
std::vector<double> meanDistribution(const Samples& samples) {
  std::vector<double> mean(samples.front().size());
  for (std::vector<double> sorted : samples) {
    std::ranges::sort(sorted);
    for (size_t i = 0; i < mean.size(); ++i) mean[i] += sorted[i] / double(samples.size());
  }
  return mean;
}

void giveDistribution(Samples& samples, const std::vector<double>& distribution) {
  for (std::vector<double>& sample : samples) {
    const std::vector<double> ranks = midRanks(sample);
    for (size_t i = 0; i < sample.size(); ++i) {
      const auto below = size_t(ranks[i] - 1);
      const double part = ranks[i] - 1 - double(below);
      sample[i] = distribution[below];
      if (part > 0) sample[i] += part * (distribution[below + 1] - distribution[below]);
    }
  }
}

/// What a gene is standardised by; deviation 0: it does not vary, and does not count.
struct GeneSpread {
  double mean = 0;
  double deviation = 0;  ///< n - 1
};

std::vector<GeneSpread> spreadsOf(const Samples& reference) {
  const double count = double(reference.size());
  std::vector<GeneSpread> spreads(reference.front().size());
  for (size_t gene = 0; gene < spreads.size(); ++gene) {
    double squares = 0;
    for (const auto& sample : reference) spreads[gene].mean += sample[gene] / count;
    for (const auto& sample : reference) squares += std::pow(sample[gene] - spreads[gene].mean, 2);
    const auto isSame = [&](const auto& sample) { return sample[gene] == reference.front()[gene]; };
    if (!std::ranges::all_of(reference, isSame)) spreads[gene].deviation = std::sqrt(squares / (count - 1));
  }
  return spreads;
}

/// The genes that vary in the reference, and their standardised values of each sample.
struct Standardised {
  std::vector<size_t> genes;  ///< of those that were given
  Samples samples;
};

Standardised standardise(const Samples& samples, const Samples& reference) {
  const std::vector<GeneSpread> spreads = spreadsOf(reference);
  Standardised made{{}, Samples(samples.size())};
  for (size_t gene = 0; gene < spreads.size(); ++gene) {
    if (spreads[gene].deviation == 0) continue;
    made.genes.push_back(gene);
    for (size_t sample = 0; sample < samples.size(); ++sample)
      made.samples[sample].push_back((samples[sample][gene] - spreads[gene].mean) / spreads[gene].deviation);
  }
  return made;
}

/// Where each row's gene lies among `genes`: by its symbol or, where more are found so, by its probe.
std::vector<std::optional<size_t>> placesOf(const TemplateSet& templates,
                                            const std::vector<std::string>& genes,
                                            std::vector<std::string>& notes) {
  std::vector<std::string> symbols, probes;
  for (const TemplateRow& row : templates.rows) {
    symbols.push_back(row.symbol);
    probes.push_back(row.probe);
  }
  std::unordered_map<std::string, size_t> known;
  for (size_t gene = 0; gene < genes.size(); ++gene) known.emplace(genes[gene], gene);
  std::vector<std::optional<size_t>> byProbe;
  for (const std::string& probe : probes) {
    const auto found = known.find(probe);
    byProbe.push_back(found == known.end() || probe.empty() ? std::nullopt : std::optional(found->second));
  }
  MatchedGenes bySymbol = matchGenes(symbols, genes);
  const auto count = [](const auto& places) {
    return std::ranges::count_if(places, [](const auto& place) { return place.has_value(); });
  };
  if (count(byProbe) > count(bySymbol.places)) return byProbe;
  notes.insert(notes.end(), bySymbol.notes.begin(), bySymbol.notes.end());
  return bySymbol.places;
}

/// Samples and reference of the shared genes, standardised.
Result<Standardised> standardised(const ExpressionTable& table, const ExpressionTable& reference,
                                  const std::vector<SharedGene>& shared, const SubtypeOptions& options) {
  std::vector<size_t> ownGenes, otherGenes;
  for (const SharedGene& gene : shared)
    ownGenes.push_back(gene.inTable), otherGenes.push_back(gene.inReference);
  Result<Samples> others = valuesOf(reference, otherGenes, options.scale);
  if (!others) return tl::unexpected(others.error());
  Result<Samples> samples = valuesOf(table, ownGenes, options.scale);
  if (!samples) return tl::unexpected(samples.error());
  if (options.quantiles) {
    const std::vector<double> distribution = meanDistribution(*others);
    giveDistribution(*others, distribution);
    giveDistribution(*samples, distribution);
  }
  return standardise(*samples, *others);
}

void callAll(SubtypeTable& result) {
  std::vector<double> chances;
  for (const SubtypedSample& sample : result.samples) chances.push_back(sample.nearest.p);
  const std::vector<double> rates = benjaminiHochberg(chances);
  for (size_t i = 0; i < rates.size(); ++i) {
    result.samples[i].falseRate = rates[i];
    result.samples[i].called = rates[i] <= NearestTemplate::kMostFalse;
  }
}

}  // namespace

std::vector<std::string> namesOf(const TemplateSet& templates) {
  std::vector<std::string> names;
  for (const TemplateRow& row : templates.rows) {
    names.push_back(row.symbol);
    if (!row.probe.empty()) names.push_back(row.probe);
  }
  return names;
}

Result<SubtypeTable> callSubtypes(const ExpressionTable& table, const ExpressionTable& reference,
                                  const TemplateSet& templates, const SubtypeOptions& options,
                                  std::stop_token stop) {
  SubtypeTable result{table.file, reference.file, templates, {}, 0, reference.cases.size(), {}, {}};
  if (reference.cases.size() < kFewestSamples)
    return refuseTable(
        reference, fmt::format("its {} cannot say how genes vary; {} samples are the fewest: "
                               "give a cohort by --reference",
                               reference.cases.size() == 1 ? "one sample" : "two samples", kFewestSamples));
  const std::vector<SharedGene> shared = sharedGenes(table, reference);
  if (shared.empty())
    return refuseTable(table, "no gene of it is known of all samples, here and in the reference");
  const Result<Standardised> values = standardised(table, reference, shared, options);
  if (!values) return tl::unexpected(values.error());
  result.genes = values->genes.size();
  std::vector<std::string> names;
  for (const size_t gene : values->genes) names.push_back(table.genes[shared[gene].inTable]);
  const Result<PlacedTemplates> placed = placeTemplates(templates, placesOf(templates, names, result.notes));
  if (!placed)
    return refuseTable(
        table, fmt::format("of the templates of '{}' {}", templates.file.string(), placed.error().sentence));
  result.found = placed->rows;
  if (result.genes < table.genes.size())
    result.notes.push_back(
        fmt::format("{} of {} genes are left out: a value is missing, or they do not vary "
                    "in the reference.",
                    table.genes.size() - result.genes, table.genes.size()));
  const Samples& samples = values->samples;
  for (const std::string& name : table.cases) result.samples.push_back({name, {}, 1, false});
  const bool whole =
      parallelFor(int64_t(samples.size()), threadCount(options.threads), stop, [&](int64_t sample) {
        result.samples[size_t(sample)].nearest =
            nearestTemplate(samples[size_t(sample)], *placed, options.seed + uint64_t(sample));
      });
  if (!whole) return fail(fmt::format("The calls of '{}' were cancelled.", table.file.string()));
  callAll(result);
  return result;
}

}  // namespace geneglass
