// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/plain_layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "viewer/slide/channels/sample_values.h"
#include "viewer/slide/formats/tiff/tiff_facts.h"

namespace geneglass {
namespace {

constexpr uint16_t kLastGrey = 1;  ///< photometric: 0 is white, or black

bool isOfTheSameKind(const TiffPage& page, const TiffPage& first) {
  return page.bits == first.bits && page.format == first.format && page.samples == first.samples &&
         page.photometric == first.photometric && page.isTiled == first.isTiled;
}

/// Aperio's thumbnail is its second directory; label and macro say what they are.
void addAperioImages(ChannelLayout& layout, const std::vector<TiffPage>& pages) {
  for (size_t i = 1; i < pages.size(); ++i) {
    const TiffPage& page = pages[i];
    if (page.isTiled || page.isWithin || page.size.width == 0) continue;
    const bool isLabel = page.description.find("\nlabel ") != std::string::npos;
    const bool isMacro = page.description.find("\nmacro ") != std::string::npos;
    if (!isLabel && !isMacro && i != 1) continue;
    const char* name = isLabel ? "label" : isMacro ? "macro" : "thumbnail";
    layout.associatedImages.push_back({{name, page.size, isLabel || isMacro}, i});
  }
}

void addLevels(ChannelLayout& layout, const std::vector<TiffPage>& pages) {
  const TiffPage& first = pages.front();
  if (!first.within.empty()) return addLevelsWithin(layout, pages);
  size_t alike = 1;
  for (size_t i = 1; i < pages.size(); ++i) {
    const TiffPage& page = pages[i];
    if (page.isWithin || !isOfTheSameKind(page, first)) continue;
    if (page.size == first.size)
      ++alike;
    else if (alike == 1 && isSmallerCopy(page.size, layout.levels.back().size))
      layout.levels.push_back({page.size, samplesOf(page, i)});
  }
  if (alike > 1) {
    layout.levels.resize(1);
    layout.note = fmt::format("The first of {} images of this size is shown. ", alike);
  }
}

}  // namespace

bool holdsValues(const TiffPage& page) {
  if (page.bits < 8) return false;
  if (page.bits > 8 || page.isFloat() || page.format == 2) return true;
  const int samples = valueSamples(page);
  return samples > 4 || (samples > 1 && page.photometric <= kLastGrey);
}

FoundLayout plainLayout(const std::vector<TiffPage>& pages) {
  const TiffPage& first = pages.front();
  if (!holdsValues(first)) return std::nullopt;
  const bool isPicture = isRgb(first) && !first.isFloat();
  const bool areValues = first.photometric <= kLastGrey || isRgb(first) || valueSamples(first) > 4;
  if (!areValues)
    return fail(fmt::format("its colours (photometric interpretation {}) are not read at {} bits a sample",
                            first.photometric, first.bits));
  const auto count = static_cast<size_t>(valueSamples(first));
  if (count > kMostChannels)
    return fail(fmt::format("it says it has {} channels, more than {}", count, kMostChannels));
  ChannelLayout layout;
  const bool isAperio = first.description.starts_with("Aperio");
  layout.vendor = isAperio ? "aperio" : "generic-tiff";
  layout.isColour = isPicture;
  layout.channels = unnamedChannels(count, isPicture);
  layout.levels.push_back({first.size, samplesOf(first, 0)});
  addLevels(layout, pages);
  if (isAperio) {
    if (const auto mpp = aperioNumber(first.description, "MPP")) layout.mpp = Mpp{*mpp, *mpp};
    layout.objectivePower = aperioNumber(first.description, "AppMag");
    addAperioImages(layout, pages);
  }
  return layout;
}

}  // namespace geneglass
