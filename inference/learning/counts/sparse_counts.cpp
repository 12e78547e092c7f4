// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/sparse_counts.h"

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

/// By rising gene, those of one gene added, without zeros; how many are left, at the begin.
static size_t inOrder(std::span<GeneCount> counts) {
  if (!std::ranges::is_sorted(counts, {}, &GeneCount::gene))
    std::ranges::stable_sort(counts, {}, &GeneCount::gene);
  size_t left = 0;
  for (const GeneCount& one : counts) {
    if (one.count == 0) continue;
    if (left > 0 && counts[left - 1].gene == one.gene)
      counts[left - 1].count += one.count;
    else
      counts[left++] = one;
  }
  return left;
}

void SparseCounts::addSpot(std::vector<GeneCount>& counts) {
  const size_t left = inOrder(counts);
  m_counts.insert(m_counts.end(), counts.begin(), counts.begin() + std::ptrdiff_t(left));
  m_ends.push_back(m_counts.size());
}

SparseCounts SparseCounts::of(size_t genes, std::vector<GeneCount> counts, std::span<const size_t> ends) {
  SparseCounts sparse(genes);
  size_t begin = 0, filled = 0;
  for (const size_t end : ends) {
    const size_t left = inOrder(std::span(counts).subspan(begin, end - begin));
    std::copy(counts.begin() + std::ptrdiff_t(begin), counts.begin() + std::ptrdiff_t(begin + left),
              counts.begin() + std::ptrdiff_t(filled));
    filled += left;
    begin = end;
    sparse.m_ends.push_back(filled);
  }
  counts.resize(filled);
  sparse.m_counts = std::move(counts);
  return sparse;
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

void ScatteredCounts::begin() {
  for (size_t spot = 1; spot < m_next.size(); ++spot) m_next[spot] += m_next[spot - 1];
  m_counts.resize(m_next.back());
  m_ends.assign(m_next.begin() + 1, m_next.end());
  m_begun = true;
}

void ScatteredCounts::put(size_t spot, GeneCount count) {
  if (!m_begun) begin();
  if (m_next[spot] < m_ends[spot]) m_counts[m_next[spot]++] = count;
}

SparseCounts ScatteredCounts::finish() {
  if (!m_begun) begin();
  return SparseCounts::of(m_genes, std::move(m_counts), m_ends);
}

}  // namespace geneglass
