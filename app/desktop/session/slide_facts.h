// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <utility>
#include <vector>

#include "viewer/slide/slide.h"

class QWidget;

namespace geneglass {

/// Name and value of each fact of a slide, for people.
std::vector<std::pair<QString, QString>> factsOf(const Slide& slide);

/// Opens a window of its own with them; it does not block.
void showFacts(const Slide& slide, QWidget* parent);

}  // namespace geneglass
