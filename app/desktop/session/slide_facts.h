// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>
#include <vector>

#include "inference/tissue/tissue_mask.h"
#include "viewer/slide/slide.h"

class QWidget;

namespace geneglass {

/// Name and value of each fact of a slide, for people; pen marks where its tissue was found.
std::vector<std::pair<QString, QString>> factsOf(const Slide& slide, const TissueMask* tissue = nullptr);

/// Opens a window of its own with them; it does not block.
void showFacts(const Slide& slide, const TissueMask* tissue, QWidget* parent);

}  // namespace geneglass
