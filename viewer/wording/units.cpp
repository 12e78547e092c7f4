// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/wording/units.h"

#include <atomic>

namespace geneglass {

static std::atomic<Units> shown = Units::Metric;

Units shownUnits() {
  return shown;
}

void showUnits(Units units) {
  shown = units;
}

}  // namespace geneglass
