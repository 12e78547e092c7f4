// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// One word of the Python that TorchScript is written in.
struct SourceWord {
  enum class Kind { Name, Number, Text, Sign };
  Kind kind = Kind::Sign;
  std::string_view text;  ///< into the source; of Text without its quotes
};

/// The words of `source` in their order, comments and blanks left out. Errors, to follow "it ": a text
/// without an end, a sign that the language does not have.
Result<std::vector<SourceWord>> wordsOf(std::string_view source);

}  // namespace geneglass
