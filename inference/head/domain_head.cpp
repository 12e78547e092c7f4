// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/domain_head.h"

#include <fmt/format.h>

#include <algorithm>

#include "inference/head/dense_layer.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

/// D x D, of the rows of a lower triangle.
StoredTensor squareOf(const std::vector<float>& triangle, size_t width) {
  StoredTensor square{{int64_t(width), int64_t(width)}, std::vector<float>(width * width, 0)};
  const float* from = triangle.data();
  for (size_t row = 0; row < width; from += ++row)
    std::copy_n(from, row + 1, square.values.begin() + std::ptrdiff_t(row * width));
  return square;
}

DenseLayer whiteningLayer(const FeatureDomain& domain) {
  const OneOpenMpThread alone;
  const size_t width = domain.mean.size();
  return {squareOf(domain.whitening, width),
          {{int64_t(width)}, std::vector<float>(width, 0)},
          int64_t(width),
          int64_t(width),
          After::Nothing};
}

}  // namespace

struct DomainHead::Parts {
  explicit Parts(FeatureDomain of) : domain(std::move(of)), whitening(whiteningLayer(domain)) {}

  void centre(const Matrix& features, size_t begin, size_t end, float* to) const {
    for (size_t tile = begin; tile < end; ++tile)
      for (size_t i = 0; i < features.columns; ++i) *to++ = features.at(tile, i) - domain.mean[i];
  }

  FeatureDomain domain;
  DenseLayer whitening;
};

DomainHead::DomainHead(FeatureDomain domain) : m_parts(std::make_shared<const Parts>(std::move(domain))) {}

size_t DomainHead::features() const {
  return m_parts->domain.mean.size();
}

Result<std::vector<float>> DomainHead::distances(const Matrix& features) const {
  const auto width = this->features();
  if (features.columns != width)
    return fail(fmt::format("The training tissue is described by {} features a tile, these are {}.", width,
                            features.columns));
  std::vector<float> distances(features.rows);
  inLanes(features.rows, {int64_t(width), int64_t(width)}, [&](DenseLane& lane, size_t begin, size_t end) {
    m_parts->centre(features, begin, end, lane.rows(0));
    lane.run(m_parts->whitening, 0, 1);
    for (size_t tile = begin; tile < end; ++tile) {
      const float* whitened = lane.rows(1) + (tile - begin) * width;
      distances[tile] = dotOf(whitened, whitened, width) / m_parts->domain.limit;
    }
  });
  return distances;
}

Result<SlideDomain> DomainHead::judge(const Matrix& features) const {
  return distances(features).map([this](std::vector<float> found) {
    return judgeDomain(std::move(found), m_parts->domain.heldOutShares);
  });
}

Result<DomainHead> loadDomainHead(const ModelPackage& package) {
  return readDomain(package.folder / kDomainFile, 0).map([](FeatureDomain domain) {
    return DomainHead(std::move(domain));
  });
}

}  // namespace geneglass
