// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/gene_names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <memory>
#include <sstream>

#include "viewer/foundation/files/shipped_file.h"

namespace geneglass {
namespace {

using NamePairs = std::vector<std::pair<std::string, std::string>>;

/// The two columns of a packed table below its header.
Result<NamePairs> readNamePairs(const char* name) {
  const std::filesystem::path file = shippedFile(std::filesystem::path("genes") / name);
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), gzclose);
  if (!stream) return fail(fmt::format("Cannot open the names of genes '{}'.", file.string()));
  std::string text(size_t(4) << 20, '\0');
  const int size = gzread(stream.get(), text.data(), unsigned(text.size()));
  if (size <= 0)
    return fail(fmt::format("Cannot read the names of genes '{}': it is damaged.", file.string()));
  text.resize(size_t(size));
  std::istringstream lines(text);
  NamePairs pairs;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line))
    if (const size_t tab = line.find('\t'); tab != std::string::npos)
      pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  return pairs;
}

/// The names that are there by all that they can be asked by.
class NamesThere final {
 public:
  NamesThere(const std::vector<std::string>& there, const GeneNames* names) : m_there(there), m_names(names) {
    for (size_t i = 0; i < there.size(); ++i) {
      m_itself.emplace(there[i], i);
      if (!names) continue;
      if (const auto identifier = ensemblIdentifier(there[i])) {
        m_byIdentifier[*identifier].push_back(i);
        if (const auto symbol = names->symbolOf(*identifier)) m_bySymbol[*symbol].push_back(i);
        continue;
      }
      const std::vector<std::string> approved = names->approvedOf(there[i]);
      for (const std::string& one : approved)
        (approved.size() == 1 ? m_byFormer : m_byUnclear)[one].push_back(i);
    }
  }

  std::optional<size_t> itself(const std::string& gene) const {
    const auto found = m_itself.find(gene);
    return found == m_itself.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<size_t> byEnsembl(const std::string& gene) const {
    const auto identifier = ensemblIdentifier(gene);
    if (!identifier) return in(m_bySymbol, gene);
    std::vector<size_t> places = in(m_byIdentifier, *identifier);
    if (const auto symbol = m_names->symbolOf(*identifier); places.empty() && symbol)
      if (const auto place = itself(*symbol)) places = {*place};
    return places;
  }
  /// Former symbols that are there, or what the gene is called now.
  std::vector<size_t> byFormer(const std::string& gene) const {
    std::vector<size_t> places = in(m_byFormer, gene);
    const std::vector<std::string> now = m_names->approvedOf(gene);
    if (!places.empty() || now.size() != 1) return places;
    if (const auto place = itself(now.front())) return {*place};
    return in(m_bySymbol, now.front());
  }
  /// Why the gene has none though a name of it is there; empty where there is nothing to say.
  std::string whyUnclear(const std::string& gene) const {
    const std::vector<std::string> now = m_names->approvedOf(gene);
    if (now.size() > 1) return fmt::format("{} was a name of {}", gene, fmt::join(now, " and "));
    for (const size_t place : in(m_byUnclear, gene))
      return fmt::format("{} may be {}, which was a name of {}", gene, m_there[place],
                         fmt::join(m_names->approvedOf(m_there[place]), " and "));
    return {};
  }

 private:
  using ByName = std::unordered_map<std::string, std::vector<size_t>>;
  static std::vector<size_t> in(const ByName& names, const std::string& name) {
    const auto found = names.find(name);
    return found == names.end() ? std::vector<size_t>() : found->second;
  }

  const std::vector<std::string>& m_there;
  const GeneNames* m_names;
  std::unordered_map<std::string, size_t> m_itself;
  ByName m_byIdentifier, m_bySymbol, m_byFormer, m_byUnclear;
};

/// Matches gene by gene and remembers by which names.
class GeneMatching final {
 public:
  GeneMatching(const std::vector<std::string>& asked, const std::vector<std::string>& there,
               const GeneNames* names)
      : m_asked(asked), m_there(there), m_names(names), m_known(there, names) {}

  MatchedGenes match() {
    for (const std::string& gene : m_asked) m_matched.places.push_back(placeOf(gene));
    note(m_byR, "the name that R makes of it");
    note(m_byEnsembl, "Ensembl's identifier");
    note(m_byFormer, "a former name");
    return std::move(m_matched);
  }

