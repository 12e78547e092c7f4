// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "inference/regions/region_comparison.h"

namespace geneglass {
namespace {

/// As a CSV field: quoted where it must be.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  return quoted + '"';
}

std::string field(double number) {
  return std::isnan(number) ? std::string() : fmt::format("{}", number);
}

std::string fewSquares(const RegionFacts& facts) {
  return fmt::format(
      "“{}” is worth {:.1f} squares of {} x {} tiles where an interval needs {:.0f}: the differences are "
      "shown without intervals.",
      facts.name, facts.squares, RegionComparison::kSide, RegionComparison::kSide,
      RegionComparison::kFewestSquares);
}

}  // namespace

std::string inWords(const RegionFacts& facts) {
  std::string words = fmt::format("{}: {} tiles, {:.3g} mm2", facts.name, facts.tiles, facts.tileMm2);
  if (!std::isnan(facts.drawnMm2))
    words += fmt::format(", {:.0f} % of the {:.3g} mm2 drawn is tissue", 100 * facts.tissue, facts.drawnMm2);
  for (const ClassShare& each : facts.composition)
    words += fmt::format("{}{} {:.0f} %", &each == &facts.composition.front() ? "; " : ", ", each.className,
                         100 * each.share);
  return words;
}

std::vector<std::string> sentencesOf(const RegionComparison& comparison) {
  std::vector<std::string> sentences;
  if (!comparison.outside.empty()) sentences.push_back(comparison.outside);
  if (comparison.sharedTiles > 0)
    sentences.push_back(
        fmt::format("{} tiles lie in both regions and count in neither.", comparison.sharedTiles));
  for (const RegionFacts* facts : {&comparison.a, &comparison.b})
    if (facts->squares < RegionComparison::kFewestSquares) sentences.push_back(fewSquares(*facts));
  if (comparison.hasIntervals())
    sentences.push_back(fmt::format(
        "Intervals (95 %) and p are from drawing squares of {} x {} tiles {} times, since neighbouring tiles "
        "are not independent; q is over {} genes.",
        RegionComparison::kSide, RegionComparison::kSide, comparison.draws, comparison.genes.size()));
  sentences.push_back("Predicted from the picture, not measured; research use only.");
  return sentences;
}

std::string toCsv(const RegionComparison& comparison) {
  std::string csv =
      "gene,mean_a,mean_b,difference,low,high,effect,p,q,hotspot_a,hotspot_b,slide,slide_without_a,heldout_r,"
      "ci_low,ci_high\n";
  for (const RegionGene& gene : comparison.genes) {
    csv += field(gene.symbol);
    for (const double number :
         {gene.meanA, gene.meanB, gene.difference, gene.low, gene.high, gene.effect, gene.p, gene.q,
          gene.hotspotA, gene.hotspotB, gene.slide, gene.withoutA, gene.heldOutR, gene.ciLow, gene.ciHigh})
      csv += ',' + field(number);
    csv += '\n';
  }
  return csv;
}

}  // namespace geneglass
