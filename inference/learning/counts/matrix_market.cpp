// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/matrix_market.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "inference/learning/counts/gene_columns.h"
#include "inference/learning/counts/text_rows.h"

namespace geneglass {
namespace {

using ListRow = std::vector<std::string>;

/// The file beside the matrix, under the first of these names that is there.
std::filesystem::path beside(const std::filesystem::path& matrix, std::initializer_list<const char*> names) {
  const std::string file = matrix.filename().string();
  const std::string prefix = file.substr(0, file.rfind("matrix.mtx"));
  std::error_code error;
  for (const char* name : names)
    for (const char* packed : {".gz", ""})
      if (const auto path = matrix.parent_path() / (prefix + name + packed);
          std::filesystem::is_regular_file(path, error))
        return path;
  return {};
}

Result<std::vector<ListRow>> readList(const std::filesystem::path& file) {
  Result<TextRows> lines = TextRows::open(file);
  if (!lines) return tl::unexpected(lines.error());
  std::vector<ListRow> list;
  std::string before;
  for (;;) {
    const auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) return list;
    if (**line == before) return lines->refuseRow("it is the same as the row before");
    before = **line;
    const auto cells = cellsBetween('\t', **line);
    list.emplace_back(cells.begin(), cells.end());
  }
}

/// What the matrix's rows and columns are called.
struct FeatureLists {
  std::vector<std::string> barcodes, symbols, kinds;  ///< kinds: empty where the file does not tell
};

Result<FeatureLists> readLists(const std::filesystem::path& matrix) {
  const std::filesystem::path barcodes = beside(matrix, {"barcodes.tsv"}),
                              features = beside(matrix, {"features.tsv", "genes.tsv"});
  if (barcodes.empty() || features.empty())
    return fail(fmt::format(
        "Cannot use the spots in '{}': beside it there is no {}, or it has another beginning.",
        matrix.string(), barcodes.empty() ? "barcodes.tsv(.gz)" : "features.tsv(.gz) or genes.tsv(.gz)"));
  const auto spots = readList(barcodes), genes = readList(features);
  if (!spots) return tl::unexpected(spots.error());
  if (!genes) return tl::unexpected(genes.error());
  FeatureLists lists;
  for (const ListRow& row : *spots) lists.barcodes.push_back(row[0]);
  const bool typed = std::ranges::all_of(*genes, [](const ListRow& row) { return row.size() > 2; });
  for (const ListRow& row : *genes) {
    lists.symbols.push_back(row[std::min<size_t>(1, row.size() - 1)]);
    if (typed) lists.kinds.push_back(row[2]);
  }
  return lists;
}

/// Reads the matrix's entries one by one.
class MatrixEntries final {
 public:
  struct Entry {
    uint64_t row = 0, column = 0;
    float count = 0;
  };

  static Result<MatrixEntries> open(const std::filesystem::path& file) {
    Result<TextRows> lines = TextRows::open(file);
    if (!lines) return tl::unexpected(lines.error());
    MatrixEntries entries(std::move(*lines));
    if (Result<void> read = entries.readHeader(); !read) return tl::unexpected(read.error());
    return entries;
  }

  uint64_t rows() const { return m_sizes[0]; }
  uint64_t columns() const { return m_sizes[1]; }
  const TextRows& lines() const { return m_lines; }

  /// None after the last; rows and columns counted from 0.
  Result<std::optional<Entry>> next() {
    const auto line = m_lines.next();
    if (!line) return tl::unexpected(line.error());
    if (!*line && m_read < m_sizes[2])
      return m_lines.refuse(
          fmt::format("it holds {} of the {} counts that it says it has", m_read, m_sizes[2]));
    if (!*line) return std::nullopt;
    if (m_read++ == m_sizes[2])
      return m_lines.refuse(fmt::format("it has more than the {} counts that it says it has", m_sizes[2]));
    const auto cells = wordsOf(**line);
    const auto row = wholeIn(cells[0]), column = wholeIn(cells[1]);
    const std::optional<float> count = countIn(cells[2]);
    if (!row || !column || *row < 1 || *column < 1 || *row > rows() || *column > columns())
      return m_lines.refuseRow(
          fmt::format("'{}' is no place of a matrix of {} x {}", **line, rows(), columns()));
    if (!count || *count != std::floor(*count))
      return m_lines.refuseRow(fmt::format("'{}' is not a count", cells[2]));
    return Entry{*row - 1, *column - 1, *count};
  }

