// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// Genes that somebody wants to see together.
struct GeneSet {
  std::string name;
  std::vector<std::string> genes;  ///< symbols, each once, as they were written
  bool operator==(const GeneSet&) const = default;
};

inline constexpr size_t kMostGeneSets = 500;  ///< that are taken from a file

/// Symbols apart by blanks, commas, semicolons or line ends; what follows a # on its line is none.
std::vector<std::string> genesIn(std::string_view text);

/// GMT (name, description and genes with tabs between, a set a line), or a text of genes, which is one set of
/// the file's name. Errors name the file: unreadable, too large, no text, a line or a file without genes, too
/// many sets.
Result<std::vector<GeneSet>> readGeneSets(const std::filesystem::path& file);

/// A JSON list, and back; nothing of a text that is none.
std::string textOf(const std::vector<GeneSet>& sets);
std::vector<GeneSet> geneSetsOf(std::string_view text);

/// The user's own sets, between runs. GUI thread.
std::vector<GeneSet> keptGeneSets();
void keepGeneSets(const std::vector<GeneSet>& sets);

}  // namespace geneglass
