// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace geneglass {

/// What a place of a synthetic slide is. The number is the value in class maps.
enum class TissueClass : uint8_t {
  Background,
  Stroma,
  Tumour,  ///< malignant glands and what lies between them
  Mucosa,  ///< normal crypts
  Goblet,  ///< glands rich in goblet cells
  Mucin,   ///< pools outside cells
  Lymphoid,
  Necrosis,
  Fat,
  Muscle,
  Fold,  ///< tissue lying double
  Pen    ///< ink, on glass or tissue
};

constexpr size_t kTissueClasses = 12;
constexpr std::array<TissueClass, kTissueClasses> kAllTissueClasses = {
    TissueClass::Background, TissueClass::Stroma, TissueClass::Tumour,   TissueClass::Mucosa,
    TissueClass::Goblet,     TissueClass::Mucin,  TissueClass::Lymphoid, TissueClass::Necrosis,
    TissueClass::Fat,        TissueClass::Muscle, TissueClass::Fold,     TissueClass::Pen};

const char* toString(TissueClass tissue);

/// Its colour in class maps, 0xRRGGBB.
uint32_t mapColour(TissueClass tissue);

/// What a section was taken from.
enum class SectionKind : uint8_t {
  Mixed,   ///< anything, in any amount
  Tumour,  ///< the same, but malignant glands are at least kLeastTumour of what regions are drawn from, and
           ///< one in the middle of the tissue is
  Normal   ///< neither tumour nor necrosis: crypts, lymphoid tissue, stroma, muscle, fat, a little mucin
};
constexpr double kLeastTumour = 0.15;

const char* toString(SectionKind kind);  ///< "mixed", "tumour", "normal"

/// Whether it counts as tissue in fractions of a slide: not glass, not ink.
constexpr bool isTissue(TissueClass tissue) {
  return tissue != TissueClass::Background && tissue != TissueClass::Pen;
}

}  // namespace geneglass
