// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/slide_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

std::string modelOf(const SlideResult& result) {
  return fmt::format("{} {} ({}{}{})", result.modelName, result.modelVersion, result.modelHash.substr(0, 16),
                     result.precision.empty() ? "" : ", ", result.precision);
}

bool isOfSameModel(const SlideResult& one, const SlideResult& other) {
  return one.modelHash == other.modelHash && one.precision == other.precision && one.symbols == other.symbols;
}

class Joining final {
 public:
  Result<void> add(SlideResult result, std::vector<ModelGene> genes) {
    if (m_table.slides.empty()) m_table.genes = std::move(genes);
    if (!m_table.slides.empty() && !isOfSameModel(m_table.slides.front(), result))
      return fail(fmt::format("'{}' is of the model {} and '{}' of {}: a table is of one model.",
                              m_table.slides.front().file.string(), modelOf(m_table.slides.front()),
                              result.file.string(), modelOf(result)));
    const size_t row = m_table.slides.size();
    const auto [slide, isNewSlide] = m_rowOfSlide.emplace(result.slideHash, row);
    if (!isNewSlide) {
      const SlideResult& other = m_table.slides[slide->second];
      if (other.content != result.content)
        return fail(fmt::format("'{}' and '{}' are results of one slide and differ: leave one of them out.",
                                other.file.string(), result.file.string()));
      ++m_table.twice;
      return {};
    }
    const auto [name, isNewName] = m_rowOfName.emplace(result.name, row);
    if (!isNewName)
      return fail(
          fmt::format("'{}' and '{}' are of two slides and have one name: make one of them under "
                      "another, by the column 'name' of its manifest.",
                      m_table.slides[name->second].file.string(), result.file.string()));
    m_table.slides.push_back(std::move(result));
    return {};
  }

  SlideTable table() {
    std::ranges::sort(m_table.slides, {}, &SlideResult::name);
    return std::move(m_table);
  }

 private:
  SlideTable m_table;
  std::map<std::string, size_t> m_rowOfSlide, m_rowOfName;
};

/// As cellsOf() reads it.
std::string cellOf(const std::string& text) {
  if (text.find_first_of(",;\t|\"\r\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char letter : text) {
    if (letter == '"') cell += '"';
    cell += letter == '\n' || letter == '\r' ? ' ' : letter;
  }
  return cell + '"';
}

}  // namespace

Result<SlideTable> joinResults(std::span<const fs::path> files, const std::stop_token& stop) {
  Joining joining;
  for (const fs::path& file : files) {
    if (stop.stop_requested()) return fail("The results were not joined: the command was stopped.");
    std::vector<ModelGene> genes;
    Result<SlideResult> result = readSlideResult(file, genes);
    if (!result) return tl::unexpected(result.error());
    if (const Result<void> added = joining.add(std::move(*result), std::move(genes)); !added)
      return tl::unexpected(added.error());
  }
  return joining.table();
}

Result<void> writeTableAsCsv(const fs::path& file, const SlideTable& table) {
  return writeText(file, [&](std::ostream& to) {
    to << "slide";
    for (const ModelGene& gene : table.genes) to << ',' << cellOf(gene.symbol);
    to << '\n';
    for (const SlideResult& slide : table.slides) {
      to << cellOf(slide.name);
      for (const double value : slide.values)
        to << ',' << (std::isnan(value) ? "" : fmt::format("{}", value));
      to << '\n';
    }
  });
}

}  // namespace geneglass
