// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace geneglass {

/// A number a column: genes.
struct Values {};

/// Which of some classes a case is: what one column says.
struct Classes {
  std::vector<std::string> names;
  bool numbered = false;  ///< of two: 0 and 1 stand in the column for them; else their names stand there
};

/// What a head is to predict of a case.
using Target = std::variant<Values, Classes>;

}  // namespace geneglass
