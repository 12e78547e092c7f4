// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A gene that is high in samples of a class. One that marks two classes is there twice.
struct TemplateRow {
  uint8_t ofClass = 0;  ///< index into TemplateSet::classes
  std::string symbol;
  std::string probe = {};  ///< what else the gene may be called, such as its Entrez number; may be empty
};

/// The genes by which nearest template prediction tells the K classes of a target apart, as CMS or MSI.
struct TemplateSet {
  std::filesystem::path file;        ///< where it is from; empty: made otherwise
  std::string target;                ///< "CMS", by the file's name: templates.CMS.tsv, CMS.csv
  std::vector<std::string> classes;  ///< K, 2 to kMostTemplates, in alphabetical order
  std::vector<TemplateRow> rows;     ///< in the file's order
};

inline constexpr size_t kMostTemplates = 255;

/// Reads a table with the columns `class` and `symbol`, and perhaps `probe`; others are passed over. Errors
/// name the file and the row: a column that is missing, an empty class or symbol, a gene that is twice in one
/// class, fewer than two classes or more than kMostTemplates; what CsvReader refuses.
Result<TemplateSet> readTemplates(const std::filesystem::path& file);

/// The rows of a set whose genes are known, by where these lie among a sample's values.
struct PlacedTemplates {
  std::vector<size_t> gene;      ///< R: of each row
  std::vector<uint8_t> ofClass;  ///< R
  std::vector<size_t> rows;      ///< K: how many each class has, above 0
};

/// `places`: where the gene of each row of the set lies, nothing: it is not known. The error, to follow "the
/// templates of '...'": a class of which no gene is known.
Result<PlacedTemplates> placeTemplates(const TemplateSet& set,
                                       const std::vector<std::optional<size_t>>& places);

}  // namespace geneglass
