// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/head/partial_bag.h"

#include <algorithm>
#include <map>

namespace geneglass {
namespace {

Matrix rowsOf(const Matrix& all, const std::vector<size_t>& rows) {
  Matrix some(rows.size(), all.columns);
  for (size_t i = 0; i < rows.size(); ++i) std::ranges::copy(all.row(rows[i]), some.row(i).begin());
  return some;
}

class PartOfBag final {
 public:
  explicit PartOfBag(const std::vector<bool>& leftOut) {
    for (size_t tile = 0; tile < leftOut.size(); ++tile)
      if (!leftOut[tile]) m_rows.push_back(tile);
  }

  EmbeddedBag of(const EmbeddedBag& bag) {
    EmbeddedBag part;
    part.tiles = m_rows.size();
    if (bag.embedded.rows > 0) part.embedded = rowsOf(bag.embedded, m_rows);
    if (bag.features) part.features = featuresOf(bag.features);
    for (const EmbeddedBag& member : bag.members) part.members.push_back(of(member));
    return part;
  }

 private:
  std::shared_ptr<const Matrix> featuresOf(const std::shared_ptr<const Matrix>& all) {
    std::shared_ptr<const Matrix>& known = m_features[all.get()];
    if (!known) known = std::make_shared<const Matrix>(rowsOf(*all, m_rows));
    return known;
  }

  std::vector<size_t> m_rows;  ///< that stay
  std::map<const Matrix*, std::shared_ptr<const Matrix>> m_features;
};

}  // namespace

EmbeddedBag bagWithout(const EmbeddedBag& bag, const std::vector<bool>& leftOut) {
  return PartOfBag(leftOut).of(bag);
}

}  // namespace geneglass
