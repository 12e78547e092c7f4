// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// How much of a region a class of the model's call takes: where the call is of two classes, the share of its
/// tiles of which this class is the likelier.
struct ClassShare {
  std::string target;     ///< of the call: "tumour"
  std::string className;  ///< "normal"
  double share = 0;       ///< 0..1
};

/// What there is of one of two regions. A tile belongs to it where its centre lies within.
struct RegionFacts {
  std::string name;     ///< "Tumour", "Rest of the tissue"
  size_t tiles = 0;     ///< that count in it
  double tileMm2 = 0;   ///< what they cover; overlapping tiles stand for the stride's square in their middle
  double drawnMm2 = 0;  ///< what was drawn, what overlaps once; NaN for the rest of the tissue
  double tissue = 1;    ///< share of the tiles' places in it that hold tissue, 0..1
  double squares = 0;   ///< how many whole squares its tiles are worth, see RegionComparison
  std::vector<ClassShare> composition;  ///< empty: the model calls no two classes, or they are withheld
};

/// One gene in both regions: means over tiles of the expression estimate, in the label's unit. What is not
/// known is NaN.
struct RegionGene {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::string symbol;
  double meanA = 0;
  double meanB = 0;
  double difference = 0;    ///< A - B
  double effect = kNone;    ///< the difference over the pooled standard deviation of the tiles
  double low = kNone;       ///< 95 % interval of the difference; none where a region is too small for one
  double high = kNone;      ///<
  double p = kNone;         ///< two-sided, from the same draws as the interval; never from tiles alone
  double q = kNone;         ///< Benjamini-Hochberg over the genes of the comparison
  double hotspotA = kNone;  ///< share of the region's tiles in a hotspot of the gene; NaN: withheld
  double hotspotB = kNone;  ///<
  double slide = kNone;     ///< what the whole slide is said to be
  double withoutA = kNone;  ///< the same from all tiles but those drawn as A, weighed anew
  double heldOutR = kNone;  ///< how far the gene is to be believed, see GenePrediction
  double ciLow = kNone;     ///<
  double ciHigh = kNone;    ///<
};

/// Region A against region B, or against the rest of the tissue (methods.md section 9): every reliable gene
/// of one prediction, in the model's order. Plain; any thread.
///
/// Tiles are neighbours, no independent samples: intervals and p are from drawing squares of kSide x kSide
/// tiles within each region (region_squares.h).
struct RegionComparison {
  static constexpr int kSide = 5;              ///< of a square, tiles
  static constexpr double kFewestSquares = 8;  ///< in each region; of fewer there is no interval

  RegionFacts a;
  RegionFacts b;
  bool bIsRest = false;
  size_t sharedTiles = 0;  ///< lie in both as they were drawn, and count in neither
  int draws = 0;
  uint64_t seed = 0;
  std::vector<RegionGene> genes;

  std::string slideFile;
  std::string slideHash;
  std::string modelName;
  std::string modelVersion;
  std::string modelHash;
  std::string labelUnit;
  std::string outside;  ///< where the tissue is unlike the training's: the sentence that says so; else empty
  bool withheld = false;  ///< hotspots and calls are left out for that

  bool hasIntervals() const { return a.squares >= kFewestSquares && b.squares >= kFewestSquares; }
};

/// "Tumour: 512 tiles, 25.69 mm2, 98 % of what was drawn is tissue; tumour 81 %, normal 19 %".
std::string inWords(const RegionFacts& facts);

/// All that people must be told with the table, a sentence each: what the tissue is unlike, tiles that count
/// in neither region, why there is no interval, and how the intervals came about.
std::vector<std::string> sentencesOf(const RegionComparison& comparison);

/// A line of names, then a line a gene; numbers in full, nothing where there is none.
std::string toCsv(const RegionComparison& comparison);

/// One JSON object, as `geneglass-cli compare --json` prints it; numbers in full, null for NaN.
std::string toJson(const RegionComparison& comparison);
/// Errors, one sentence: no such object.
Result<RegionComparison> regionComparisonFromJson(const std::string& text);

/// A list of them, in order: the case's entry "regionTables".
std::string toJson(const std::vector<RegionComparison>& tables);
/// An empty text holds none. Errors, one sentence: no such list.
Result<std::vector<RegionComparison>> regionTablesFromJson(const std::string& text);

}  // namespace geneglass
