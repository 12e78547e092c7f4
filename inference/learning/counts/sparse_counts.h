// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "viewer/foundation/matrix.h"

namespace geneglass {

/// How much of one gene was counted at a spot.
struct GeneCount {
  uint32_t gene = 0;  ///< column of the table
  float count = 0;
  bool operator==(const GeneCount&) const = default;
};

/// S spots x G genes of which only what is not 0 is held, 8 bytes a count: most of a spot's genes are 0.
class SparseCounts final {
 public:
  explicit SparseCounts(size_t genes = 0) : m_genes(genes) {}
  explicit SparseCounts(const Matrix& dense);

  /// The next spot, of counts in any order, which are sorted here; those of one gene are added. Genes are
  /// below genes().
  void addSpot(std::vector<GeneCount>& counts);
  /// Spots that end there, their counts in any order.
  static SparseCounts of(size_t genes, std::vector<GeneCount> counts, std::span<const size_t> ends);

  /// Only these spots, in rising order.
  void keep(std::span<const size_t> spots);
  void reserve(size_t counts) { m_counts.reserve(counts); }

  size_t spots() const { return m_ends.size(); }
  size_t genes() const { return m_genes; }
  /// What was counted at a spot, by rising gene.
  std::span<const GeneCount> of(size_t spot) const;
  float at(size_t spot, size_t gene) const;
  double total(size_t spot) const;
  std::vector<double> totalsOfGenes() const;  ///< G

 private:
  size_t m_genes;
  std::vector<GeneCount> m_counts;
  std::vector<size_t> m_ends;  ///< S: of each spot's counts
};

/// Counts that come in no order of spots, without holding them twice: each is expected first, then put.
class ScatteredCounts final {
 public:
  ScatteredCounts(size_t spots, size_t genes) : m_genes(genes), m_next(spots + 1, 0) {}

  void expect(size_t spot) { ++m_next[spot + 1]; }
  /// As many a spot as were expected, at most.
  void put(size_t spot, GeneCount count);
  SparseCounts finish();

 private:
  void begin();

  size_t m_genes;
  std::vector<size_t> m_next;  ///< first how many a spot has, then where its next one goes
  std::vector<size_t> m_ends;
  std::vector<GeneCount> m_counts;
  bool m_begun = false;
};

}  // namespace geneglass
