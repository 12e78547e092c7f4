// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>
#include <vector>

#include "inference/prediction/slide_quality.h"
#include "inference/tissue/tissue_mask.h"
#include "viewer/slide/slide.h"

class QWidget;

namespace geneglass {

/// Name and value of each fact of a slide, for people; pen marks where its tissue was found, tiles out of
/// focus where these were looked for.
std::vector<std::pair<QString, QString>> factsOf(const Slide& slide, const TissueMask* tissue = nullptr,
                                                 const SlideQuality* quality = nullptr);

/// Opens a window of its own with them; it does not block.
void showFacts(const Slide& slide, const TissueMask* tissue, const SlideQuality* quality, QWidget* parent);

}  // namespace geneglass
