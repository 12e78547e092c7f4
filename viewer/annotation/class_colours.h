// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "viewer/annotation/annotation.h"

namespace geneglass {

/// Of annotations without a class and without a colour of their own; opaque 0xAARRGGBB.
inline constexpr uint32_t kColourWithoutClass = 0xffd4a017;

/// The colour a class gets whose file or user says none: always the same for the same name.
uint32_t colourForClass(std::string_view name);

/// What a new case begins with: Tumour, Stroma, Immune cells, Necrosis, Normal, Other.
std::vector<AnnotationClass> usualClasses();

}  // namespace geneglass
