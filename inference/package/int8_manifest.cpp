// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/int8_manifest.h"

namespace geneglass {

static constexpr const char* kChange = "largest_p_tumour_difference";

Int8Facts readInt8(const ManifestReader& from) {
  Int8Facts facts;
  const int steps = from.integer("convolutions", 1, 100'000);
  facts.scales.activations = from.numbers("activation_scales", static_cast<size_t>(steps));
  for (float size : facts.scales.activations)
    if (!(size > 0)) from.refuse("activation_scales", "must be above 0");
  facts.calibrationTiles = from.integer("calibration_tiles", 1, 1 << 30);
  const ManifestReader agreement = from.object("agreement");
  facts.checkedTiles = agreement.integer("tiles", 2, 1 << 30);
  facts.checkedSlides = agreement.integer("slides", 1, 1 << 30);
  facts.leastR = agreement.number("least_r", -1, 1);
  facts.leastRGene = agreement.text("least_r_gene");
  facts.largestDifference = agreement.number("largest_slide_difference", 0, 1e9);
  facts.largestDifferenceGene = agreement.text("largest_slide_difference_gene");
  if (agreement.has(kChange)) facts.largestChange = agreement.number(kChange, 0, 1);
  if (from.flag("used_by_default") != facts.agrees())
    from.refuse("used_by_default", "does not follow from the agreement");
  return facts;
}

nlohmann::json toJson(const Int8Facts& facts) {
  nlohmann::json object = {{"convolutions", facts.scales.activations.size()},
                           {"activation_scales", facts.scales.activations},
                           {"calibration_tiles", facts.calibrationTiles},
                           {"agreement",
                            {{"tiles", facts.checkedTiles},
                             {"slides", facts.checkedSlides},
                             {"least_r", facts.leastR},
                             {"least_r_gene", facts.leastRGene},
                             {"largest_slide_difference", facts.largestDifference},
                             {"largest_slide_difference_gene", facts.largestDifferenceGene}}},
                           {"used_by_default", facts.agrees()}};
  if (facts.largestChange) object["agreement"][kChange] = *facts.largestChange;
  return object;
}

}  // namespace geneglass
