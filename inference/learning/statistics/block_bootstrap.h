// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "inference/learning/statistics/statistics.h"
#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Pairs of values that lie at places: several a place, equal ones of one place counted.
struct PlacedPairs {
  std::vector<double> x, y;     ///< P
  std::vector<uint32_t> place;  ///< P
  std::vector<double> times;    ///< P: how often the pair is there
};

/// Intervals of correlations over places that resemble their neighbours, where drawing place by place would
/// give intervals far too narrow. Each draw lays squares over the places, from an origin of its own, and
/// takes as many of them with replacement as hold a place, each with all places in it. Same seed, same draws;
/// the series all have one value a place, and all share the draws.
///
/// What is left: with few squares, and where values resemble each other further than a square is wide, an
/// interval of 95 % still holds the truth less often than that (methods and figures in spot_scores.h).
class BlockBootstrap final {
 public:
  /// `side` of a square, in the unit of `places`.
  BlockBootstrap(std::span<const Point> places, double side, int draws, uint64_t seed);

  /// Mean number of squares that hold a place, over the draws.
  double squares() const { return m_squares; }

  /// The correlation in each draw, NaN where a series is constant in it.
  std::vector<double> pearsonDraws(std::span<const double> x, std::span<const double> y) const;
  std::vector<double> spearmanDraws(std::span<const double> x, std::span<const double> y) const;
  std::vector<double> pearsonDraws(const PlacedPairs& pairs) const;
  std::vector<double> spearmanDraws(const PlacedPairs& pairs) const;

  /// 95 % about the correlation `r` (or a mean of such) given its draws: tanh(atanh(r) +- t s), with s the
  /// draws' standard deviation on Fisher's scale, times sqrt(B / (B - 1)) for B squares, and t of B - 1
  /// degrees of freedom. NaN for fewer than 4 squares, or where r or half of the draws are not defined.
  Interval interval(double r, std::span<const double> draws) const;

 private:
  size_t draws() const { return m_places > 0 ? m_times.size() / m_places : 0; }
  std::span<const uint16_t> timesOf(size_t draw) const;

  size_t m_places;
  double m_squares = 0;
  std::vector<uint16_t> m_times;  ///< draws x places: how often each place was taken
};

}  // namespace geneglass
