// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/json_text.h"

#include <fmt/format.h>

#include "viewer/foundation/files/whole_text.h"

namespace geneglass {
namespace {

/// Past the text that begins at `quote`.
size_t afterText(std::string_view text, size_t quote) {
  for (size_t at = quote + 1; at < text.size(); ++at)
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at;
  return text.size();
}

/// Follows a document of CBOR, which nlohmann reads by recursion, and ends it where it goes too deep.
class DepthOfCbor final {
 public:
  bool isTooDeep() const { return m_depth > m_deepest; }

  // What the parser calls; false ends it.
  bool null() { return true; }
  bool boolean(bool) { return true; }
  bool number_integer(int64_t) { return true; }
  bool number_unsigned(uint64_t) { return true; }
  bool number_float(double, const std::string&) { return true; }
  bool string(std::string&) { return true; }
  bool binary(nlohmann::json::binary_t&) { return true; }
  bool key(std::string&) { return true; }
  bool start_object(size_t) { return ++m_depth <= m_deepest; }
  bool start_array(size_t) { return ++m_depth <= m_deepest; }
  bool end_object() { return --m_depth >= 0; }
  bool end_array() { return --m_depth >= 0; }
  bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  const int m_deepest = JsonLimits{}.depth;
  int m_depth = 0;
};

}  // namespace

std::string excessOfJson(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) return fmt::format("has more than {} MiB", limits.bytes >> 20);
  size_t tree = kJsonValueBytes;
  int depth = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    if (letter == '"') {
      at = afterText(text, at);
      tree += kJsonTextBytes;
    } else if (letter == '[' || letter == '{') {
      tree += kJsonNestBytes;
      if (++depth > limits.depth) return fmt::format("is nested deeper than {} levels", limits.depth);
    } else if (letter == ']' || letter == '}') {
      --depth;
    } else if (letter == ',') {
      tree += kJsonValueBytes;
    }
    if (tree > limits.tree)
      return fmt::format("has more values than are read ({} MiB of them)", limits.tree >> 20);
  }
  return {};
}

Result<nlohmann::json> parseJson(std::string_view text, const JsonLimits& limits) {
  if (std::string excess = excessOfJson(text, limits); !excess.empty()) return fail(std::move(excess));
  // The parser takes a byte of 0 for the end.
  if (text.find('\0') != std::string_view::npos) return fail("is not valid JSON");
  nlohmann::json document = nlohmann::json::parse(text, nullptr, false);
  if (document.is_discarded()) return fail("is not valid JSON");
  return document;
}

nlohmann::json jsonOrNull(std::string_view text, const JsonLimits& limits) {
  return parseJson(text, limits).value_or(nlohmann::json());
}

Result<nlohmann::json> readJsonFile(const std::filesystem::path& file, std::string_view name,
                                    const JsonLimits& limits) {
  const Result<std::string> text = readWholeText(file, limits.bytes, "such files");
  if (!text) return fail(fmt::format("{} cannot be read: {}", name, text.error().sentence));
  Result<nlohmann::json> document = parseJson(*text, limits);
  if (!document) return fail(fmt::format("{} {}", name, document.error().sentence));
  return document;
}

Result<nlohmann::json> parseCbor(std::string_view bytes) {
  using nlohmann::json;
  DepthOfCbor depth;
  const bool isWhole = json::sax_parse(bytes, &depth, json::input_format_t::cbor);
  if (depth.isTooDeep()) return fail(fmt::format("is nested deeper than {} levels", JsonLimits{}.depth));
  if (!isWhole) return fail("is damaged");
  return json::from_cbor(bytes);
}

}  // namespace geneglass
