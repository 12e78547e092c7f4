// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/text_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "inference/learning/counts/spot_table.h"
#include "viewer/foundation/files/bounded_line.h"
#include "viewer/foundation/files/utf8_text.h"

namespace geneglass {

constexpr size_t kTextPiece = size_t(1) << 20;
constexpr size_t kLongestLine = size_t(32) << 20;
constexpr size_t kMostBlankLines = 1'000'000;

static tl::unexpected<Error> unreadableText(const std::filesystem::path& file, const char* why) {
  return fail(fmt::format("Cannot read the spots in '{}': {}.", file.string(), why));
}

Result<TextRows> TextRows::open(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) return unreadableText(file, "it is a folder");
  if (!std::filesystem::is_regular_file(file, error)) return unreadableText(file, "there is no such file");
  const gzFile stream = gzopen(file.c_str(), "rb");
  if (!stream) return unreadableText(file, "it cannot be opened");
  return TextRows(file, stream);
}

/// False at the end.
Result<bool> TextRows::readMore() {
  m_text.erase(0, m_begin);
  m_begin = 0;
  const size_t held = m_text.size();
  if (held > kLongestLine) return unreadableText(m_file, "it is no text of lines");
  m_text.resize(held + kTextPiece);
  const int count = gzread(m_stream.get(), m_text.data() + held, unsigned(kTextPiece));
  m_text.resize(held + size_t(std::max(count, 0)));
  if (count < 0) return unreadableText(m_file, "it is damaged");
  int state = Z_OK;
  gzerror(m_stream.get(), &state);
  if (count == 0 && state == Z_BUF_ERROR) return unreadableText(m_file, "it ends too early");
  if (m_row == 0 && m_text.empty()) return unreadableText(m_file, "it is empty");
  if (m_text.find('\0', held) != std::string::npos)
    return unreadableText(m_file, "it holds bytes of 0, so it is no plain text");
  if (m_row == 0 && m_text.starts_with("\xef\xbb\xbf")) m_text.erase(0, 3);
  return count > 0;
}

Result<std::optional<std::string_view>> TextRows::next() {
  for (size_t searched = 0, blank = 0;;) {
    size_t end = m_text.find('\n', m_begin + searched);
    if (end == std::string::npos) {
      searched = m_text.size() - m_begin;
      const Result<bool> more = readMore();
      if (!more) return tl::unexpected(more.error());
      if (*more) continue;
      if (m_text.empty()) return std::nullopt;
      end = m_text.size();
    }
    std::string_view line = std::string_view(m_text).substr(m_begin, end - m_begin);
    m_begin = std::min(end + 1, m_text.size());
    searched = 0;
    ++m_row;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      if (++blank > kMostBlankLines) return unreadableText(m_file, "it is no text of lines");
      continue;
    }
    if (hasTooManyCells(line)) return refuseRow(fmt::format("it has more than {} cells", kMostCellsOfLine));
    if (const auto place = firstNotUtf8(line)) {
      const std::string_view before = line.substr(0, *place);
      const auto column = 1 + std::max(std::ranges::count(before, '\t'), std::ranges::count(before, ','));
      return refuseRow(fmt::format("column {}: it is not UTF-8; save it as UTF-8", column));
    }
    return line;
  }
}

tl::unexpected<Error> TextRows::refuse(const std::string& reason) const {
  return refuseSpots(m_file, reason);
}

tl::unexpected<Error> TextRows::refuseRow(const std::string& reason) const {
  return refuse(fmt::format("row {}: {}", m_row, reason));
}

std::vector<std::string_view> cellsBetween(char separator, std::string_view line) {
  std::vector<std::string_view> cells;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(separator, begin), line.size());
    std::string_view cell = line.substr(begin, end - begin);
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    cells.push_back(cell);
    begin = end + 1;
  }
  return cells;
}

std::optional<float> countIn(std::string_view cell) {
  float value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value) || value < 0)
    return {};
  return value;
}

}  // namespace geneglass
