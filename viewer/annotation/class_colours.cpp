// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/class_colours.h"

#include <array>

namespace geneglass {
namespace {

/// Far from haematoxylin and eosin, and from each other also for colour-blind eyes (Okabe and Ito's, and
/// darker ones of them).
constexpr std::array<uint32_t, 10> kPalette{0xff0072b2, 0xff009e73, 0xffe69f00, 0xff56b4e9, 0xfff0e442,
                                            0xffd55e00, 0xff004c76, 0xff006b4e, 0xff8c6100, 0xff7a3600};

constexpr std::array<std::pair<const char*, uint32_t>, 6> kUsual{{{"Tumour", 0xffc80000},
                                                                  {"Stroma", 0xff009e73},
                                                                  {"Immune cells", 0xff0072b2},
                                                                  {"Necrosis", 0xff323232},
                                                                  {"Normal", 0xff56b4e9},
                                                                  {"Other", 0xffe69f00}}};

}  // namespace

uint32_t colourForClass(std::string_view name) {
  for (const auto& [usual, colour] : kUsual)
    if (name == usual) return colour;
  if (name == "Tumor") return kUsual.front().second;
  uint32_t hash = 2166136261u;  // FNV-1a: the same on every machine
  for (const char letter : name) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
  return kPalette[hash % kPalette.size()];
}

std::vector<AnnotationClass> usualClasses() {
  std::vector<AnnotationClass> classes;
  for (const auto& [name, colour] : kUsual) classes.push_back({name, colour});
  return classes;
}

}  // namespace geneglass
