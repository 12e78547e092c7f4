// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/sparse_counts.h"

#include <algorithm>

namespace geneglass {

SparseCounts::SparseCounts(const Matrix& dense) : m_genes(dense.columns) {
  std::vector<GeneCount> counts;
  for (size_t spot = 0; spot < dense.rows; ++spot) {
    counts.clear();
    for (size_t gene = 0; gene < dense.columns; ++gene)
      counts.push_back({uint32_t(gene), dense.at(spot, gene)});
    addSpot(counts);
  }
}

void SparseCounts::addSpot(std::vector<GeneCount>& counts) {
  if (!std::ranges::is_sorted(counts, {}, &GeneCount::gene))
    std::ranges::stable_sort(counts, {}, &GeneCount::gene);
  const size_t begin = m_counts.size();
  for (const GeneCount& one : counts) {
    if (one.count == 0) continue;
    if (m_counts.size() > begin && m_counts.back().gene == one.gene)
      m_counts.back().count += one.count;
    else
      m_counts.push_back(one);
  }
  m_ends.push_back(m_counts.size());
}

void SparseCounts::keep(std::span<const size_t> spots) {
  size_t end = 0;
  for (size_t to = 0; to < spots.size(); ++to) {
    const std::span<const GeneCount> kept = of(spots[to]);
    std::copy(kept.begin(), kept.end(), m_counts.begin() + std::ptrdiff_t(end));
    end += kept.size();
    m_ends[to] = end;  // of a spot that was read already: to <= spots[to]
  }
  m_counts.resize(end);
  m_ends.resize(spots.size());
}

std::span<const GeneCount> SparseCounts::of(size_t spot) const {
  const size_t begin = spot == 0 ? 0 : m_ends[spot - 1];
  return {m_counts.data() + begin, m_ends[spot] - begin};
}

float SparseCounts::at(size_t spot, size_t gene) const {
  const std::span<const GeneCount> counts = of(spot);
  const auto found = std::ranges::lower_bound(counts, uint32_t(gene), {}, &GeneCount::gene);
  return found != counts.end() && found->gene == gene ? found->count : 0;
}

double SparseCounts::total(size_t spot) const {
  double sum = 0;
  for (const GeneCount& one : of(spot)) sum += double(one.count);
  return sum;
}

std::vector<double> SparseCounts::totalsOfGenes() const {
  std::vector<double> sums(m_genes, 0);
  for (const GeneCount& one : m_counts) sums[one.gene] += double(one.count);
  return sums;
}

}  // namespace geneglass
