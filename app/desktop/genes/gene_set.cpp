// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_set.h"

#include <fmt/format.h>

#include <QSettings>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_set>

#include "viewer/foundation/files/json_text.h"

#include "viewer/foundation/files/utf8_text.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr uintmax_t kMostBytes = 8u << 20;

QString setsKey() {
  return QStringLiteral("genes/sets");
}

auto refusalOf(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot read gene sets from '{}': {}.", file.filename().string(), reason));
}

std::vector<std::string> fieldsOf(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream rest(line);
  for (std::string field; std::getline(rest, field, '\t');) fields.push_back(field);
  return fields;
}

auto notUtf8(const std::filesystem::path& file, const std::string& text, size_t place) {
  const size_t begin = text.rfind('\n', place) + 1;  // npos + 1 is 0
  const std::vector<std::string> fields = fieldsOf(text.substr(begin, text.find('\n', place) - begin));
  const size_t column = fieldsOf(text.substr(begin, place + 1 - begin)).size();
  return refusalOf(file, fmt::format("row {}, column {}: '{}' is not UTF-8; save it as UTF-8",
                                     1 + std::ranges::count(text.substr(0, begin), '\n'), column,
                                     readableBytes(fields.at(column - 1).substr(0, 60))));
}

Result<GeneSet> setOfLine(const std::filesystem::path& file, const std::string& line, size_t number) {
  const std::vector<std::string> fields = fieldsOf(line);
  GeneSet set{fields.empty() ? "" : fields.front(), {}};
  std::string genes;
  for (size_t field = 2; field < fields.size(); ++field) genes += fields[field] + ' ';
  set.genes = genesIn(genes);
  if (set.name.empty()) return refusalOf(file, fmt::format("line {} does not name its set", number));
  if (set.genes.empty()) return refusalOf(file, fmt::format("line {} names no genes", number));
  return set;
}

}  // namespace

std::vector<std::string> genesIn(std::string_view text) {
  std::vector<std::string> genes;
  std::unordered_set<std::string> known;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    line.resize(std::min(line.size(), line.find('#')));
    std::ranges::replace_if(
        line, [](char letter) { return letter == ',' || letter == ';'; }, ' ');
    std::istringstream words(line);
    for (std::string word; words >> word;)
      if (known.insert(word).second) genes.push_back(word);
  }
  return genes;
}

Result<std::vector<GeneSet>> readGeneSets(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return refusalOf(file, "it is no file");
  if (std::filesystem::file_size(file, error) > kMostBytes) return refusalOf(file, "it is larger than 8 MiB");
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) return refusalOf(file, "it cannot be read");
  if (text.find('\0') != std::string::npos) return refusalOf(file, "it is no text");
  if (const auto place = firstNotUtf8(text)) return notUtf8(file, text, *place);
  std::vector<GeneSet> sets;
  if (text.find('\t') == std::string::npos) {
    sets.push_back({file.stem().string(), genesIn(text)});
    if (sets.front().genes.empty()) return refusalOf(file, "it names no gene");
    return sets;
  }
  std::istringstream lines(text);
  size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (sets.size() == kMostGeneSets)
      return refusalOf(file, fmt::format("it has more than {} sets", kMostGeneSets));
    auto set = setOfLine(file, line, number);
    if (!set) return tl::unexpected(set.error());
    sets.push_back(std::move(*set));
  }
  if (sets.empty()) return refusalOf(file, "it names no gene");
  return sets;
}

std::string textOf(const std::vector<GeneSet>& sets) {
  json list = json::array();
  for (const GeneSet& set : sets) list.push_back({{"name", set.name}, {"genes", set.genes}});
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<GeneSet> geneSetsOf(std::string_view text) {
  const json read = jsonOrNull(text);
  std::vector<GeneSet> sets;
  if (!read.is_array()) return sets;
  try {
    for (const json& set : read)
      sets.push_back({set.at("name").get<std::string>(), set.at("genes").get<std::vector<std::string>>()});
  } catch (const std::exception&) {  // of the library, where a value is missing or of another kind
    return {};
  }
  return sets;
}

std::vector<GeneSet> keptGeneSets() {
  return geneSetsOf(QSettings().value(setsKey()).toString().toStdString());
}

void keepGeneSets(const std::vector<GeneSet>& sets) {
  QSettings().setValue(setsKey(), QString::fromStdString(textOf(sets)));
}

}  // namespace geneglass
