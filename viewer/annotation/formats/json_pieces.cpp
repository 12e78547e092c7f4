// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/json_pieces.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "viewer/annotation/formats/plain_text.h"
#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

using Json = nlohmann::json;

constexpr uint64_t kLargestJson = uint64_t{1} << 30;
constexpr size_t kDeepestJson = 100;
constexpr size_t kLargestPiece = size_t{80} << 20;  ///< bytes of memory, by an estimate
constexpr size_t kDeepestPieces = 3;                ///< [{"annotation": {"elements": []}}]

/// Builds the tree, and hands over the members of arrays of pieces as they end.
class PieceBuilder final {
 public:
  PieceBuilder(std::string_view name, const std::function<void(Json)>& piece)
      : m_name(name), m_piece(piece) {}

  Json take() { return std::move(m_root); }
  const std::string& reason() const { return m_reason; }

  // What nlohmann's parser calls; false ends it.
  bool null() { return put(Json(nullptr)); }
  bool boolean(bool value) { return put(Json(value)); }
  bool number_integer(int64_t value) { return put(Json(value)); }
  bool number_unsigned(uint64_t value) { return put(Json(value)); }
  bool number_float(double value, const std::string&) { return put(Json(value)); }
  bool string(std::string& value) { return put(Json(std::move(value))); }
  bool binary(Json::binary_t&) { return false; }
  bool key(std::string& name) {
    m_key = std::move(name);
    return fits(kJsonTextBytes);
  }
  bool start_object(size_t) { return open(Json::object()); }
  bool start_array(size_t) { return open(Json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(size_t place, const std::string&, const nlohmann::detail::exception& error) {
    const char* what = error.what();
    if (std::strstr(what, "UTF-8"))
      m_reason = fmt::format("it is not UTF-8 text (at byte {})", place);
    else if (std::strstr(what, "end of input") || std::strstr(what, "missing closing quote"))
      m_reason = "it is cut short";
    else
      m_reason = fmt::format("it is no JSON (at byte {})", place);
    return false;
  }

 private:
  struct Open {
    Json* node;
    bool pieces;  ///< an array whose members are handed over
  };

  Json& placed(Json value) {
    if (m_open.empty()) return m_root = std::move(value);
    Json& parent = *m_open.back().node;
    if (parent.is_object()) return parent[m_key] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }

  void handOver() {
    if (m_open.empty() || !m_open.back().pieces) return;
    Json::array_t& members = m_open.back().node->get_ref<Json::array_t&>();
    Json member = std::move(members.back());
    members.pop_back();
    m_piece(std::move(member));
    m_size = 0;
  }

  /// Whether the piece may grow by so many bytes.
  bool fits(size_t bytes) {
    m_size += bytes;
    if (m_size <= kLargestPiece) return true;
    m_reason =
        fmt::format("a piece of it has more values than are read ({} MiB of them)", kLargestPiece >> 20);
    return false;
  }

  bool put(Json value) {
    if (!fits(value.is_string() ? kJsonTextBytes : kJsonValueBytes)) return false;
    placed(std::move(value));
    handOver();
    return true;
  }

  bool open(Json value) {
    if (m_open.size() == kDeepestJson) {
      m_reason = fmt::format("it is nested deeper than {} levels", kDeepestJson);
      return false;
    }
    if (!fits(kJsonNestBytes)) return false;
    const bool isMember =
        !m_open.empty() && m_open.size() <= kDeepestPieces && m_open.back().node->is_object();
    const bool pieces = value.is_array() && (m_open.empty() || (isMember && m_key == m_name));
    m_open.push_back({&placed(std::move(value)), pieces});
    return true;
  }

  bool close() {
    m_open.pop_back();
    handOver();
    return true;
  }

  std::string_view m_name;
  const std::function<void(Json)>& m_piece;
  Json m_root;
  std::vector<Open> m_open;
  std::string m_key;
  size_t m_size = 0;  ///< of the piece that is being built
  std::string m_reason;
};

/// Makes "NaN", "Infinity" and "-Infinity" outside of texts an empty text, in place.
void emptyWhatIsNoNumber(std::string& text) {
  if (text.find("NaN") == std::string::npos && text.find("Infinity") == std::string::npos) return;
  bool inText = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (inText && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      inText = !inText;
    } else if (!inText) {
      for (const std::string_view word : {"-Infinity", "Infinity", "NaN"})
        if (text.compare(i, word.size(), word) == 0) {
          text.replace(i, word.size(), "\"\"" + std::string(word.size() - 2, ' '));
          i += word.size() - 1;
          break;
        }
    }
  }
}

}  // namespace

Result<Json> readJsonPieces(const std::filesystem::path& file, std::string_view name,
                            const std::function<void(Json)>& piece) {
  Result<std::string> text = readAnnotationText(file, kLargestJson);
  if (!text) return tl::unexpected(text.error());
  emptyWhatIsNoNumber(*text);
  PieceBuilder builder(name, piece);
  if (!Json::sax_parse(*text, &builder)) return cannotReadAnnotations(file, builder.reason());
  return builder.take();
}

}  // namespace geneglass
