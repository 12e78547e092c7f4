// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/evaluation/measure_domain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "inference/features/feature_bag.h"
#include "inference/head/domain_head.h"
#include "inference/learning/statistics/shrunk_covariance.h"
#include "inference/learning/statistics/statistics.h"

namespace geneglass {
namespace {

constexpr size_t kSampled = 10'000;    ///< tiles that mean and covariance are taken of, about
constexpr double kInsideShare = 0.99;  ///< of held-out tiles
constexpr int kAll = -1;               ///< in the place of a fold that is left out

struct Tile {
  size_t bag = 0;
  size_t row = 0;
};

std::vector<std::vector<Tile>> tilesOfSlides(const DomainCases& cases) {
  std::vector<std::vector<Tile>> tiles(1 + *std::ranges::max_element(cases.slide));
  for (size_t bag = 0; bag < cases.bags.size(); ++bag)
    for (size_t row = 0; row < cases.bags[bag].rows; ++row) tiles[cases.slide[bag]].push_back({bag, row});
  return tiles;
}

/// `count` of them, drawn without replacement; all where there are fewer.
void draw(std::vector<Tile>& tiles, size_t count, std::mt19937_64& random) {
  for (size_t i = 0; i < std::min(count, tiles.size()); ++i)
    std::swap(tiles[i], tiles[i + random() % (tiles.size() - i)]);
  tiles.resize(std::min(count, tiles.size()));
}

class DomainMeasure final {
 public:
  explicit DomainMeasure(const DomainCases& cases) : m_cases(cases), m_sample(tilesOfSlides(cases)) {
    const size_t each = (kSampled + m_sample.size() - 1) / m_sample.size();
    std::mt19937_64 random(cases.seed);
    for (std::vector<Tile>& tiles : m_sample) draw(tiles, each, random);
  }

  /// Without the fold's tiles; the limit is 1, so that distances are the squared distances themselves.
  std::optional<FeatureDomain> fit(int without) const {
    Matrix rows(0, m_cases.bags.front().columns);
    for (const std::vector<Tile>& tiles : m_sample)
      for (const Tile& tile : tiles) {
        if (m_cases.folds.ofCase[tile.bag] == without) continue;
        const auto row = m_cases.bags[tile.bag].row(tile.row);
        rows.values.insert(rows.values.end(), row.begin(), row.end());
        ++rows.rows;
      }
    if (rows.rows == 0 || !std::ranges::all_of(rows.values, [](float x) { return std::isfinite(x); }))
      return {};
    const ShrunkCovariance distribution = shrunkCovariance(rows);
    const auto whitening = whiteningOf(distribution);
    if (!whitening) return {};
    FeatureDomain domain;
    domain.mean.assign(distribution.mean.begin(), distribution.mean.end());
    domain.whitening.assign(whitening->begin(), whitening->end());
    domain.limit = 1;
    domain.tiles = int(rows.rows);
    return domain;
  }

  /// Adds the squared distances of the fold's tiles to those of their slides.
  bool judge(int fold, std::vector<std::vector<float>>& ofSlides) const {
    const auto domain = fit(fold);
    if (!domain) return false;
    const DomainHead head(*domain);
    for (size_t bag = 0; bag < m_cases.bags.size(); ++bag) {
      if (m_cases.folds.ofCase[bag] != fold || m_cases.bags[bag].rows == 0) continue;
      const auto found = head.distances(m_cases.bags[bag]);
      if (!found) return false;
      std::vector<float>& all = ofSlides[m_cases.slide[bag]];
      all.insert(all.end(), found->begin(), found->end());
    }
    return true;
  }

  size_t slides() const { return m_sample.size(); }

 private:
  const DomainCases& m_cases;
  std::vector<std::vector<Tile>> m_sample;  ///< a slide
};

float limitOf(const std::vector<std::vector<float>>& ofSlides) {
  std::vector<double> all;
  for (const std::vector<float>& distances : ofSlides)
    all.insert(all.end(), distances.begin(), distances.end());
  std::ranges::sort(all);
  return float(quantileOfSorted(all, kInsideShare));
}

std::vector<float> sharesBeyond(float limit, const std::vector<std::vector<float>>& ofSlides) {
  std::vector<float> shares;
  for (const std::vector<float>& distances : ofSlides) {
    if (distances.empty()) continue;
    const auto beyond = std::ranges::count_if(distances, [&](float value) { return value > limit; });
    shares.push_back(float(double(beyond) / double(distances.size())));
  }
  std::ranges::sort(shares);
  return shares;
}

}  // namespace

std::vector<size_t> slideOfCase(const Cohort& cohort) {
  std::map<std::string, size_t> places;
  std::vector<size_t> all;
  for (size_t index = 0; index < cohort.cases.size(); ++index) {
    const std::vector<std::filesystem::path>& files = cohort.cases[index].slides;
    const bool isBag = files.size() == 1 && files.front().extension() == ".h5";
    const std::string hash = isBag ? slideHashOf(files.front()) : "";
    const std::string name = hash.empty() ? "case " + std::to_string(index) : hash;
    all.push_back(places.emplace(name, places.size()).first->second);
  }
  return all;
}

std::optional<FeatureDomain> measureDomain(const DomainCases& cases, const std::stop_token& stop) {
  const DomainMeasure measure(cases);
  std::vector<std::vector<float>> ofSlides(measure.slides());
  for (int fold = 0; fold < cases.folds.count; ++fold)
    if (stop.stop_requested() || !measure.judge(fold, ofSlides)) return {};
  std::optional<FeatureDomain> domain = measure.fit(kAll);
  if (!domain) return {};
  domain->limit = limitOf(ofSlides);
  domain->heldOutShares = sharesBeyond(domain->limit, ofSlides);
  if (!(domain->limit > 0) || !std::isfinite(domain->limit)) return {};
  return domain;
}

}  // namespace geneglass
