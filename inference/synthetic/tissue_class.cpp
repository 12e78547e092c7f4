// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/tissue_class.h"

namespace geneglass {
namespace {

struct Row {
  const char* name;
  uint32_t colour;
};

constexpr std::array<Row, kTissueClasses> kRows = {{{"background", 0xffffff},
                                                    {"stroma", 0xf0a8c0},
                                                    {"tumour", 0x7b3294},
                                                    {"mucosa", 0x4393c3},
                                                    {"goblet", 0x66c2a5},
                                                    {"mucin", 0xb8e3f0},
                                                    {"lymphoid", 0x08306b},
                                                    {"necrosis", 0x8c510a},
                                                    {"fat", 0xfee391},
                                                    {"muscle", 0xd6604d},
                                                    {"fold", 0x525252},
                                                    {"pen", 0x00cc00}}};

}  // namespace

const char* toString(TissueClass tissue) {
  return kRows[static_cast<size_t>(tissue)].name;
}

const char* toString(SectionKind kind) {
  switch (kind) {
    case SectionKind::Tumour:
      return "tumour";
    case SectionKind::Normal:
      return "normal";
    default:
      return "mixed";
  }
}

uint32_t mapColour(TissueClass tissue) {
  return kRows[static_cast<size_t>(tissue)].colour;
}

}  // namespace geneglass