 private:
  explicit MatrixEntries(TextRows lines) : m_lines(std::move(lines)) {}

  static std::array<std::string_view, 3> wordsOf(std::string_view line) {
    std::array<std::string_view, 3> words;
    for (size_t word = 0, begin = 0; word < words.size(); ++word) {
      begin = std::min(line.find_first_not_of(" \t", begin), line.size());
      const size_t end = word + 1 == words.size() ? line.find_last_not_of(" \t") + 1
                                                  : std::min(line.find_first_of(" \t", begin), line.size());
      words[word] = line.substr(begin, end > begin ? end - begin : 0);
      begin = end;
    }
    return words;
  }

  static std::optional<uint64_t> wholeIn(std::string_view word) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
  }

  Result<void> readHeader() {
    for (bool first = true;; first = false) {
      const auto line = m_lines.next();
      if (!line) return tl::unexpected(line.error());
      if (!*line) return m_lines.refuse("it has no sizes");
      if (first && !(*line)->starts_with("%%MatrixMarket matrix coordinate "))
        return m_lines.refuse("it does not begin with '%%MatrixMarket matrix coordinate'");
      if (first && !(*line)->ends_with("general"))
        return m_lines.refuse("its entries stand for others too; only 'general' matrices are counts");
      if ((*line)->starts_with('%')) continue;
      const auto words = wordsOf(**line);
      for (size_t i = 0; i < 3; ++i) {
        const auto size = wholeIn(words[i]);
        if (!size) return m_lines.refuseRow(fmt::format("'{}' are not three sizes", **line));
        m_sizes[i] = *size;
      }
      return {};
    }
  }

  TextRows m_lines;
  std::array<uint64_t, 3> m_sizes{};  ///< rows, columns, entries
  uint64_t m_read = 0;
};

/// One counting of all entries, to know each spot's number, and one that fills: they come in any order.
Result<SparseCounts> readCounts(const std::filesystem::path& file, const FeatureLists& lists,
                                const GeneColumns& genes) {
  ScatteredCounts scattered(lists.barcodes.size(), genes.genes.size());
  for (const bool filling : {false, true}) {
    Result<MatrixEntries> entries = MatrixEntries::open(file);
    if (!entries) return tl::unexpected(entries.error());
    const uint64_t features = lists.symbols.size(), spots = lists.barcodes.size();
    const bool straight = entries->rows() == features && entries->columns() == spots;
    if (!straight && (entries->rows() != spots || entries->columns() != features))
      return entries->lines().refuse(fmt::format("it has {} x {} places for {} features and {} barcodes",
                                                 entries->rows(), entries->columns(), features, spots));
    for (;;) {
      const auto entry = entries->next();
      if (!entry) return tl::unexpected(entry.error());
      if (!*entry) break;
      const auto gene = genes.ofFeature[size_t(straight ? (*entry)->row : (*entry)->column)];
      const auto spot = size_t(straight ? (*entry)->column : (*entry)->row);
      if (!gene) continue;
      if (filling)
        scattered.put(spot, {*gene, (*entry)->count});
      else
        scattered.expect(spot);
    }
  }
  return scattered.finish();
}

}  // namespace

Result<SpotTable> readMatrixMarket(const std::filesystem::path& matrix) {
  Result<FeatureLists> lists = readLists(matrix);
  if (!lists) return tl::unexpected(lists.error());
  GeneColumns genes = geneColumns(lists->symbols, lists->kinds);
  if (genes.genes.empty())
    return fail(
        fmt::format("Cannot use the spots in '{}': none of its features is of the type 'Gene Expression'.",
                    matrix.string()));
  Result<SparseCounts> counts = readCounts(matrix, *lists, genes);
  if (!counts) return tl::unexpected(counts.error());
  SpotTable table;
  table.file = matrix;
  table.genes = std::move(genes.genes);
  table.names = std::move(lists->barcodes);
  table.counts = std::move(*counts);
  return table;
}

}  // namespace geneglass
