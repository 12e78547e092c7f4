// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/patient_facts.h"

#include <algorithm>

#include "app/desktop/report/report_words.h"
#include "app/desktop/session/image_conversion.h"
#include "viewer/slide/identifying_properties.h"

namespace geneglass {

PatientFacts readPatientFacts(const OpenedSlide& opened) {
  PatientFacts facts;
  for (const SlideProperty& each : identifyingProperties(opened.slide->file))
    facts.properties.push_back({words(each.name), words(each.value)});
  const auto& images = opened.slide->associatedImages;
  const auto label = std::ranges::find(images, "label", &AssociatedImage::name);
  if (label == images.end() || !opened.source) return facts;
  if (const Result<Image> image = opened.source->readAssociatedImage(label->name))
    facts.label = toQImage(*image);
  return facts;
}

}  // namespace geneglass
