// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

#include "viewer/wording/number_text.h"

namespace geneglass {

/// A number as a report writes it.
inline QString decimals(double value, int count = 2) {
  return numberText(value, count);
}

inline QString words(const std::string& text) {
  return QString::fromStdString(text);
}

}  // namespace geneglass
