// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace geneglass {

/// Where there is no slide, and where the scanner recorded nothing. Cooler and darker than the white of an
/// empty place on a slide.
inline QColor emptyGlassColour() {
  return {222, 225, 229};
}

}  // namespace geneglass