 private:
  std::optional<size_t> placeOf(const std::string& gene) {
    if (const auto place = m_known.itself(gene)) return place;
    if (const auto place = m_known.itself(nameInR(gene))) return found(m_byR, gene, *place);
    if (!m_names) return {};
    for (const bool ensembl : {true, false}) {
      const std::vector<size_t> places = ensembl ? m_known.byEnsembl(gene) : m_known.byFormer(gene);
      if (places.size() == 1) return found(ensembl ? m_byEnsembl : m_byFormer, gene, places.front());
      if (places.size() < 2) continue;
      std::vector<std::string> names;
      for (const size_t place : places) names.push_back(m_there[place]);
      m_matched.unclear.push_back(fmt::format("{} may be {}", gene, fmt::join(names, " or ")));
      return {};
    }
    if (std::string why = m_known.whyUnclear(gene); !why.empty()) m_matched.unclear.push_back(std::move(why));
    return {};
  }

  size_t found(std::vector<std::string>& genes, const std::string& gene, size_t place) const {
    genes.push_back(fmt::format("{} ({})", gene, m_there[place]));
    return place;
  }

  void note(const std::vector<std::string>& genes, const char* by) {
    if (genes.empty()) return;
    m_matched.notes.push_back(fmt::format("{} gene{} found by {}: {}", genes.size(),
                                          genes.size() > 1 ? "s" : "", by, fmt::join(genes, ", ")));
  }

  const std::vector<std::string>& m_asked;
  const std::vector<std::string>& m_there;
  const GeneNames* m_names;
  const NamesThere m_known;
  std::vector<std::string> m_byR, m_byEnsembl, m_byFormer;
  MatchedGenes m_matched;
};

}  // namespace

GeneNames::GeneNames(const NamePairs& former, const NamePairs& ensembl) {
  for (const auto& [symbol, approved] : former) {
    m_current.insert(approved);
    std::vector<std::string>& all = m_approved[symbol];
    if (std::ranges::find(all, approved) == all.end()) all.push_back(approved);
  }
  std::unordered_set<std::string> ofEnsembl;
  for (const auto& [identifier, symbol] : ensembl) ofEnsembl.insert(symbol);
  for (const auto& [identifier, symbol] : ensembl) {
    m_symbols.emplace(identifier, symbol);
    if (const auto [known, isNew] = m_identifiers.emplace(symbol, identifier); !isNew) known->second.clear();
    const auto known = m_approved.find(symbol);  // Ensembl's list may be older than a renaming
    if (known == m_approved.end() ||
        std::ranges::any_of(known->second, [&](const std::string& now) { return ofEnsembl.contains(now); }))
      m_current.insert(symbol);
  }
}

Result<GeneNames> GeneNames::shipped() {
  const Result<NamePairs> former = readNamePairs("gene_symbols.tsv.gz"),
                          ensembl = readNamePairs("ensembl_genes.tsv.gz");
  if (!former) return tl::unexpected(former.error());
  if (!ensembl) return tl::unexpected(ensembl.error());
  return GeneNames(*former, *ensembl);
}

std::vector<std::string> GeneNames::approvedOf(const std::string& symbol) const {
  const auto found = m_approved.find(symbol);
  return found == m_approved.end() || m_current.contains(symbol) ? std::vector<std::string>() : found->second;
}

std::optional<std::string> GeneNames::symbolOf(const std::string& identifier) const {
  const auto plain = ensemblIdentifier(identifier);
  const auto found = plain ? m_symbols.find(*plain) : m_symbols.end();
  return found == m_symbols.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> GeneNames::identifierOf(const std::string& symbol) const {
  const auto found = m_identifiers.find(symbol);
  const bool isOne = found != m_identifiers.end() && !found->second.empty();
  return isOne ? std::optional(found->second) : std::nullopt;
}

std::optional<std::string> ensemblIdentifier(const std::string& name) {
  const auto isDigit = [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; };
  constexpr size_t kLength = 15;  // ENSG and eleven digits
  if (name.size() < kLength || !name.starts_with("ENSG")) return {};
  if (!std::all_of(name.begin() + 4, name.begin() + kLength, isDigit)) return {};
  if (name.size() > kLength && name[kLength] != '.') return {};
  return name.substr(0, kLength);
}

std::string nameInR(const std::string& name) {
  std::string made = name;
  for (char& letter : made)
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0 && letter != '_') letter = '.';
  if (made.empty() || std::isdigit(static_cast<unsigned char>(made.front())) != 0) made.insert(0, "X");
  return made;
}

MatchedGenes matchGenes(const std::vector<std::string>& asked, const std::vector<std::string>& there,
                        const GeneNames& names) {
  return GeneMatching(asked, there, &names).match();
}

MatchedGenes matchGenes(const std::vector<std::string>& asked, const std::vector<std::string>& there) {
  MatchedGenes plain = GeneMatching(asked, there, nullptr).match();
  if (std::ranges::all_of(plain.places, [](const auto& place) { return place.has_value(); })) return plain;
  const Result<GeneNames> names = GeneNames::shipped();
  return names ? matchGenes(asked, there, *names) : plain;
}

}  // namespace geneglass
