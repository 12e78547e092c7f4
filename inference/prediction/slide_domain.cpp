// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/slide_domain.h"

#include <fmt/format.h>

#include <algorithm>

namespace geneglass {

SlideDomain judgeDomain(std::vector<float> distance, std::span<const float> heldOutShares) {
  SlideDomain domain;
  const auto beyond = std::ranges::count_if(distance, [](float value) { return !(value <= 1); });
  domain.shareOutside = double(beyond) / double(distance.size());
  domain.distance = std::move(distance);
  domain.slides = int(heldOutShares.size());
  const auto asFar =
      heldOutShares.end() - std::ranges::lower_bound(heldOutShares, float(domain.shareOutside));
  domain.p = double(1 + asFar) / double(domain.slides + 1);
  const bool atFloor = asFar == 0 && domain.slides >= SlideDomain::kFewest;
  domain.outside = domain.shareOutside > SlideDomain::kShareAlone ||
                   (atFloor && domain.shareOutside > SlideDomain::kShareWithP);
  return domain;
}

std::string inWords(const SlideDomain& domain) {
  const std::string against =
      domain.slides < SlideDomain::kFewest
          ? fmt::format("only {} training slides to compare with", domain.slides)
          : fmt::format("p {:.3f} against {} training slides", domain.p, domain.slides);
  return fmt::format("{:.0f} % of its tiles are unlike the tissue the model learnt from ({})",
                     100 * domain.shareOutside, against);
}

}  // namespace geneglass
