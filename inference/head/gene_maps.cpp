// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/gene_maps.h"

#include <algorithm>

#include "inference/head/partial_bag.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {

GeneMaps::GeneMaps(std::shared_ptr<const SlideHead> head, EmbeddedBag bag, Place place)
    : m_head(std::move(head)), m_bag(std::move(bag)), m_place(std::move(place)) {}

/// Takes the reading's maps over; its numbers stay.
GeneMapPtr GeneMaps::mapOf(size_t gene, GeneReading& reading) const {
  auto map = std::make_shared<GeneMap>();
  map->attention = std::move(reading.attention);
  if (!m_head->weighsTiles()) map->attention.clear();
  for (float& attention : map->attention) attention *= static_cast<float>(m_bag.tiles);
  map->expression = std::move(reading.expression);
  map->contribution = std::move(reading.contribution);
  if (m_place.hasHotspots[gene])
    map->hotspots = findHotspots(m_place.grid, map->contribution, map->attention, map->expression,
                                 m_place.mpp, static_cast<int>(gene));
  return map;
}

GeneMapPtr GeneMaps::kept(size_t gene) const {
  const std::scoped_lock lock(m_mutex);
  const auto found = std::ranges::find(m_kept, gene, &std::pair<size_t, GeneMapPtr>::first);
  if (found == m_kept.end()) return nullptr;
  m_kept.splice(m_kept.begin(), m_kept, found);
  return found->second;
}

void GeneMaps::keep(size_t gene, const GeneMapPtr& map) const {
  const std::scoped_lock lock(m_mutex);
  m_kept.emplace_front(gene, map);
  while (m_kept.size() > 1 && m_kept.size() * bytesOfMap() > kKeptBytes) m_kept.pop_back();
}

bool GeneMaps::isAtHand(size_t gene) const {
  return m_head->workOfGene() * double(m_bag.tiles) <= kQuickWork || kept(gene);
}

Result<GeneMapPtr> GeneMaps::of(size_t gene) const {
  if (GeneMapPtr map = kept(gene)) return map;
  Result<std::vector<GeneReading>> reading = m_head->read(m_bag, gene, 1);
  if (!reading) return tl::unexpected(reading.error());
  GeneMapPtr map = mapOf(gene, reading->front());
  keep(gene, map);
  return map;
}

Result<void> GeneMaps::readAll(std::stop_token stop, const Take& take) const {
  const size_t genes = m_head->genes();
  const bool keepsAll = genes * bytesOfMap() <= kKeptBytes;
  for (size_t first = 0; first < genes && !stop.stop_requested(); first += SlideHead::kTogether) {
    const size_t count = std::min(SlideHead::kTogether, genes - first);
    Result<std::vector<GeneReading>> readings = m_head->read(m_bag, first, count);
    if (!readings) return tl::unexpected(readings.error());
    std::vector<GeneMapPtr> maps(count);
    inOwnThreads(count, 1, 0, [&](size_t, size_t i, size_t) { maps[i] = mapOf(first + i, (*readings)[i]); });
    for (size_t i = 0; i < count; ++i) {
      if (keepsAll) keep(first + i, maps[i]);
      if (Result<void> taken = take(first + i, (*readings)[i], maps[i]); !taken) return taken;
    }
  }
  return {};
}

Result<std::vector<double>> GeneMaps::valuesWithout(const std::vector<bool>& leftOut,
                                                    const std::vector<size_t>& genes,
                                                    std::stop_token stop) const {
  const EmbeddedBag rest = bagWithout(m_bag, leftOut);
  if (rest.tiles == 0) return fail("Nothing can be predicted without all of the slide's tiles.");
  std::vector<double> values;
  for (size_t next = 0; next < genes.size();) {
    if (stop.stop_requested()) return fail("The prediction without some of the tiles was cancelled.");
    const size_t first = genes[next] / SlideHead::kTogether * SlideHead::kTogether;
    const size_t count = std::min(SlideHead::kTogether, m_head->genes() - first);
    const Result<std::vector<GeneReading>> readings = m_head->read(rest, first, count);
    if (!readings) return tl::unexpected(readings.error());
    for (; next < genes.size() && genes[next] < first + count; ++next)
      values.push_back((*readings)[genes[next] - first].value);
  }
  return values;
}

GeneMapSource sourceOf(std::shared_ptr<const GeneMaps> maps) {
  return {.of = [maps](size_t gene) { return maps->of(gene); },
          .isAtHand = [maps](size_t gene) { return maps->isAtHand(gene); },
          .valuesWithout =
              [maps](const std::vector<bool>& leftOut, const std::vector<size_t>& genes,
                     std::stop_token stop) { return maps->valuesWithout(leftOut, genes, std::move(stop)); }};
}

}  // namespace geneglass
