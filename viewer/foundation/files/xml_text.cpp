// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/xml_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace geneglass {
namespace {

/// Counts elements, attributes and depth without building anything.
class XmlCount final {
 public:
  XmlCount(std::string_view text, const XmlLimits& limits) : m_text(text), m_limits(limits) {}

  /// What there is too much of; empty where it keeps to the limits.
  std::string excess() {
    for (size_t at = m_text.find('<'); at < m_text.size(); at = m_text.find('<', at)) {
      at = pass(at);
      if (m_depth > m_limits.depth) return fmt::format("is nested deeper than {} levels", m_limits.depth);
      if (m_nodes > m_limits.nodes)
        return fmt::format("has more than {} elements and attributes", m_limits.nodes);
    }
    return {};
  }

 private:
  /// Past what begins with '<' here.
  size_t pass(size_t at) {
    const char next = at + 1 < m_text.size() ? m_text[at + 1] : '\0';
    if (next != '!' && next != '?' && next != '/') {
      ++m_nodes;
      return passTag(at + 1);
    }
    const std::string_view rest = m_text.substr(at);
    if (rest.starts_with("<!--")) return passTo("-->", at + 4);
    if (rest.starts_with("<![CDATA[")) {
      ++m_nodes;
      return passTo("]]>", at + 9);
    }
    if (rest.starts_with("<?")) return passTo("?>", at + 2);
    if (rest.starts_with("<!")) return at + 2;
    --m_depth;
    return at + 2;
  }

  size_t passTo(std::string_view end, size_t from) const {
    return std::min(m_text.find(end, from), m_text.size());
  }

  size_t passTag(size_t at) {
    for (char quote = 0; at < m_text.size(); ++at) {
      const char letter = m_text[at];
      if (quote != 0)
        quote = letter == quote ? '\0' : quote;
      else if (letter == '"' || letter == '\'')
        quote = letter;
      else if (letter == '=')
        ++m_nodes;
      else if (letter == '>') {
        m_depth += m_text[at - 1] == '/' ? 0 : 1;
        return at + 1;
      }
    }
    return at;
  }

  const std::string_view m_text;
  const XmlLimits& m_limits;
  size_t m_nodes = 0;
  int m_depth = 0;
};

/// Bytes of a character and which of them is the lowest, of UTF-16 and UTF-32; one byte else.
struct CharacterBytes {
  size_t count = 1, lowest = 0;
};
CharacterBytes charactersOf(std::string_view text) {
  using namespace std::string_view_literals;
  const std::string_view head = text.substr(0, 4);
  const auto zeros = std::ranges::count(head, '\0');
  const bool isMarked = head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff");
  if (head.size() < 4 || (zeros == 0 && !isMarked)) return {};
  const bool isLong = zeros == 3 || head == "\xff\xfe\0\0"sv || head == "\0\0\xfe\xff"sv;
  const bool isLowFirst = head[0] != '\0' && !head.starts_with("\xfe\xff");
  const size_t count = isLong ? 4 : 2;
  return {count, isLowFirst ? 0 : count - 1};
}

/// The text with a byte for each character: its own where that is ASCII.
std::string inBytes(std::string_view text, CharacterBytes characters) {
  std::string bytes(text.size() / characters.count, '?');
  for (size_t i = 0; i < bytes.size(); ++i) {
    const std::string_view one = text.substr(i * characters.count, characters.count);
    const bool isPlain = static_cast<size_t>(std::ranges::count(one, '\0')) >= characters.count - 1 &&
                         one[characters.lowest] > 0;
    if (isPlain) bytes[i] = one[characters.lowest];
  }
  return bytes;
}

}  // namespace

std::string excessOfXml(std::string_view text, const XmlLimits& limits, pugi::xml_encoding encoding) {
  if (text.size() > limits.bytes) return fmt::format("has more than {} MiB", limits.bytes >> 20);
  const CharacterBytes characters = encoding == pugi::encoding_auto ? charactersOf(text) : CharacterBytes{};
  if (characters.count == 1) return XmlCount(text, limits).excess();
  const std::string bytes = inBytes(text, characters);
  return XmlCount(bytes, limits).excess();
}

Result<pugi::xml_document> parseXml(std::string_view text, const XmlLimits& limits,
                                    pugi::xml_encoding encoding) {
  if (std::string excess = excessOfXml(text, limits, encoding); !excess.empty())
    return fail(std::move(excess));
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, encoding);
  if (parsed.status == pugi::status_no_document_element) return fail("is no XML");
  if (!parsed) return fail(fmt::format("is no whole XML (at byte {})", parsed.offset));
  return document;
}

}  // namespace geneglass
