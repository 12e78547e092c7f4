// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/spot_table.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "inference/learning/spots/spot_lattice.h"
#include "viewer/foundation/csv_line.h"

namespace geneglass {
namespace {

/// The text of a file, gzip or plain.
Result<std::string> textOf(const std::filesystem::path& file) {
  const auto refuse = [&](const char* why) {
    return fail(fmt::format("Cannot read the spots in '{}': {}.", file.string(), why));
  };
  if (!std::filesystem::is_regular_file(file)) return refuse("there is no such file");
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> stream(gzopen(file.c_str(), "rb"), gzclose);
  if (!stream) return refuse("it cannot be opened");
  std::string text;
  std::vector<char> piece(1 << 20);
  for (int count = 1; count > 0;) {
    count = gzread(stream.get(), piece.data(), unsigned(piece.size()));
    if (count < 0) return refuse("it is damaged");
    text.append(piece.data(), size_t(count));
  }
  int state = Z_OK;
  gzerror(stream.get(), &state);
  if (state == Z_BUF_ERROR) return refuse("it ends too early");
  if (text.empty()) return refuse("it is empty");
  return text;
}

std::vector<std::string_view> columnsOf(std::string_view line) {
  std::vector<std::string_view> columns;
  if (line.ends_with('\r')) line.remove_suffix(1);
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    columns.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return columns;
}

/// Goes through the rows of a tab separated text; what it refuses names the file and the row.
class TabbedRows final {
 public:
  static Result<TabbedRows> open(const std::filesystem::path& file) {
    Result<std::string> text = textOf(file);
    if (!text) return tl::unexpected(text.error());
    return TabbedRows(file, withoutByteOrderMark(std::move(*text)));
  }

  /// The cells of the next row that is not blank; they live as long as this. None after the last.
  std::optional<std::vector<std::string_view>> next() {
    while (m_begin < m_text.size()) {
      const size_t end = std::min(m_text.find('\n', m_begin), m_text.size());
      const std::string_view line = std::string_view(m_text).substr(m_begin, end - m_begin);
      m_begin = end + 1;
      ++m_row;
      if (line.find_first_not_of(" \t\r") != std::string_view::npos) return columnsOf(line);
    }
    return {};
  }

  tl::unexpected<Error> refuse(const std::string& reason) const {
    return fail(fmt::format("Cannot use the spots in '{}': {}.", m_file.string(), reason));
  }
  tl::unexpected<Error> refuseRow(const std::string& reason) const {
    return refuse(fmt::format("row {}: {}", m_row, reason));
  }

 private:
  TabbedRows(std::filesystem::path file, std::string text)
      : m_file(std::move(file)), m_text(std::move(text)) {}
  std::filesystem::path m_file;
  std::string m_text;
  size_t m_begin = 0;
  size_t m_row = 0;
};

/// A finite number of 0 or more.
std::optional<float> countOf(std::string_view cell) {
  float value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value) || value < 0)
    return {};
  return value;
}

Result<SpotTable> readCounts(const std::filesystem::path& file) {
  Result<TabbedRows> rows = TabbedRows::open(file);
  if (!rows) return tl::unexpected(rows.error());
  SpotTable table;
  table.file = file;
  const auto header = rows->next();
  if (!header || header->size() < 2) return rows->refuseRow("there are no genes, separated by tabs");
  table.genes.assign(header->begin() + 1, header->end());
  std::set<std::string> genes, names;
  for (const std::string& gene : table.genes)
    if (!genes.insert(gene).second) return rows->refuseRow(fmt::format("the gene {} has two columns", gene));
  table.counts = SparseCounts(table.genes.size());
  std::vector<GeneCount> counts;
  while (const auto cells = rows->next()) {
    counts.clear();
    if (cells->size() != table.genes.size() + 1)
      return rows->refuseRow(
          fmt::format("{} cells where the header has {}", cells->size(), table.genes.size() + 1));
    table.names.emplace_back(cells->front());
    if (!names.insert(table.names.back()).second)
      return rows->refuseRow(fmt::format("the spot '{}' is there already", table.names.back()));
    for (size_t gene = 0; gene < table.genes.size(); ++gene) {
      const std::optional<float> count = countOf((*cells)[gene + 1]);
      if (!count)
        return rows->refuseRow(
            fmt::format("'{}' for {} is not a count", (*cells)[gene + 1], table.genes[gene]));
      counts.push_back({uint32_t(gene), *count});
    }
    table.counts.addSpot(counts);
  }
  if (table.names.empty()) return rows->refuse("there are no spots");
  return table;
}

/// Where each spot "XxY" lies.
Result<std::map<std::string, Point>> readPlaces(const std::filesystem::path& file) {
  Result<TabbedRows> rows = TabbedRows::open(file);
  if (!rows) return tl::unexpected(rows.error());
  const auto header = rows->next();
  if (!header) return rows->refuse("there are only blank lines");
  std::array<size_t, 4> columns{};
  constexpr std::array kNames{"x", "y", "pixel_x", "pixel_y"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    const auto found = std::find(header->begin(), header->end(), kNames[i]);
    if (found == header->end()) return rows->refuseRow(fmt::format("there is no column '{}'", kNames[i]));
    columns[i] = size_t(found - header->begin());
  }
  std::map<std::string, Point> places;
  while (const auto cells = rows->next()) {
    if (cells->size() != header->size())
      return rows->refuseRow(fmt::format("{} cells where the header has {}", cells->size(), header->size()));
    const auto x = numberOf(std::string((*cells)[columns[2]]));
    const auto y = numberOf(std::string((*cells)[columns[3]]));
    if (!x || !y) return rows->refuseRow("pixel_x or pixel_y is not a number");
    const std::string name = fmt::format("{}x{}", (*cells)[columns[0]], (*cells)[columns[1]]);
    if (!places.emplace(name, Point{*x, *y}).second)
      return rows->refuseRow(fmt::format("the spot '{}' is there already", name));
  }
  return places;
}

}  // namespace

Result<SpotTable> readTabbedSpots(const std::filesystem::path& counts, const std::filesystem::path& places) {
  Result<SpotTable> table = readCounts(counts);
  if (!table) return table;
  const Result<std::map<std::string, Point>> centres = readPlaces(places);
  if (!centres) return tl::unexpected(centres.error());
  const std::vector<std::string> names = std::exchange(table->names, {});
  std::vector<size_t> placed;
  for (size_t spot = 0; spot < names.size(); ++spot) {
    const auto place = centres->find(names[spot]);
    if (place == centres->end()) continue;
    table->names.push_back(place->first);
    table->centres.push_back(place->second);
    placed.push_back(spot);
  }
  table->counts.keep(placed);
  table->listed = names.size();
  table->withoutPlace = names.size() - placed.size();
  if (placed.size() < 2)
    return fail(fmt::format("Cannot use the spots in '{}': fewer than two have a place in '{}'.",
                            counts.string(), places.string()));
  table->diameter = spotPitch(table->centres) / 2;
  return table;
}

}  // namespace geneglass
