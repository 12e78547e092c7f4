// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "inference/synthetic/tissue_layout.h"
#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Side of a cell of class maps, level-0 pixels.
constexpr int kMapCell = 64;

/// Cells of a map over a slide; the last column and row may hang over its edge.
constexpr int64_t mapCells(int64_t pixels) {
  return (pixels + kMapCell - 1) / kMapCell;
}

/// Fraction of each class in the cells of one row, class by class: kTissueClasses x columns. From 4 x 4
/// samples a cell; a cell's fractions add up to 1.
std::vector<float> mapRow(const TissueLayout& layout, Size size, int64_t row);

/// The class that covers most of each cell of such a row.
std::vector<uint8_t> mostOf(const std::vector<float>& row);

/// An indexed PNG, one pixel a cell, its palette the classes' colours. Written whole or not at all.
Result<void> writeClassMap(const std::filesystem::path& file, const std::vector<uint8_t>& classes,
                           int64_t columns);

}  // namespace geneglass
