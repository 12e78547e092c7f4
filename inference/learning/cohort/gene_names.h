// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// What human genes are and were called (HGNC), and Ensembl's identifiers of them.
class GeneNames final {
 public:
  /// The tables under resources/genes. Error: they are not there, or damaged.
  static Result<GeneNames> shipped();
  /// Of (former, approved) and (identifier, symbol).
  GeneNames(const std::vector<std::pair<std::string, std::string>>& former,
            const std::vector<std::pair<std::string, std::string>>& ensembl);

  /// Those that a former or alias symbol stands for; none where it is an approved one itself.
  std::vector<std::string> approvedOf(const std::string& symbol) const;
  /// Of an identifier with or without its version; nothing for what is none, or is not known.
  std::optional<std::string> symbolOf(const std::string& identifier) const;
  /// Without its version; nothing where none or several are known by the symbol.
  std::optional<std::string> identifierOf(const std::string& symbol) const;

 private:
  std::unordered_map<std::string, std::vector<std::string>> m_approved;
  std::unordered_map<std::string, std::string> m_symbols;
  std::unordered_map<std::string, std::string> m_identifiers;  ///< by symbol; empty where there are several
  std::unordered_set<std::string> m_current;
};

/// "ENSG00000141510.18" without its version; nothing for what is no identifier of Ensembl.
std::optional<std::string> ensemblIdentifier(const std::string& name);

/// What R's make.names makes of a name: "HLA.A" of "HLA-A", "X7SK" of "7SK".
std::string nameInR(const std::string& name);

/// Which of the names that are there each gene has.
struct MatchedGenes {
  std::vector<std::optional<size_t>> places;  ///< as many as were asked for; the first of a doubled name
  std::vector<std::string> notes;    ///< a sentence on each way in which names were found but by themselves
  std::vector<std::string> unclear;  ///< why a gene was not taken by another name: several would do
};

/// By the name itself; else by that of R; else, where a name stands for one gene alone, by Ensembl's
/// identifier or a former symbol on either side. The tables of names are read only where they are needed;
/// without them nothing more is found. Pure but for that.
MatchedGenes matchGenes(const std::vector<std::string>& asked, const std::vector<std::string>& there);
MatchedGenes matchGenes(const std::vector<std::string>& asked, const std::vector<std::string>& there,
                        const GeneNames& names);

}  // namespace geneglass
