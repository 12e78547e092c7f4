// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A panel of genes, one symbol a line; empty lines and lines that begin with # do not count. Errors name the
/// file and the row: a line with more than one symbol, a symbol given twice, no symbol at all.
Result<std::vector<std::string>> readGeneList(const std::filesystem::path& file);

}  // namespace geneglass
