// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/int8_manifest.h"

namespace geneglass {

static constexpr const char* kChange = "largest_p_tumour_difference";

/// The block "agreement" within one of a precision, and what follows from it.
static Agreement readAgreement(const ManifestReader& precision) {
  const ManifestReader from = precision.object("agreement");
  Agreement facts;
  facts.checkedTiles = from.integer("tiles", 2, 1 << 30);
  facts.checkedSlides = from.integer("slides", 1, 1 << 30);
  facts.leastR = from.number("least_r", -1, 1);
  facts.leastRGene = from.text("least_r_gene");
  facts.largestDifference = from.number("largest_slide_difference", 0, 1e9);
  facts.largestDifferenceGene = from.text("largest_slide_difference_gene");
  if (from.has(kChange)) facts.largestChange = from.number(kChange, 0, 1);
  if (precision.flag("used_by_default") != facts.agrees())
    precision.refuse("used_by_default", "does not follow from the agreement");
  return facts;
}

Int8Facts readInt8(const ManifestReader& from) {
  Int8Facts facts;
  const int steps = from.integer("convolutions", 1, 100'000);
  facts.scales.activations = from.numbers("activation_scales", static_cast<size_t>(steps));
  for (float size : facts.scales.activations)
    if (!(size > 0)) from.refuse("activation_scales", "must be above 0");
  facts.calibrationTiles = from.integer("calibration_tiles", 1, 1 << 30);
  facts.agreement = readAgreement(from);
  return facts;
}

nlohmann::json toJson(const Int8Facts& facts) {
  nlohmann::json object = toJson(facts.agreement);
  object["convolutions"] = facts.scales.activations.size();
  object["activation_scales"] = facts.scales.activations;
  object["calibration_tiles"] = facts.calibrationTiles;
  return object;
}

Agreement readBfloat16(const ManifestReader& from) {
  return readAgreement(from);
}

nlohmann::json toJson(const Agreement& facts) {
  nlohmann::json object = {{"agreement",
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
