// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/script_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "inference/script/script_operators.h"
#include "inference/script/source_words.h"

namespace geneglass {
namespace {

using Words = std::vector<SourceWord>;
using Kind = SourceWord::Kind;

/// Run while an archive is loaded, or do what no encoder needs, whatever they are called on.
constexpr std::string_view kNever[] = {"__del__",   "__enter__",  "__exit__", "__reduce__", "__setstate__",
                                       "fork",      "from_file",  "load",     "open",       "print",
                                       "rpc_async", "rpc_remote", "rpc_sync", "save",       "to_here"};
constexpr std::string_view kNoStatements[] = {"while", "with", "import", "lambda", "yield", "async", "await"};
constexpr std::string_view kFunctions[] = {"annotate",
                                           "unchecked_cast",
                                           "uninitialized",
                                           "getattr",
                                           "isinstance",
                                           "range",
                                           "int",
                                           "float",
                                           "bool",
                                           "str",
                                           "complex",
                                           "len",
                                           "min",
                                           "max",
                                           "abs",
                                           "round",
                                           "list",
                                           "Tuple",
                                           "zip",
                                           "enumerate",
                                           "and",
                                           "or",
                                           "not",
                                           "in",
                                           "is",
                                           "if",
                                           "elif",
                                           "else",
                                           "return",
                                           "for",
                                           "assert",
                                           "raise"};
constexpr std::string_view kBases[] = {"Module", "NamedTuple", "Interface", "ModuleInterface"};
constexpr int kDeepest = 100;
constexpr int64_t kMostRounds = 1'000'000;

bool isSign(const Words& words, size_t at, char sign) {
  return at < words.size() && words[at].kind == Kind::Sign && words[at].text[0] == sign;
}

bool isName(const Words& words, size_t at) {
  return at < words.size() && words[at].kind == Kind::Name;
}

template <typename Table>
bool isAmong(const Table& table, std::string_view name) {
  return std::ranges::find(table, name) != std::end(table);
}

bool isIdentifier(std::string_view text) {
  const Result<Words> words = wordsOf(text);
  return words && words->size() == 1 && words->front().kind == Kind::Name;
}

class SourceCheck final {
 public:
  SourceCheck(const Words& words, const ScriptNames& declared) : m_words(words), m_declared(declared) {}

  Result<void> run() const {
    int depth = 0;
    for (size_t at = 0; at < m_words.size();) {
      size_t next = at + 1;
      Result<void> fine;
      depth += isSign(m_words, at, '(') + isSign(m_words, at, '[') - isSign(m_words, at, ')') -
               isSign(m_words, at, ']');
      if (depth > kDeepest) return fail(fmt::format("nests brackets more than {} deep", kDeepest));
      if (isSign(m_words, at, '^'))
        fine = fail("calls Python");
      else if (isName(m_words, at))
        fine = checkName(at, next);
      if (!fine) return fine;
      at = next;
    }
    return {};
  }

 private:
  /// `next` is set past all the names and dots that belong together.
  Result<void> checkName(size_t at, size_t& next) const {
    if (at > 0 && isSign(m_words, at - 1, '.')) return checkAttribute(m_words[at].text);
    std::vector<std::string_view> chain{m_words[at].text};
    for (; isSign(m_words, next, '.') && isName(m_words, next + 1); next += 2)
      chain.push_back(m_words[next + 1].text);
    for (const std::string_view name : chain)
      if (isAmong(kNever, name)) return fail(fmt::format("holds '{}'", fmt::join(chain, ".")));
    if (isAmong(kNoStatements, chain.front())) return fail(fmt::format("holds a '{}'", chain.front()));
    if (chain.front() == "class") return checkClass(at);
    if (isKnownPath(chain)) return {};
    if (isPath(chain.front())) return fail(fmt::format("calls '{}'", fmt::join(chain, ".")));
    for (size_t i = 1; i < chain.size(); ++i)
      if (Result<void> fine = checkAttribute(chain[i]); !fine) return fine;
    return chain.size() == 1 ? checkCall(at) : Result<void>();
  }

  static bool isPath(std::string_view head) {
    return head == "torch" || head == "ops" || head == "__torch__" || head == "CONSTANTS";
  }

  static bool isKnownPath(const std::vector<std::string_view>& chain) {
    const std::string_view head = chain.front();
    if (head == "torch") return chain.size() == 2 && isTensorOperator(chain[1]);
    if (head == "ops" && chain.size() == 3)
      return chain[1] == "prim" ? isPrimitive(chain[2]) : chain[1] == "aten" && isTensorOperator(chain[2]);
    if (head == "__torch__")
      return chain.size() > 1 && !(chain.size() > 2 && chain[1] == "torch" && chain[2] == "classes");
    return head == "CONSTANTS" && chain.size() == 2;
  }

  Result<void> checkAttribute(std::string_view name) const {
    if (!isAmong(kNever, name) && (isTensorOperator(name) || isPrimitive(name) || m_declared.contains(name)))
      return {};
    return fail(fmt::format("uses '.{}'", name));
  }

  Result<void> checkClass(size_t at) const {
    const bool known = isName(m_words, at + 1) && isSign(m_words, at + 2, '(') && isName(m_words, at + 3) &&
                       isAmong(kBases, m_words[at + 3].text);
    if (known) return {};
    return fail(
        fmt::format("has a class of its own ('{}')", isName(m_words, at + 1) ? m_words[at + 1].text : ""));
  }

  /// A single name: called, it is one of the language or of the archive.
  Result<void> checkCall(size_t at) const {
    const std::string_view name = m_words[at].text;
    if (!isSign(m_words, at + 1, '(')) return {};
    if (name == "getattr") return checkGetAttribute(at + 1);
    if (name == "range") return checkRange(at + 2);
    if (isAmong(kFunctions, name) || m_declared.contains(name)) return {};
    return fail(fmt::format("calls '{}'", name));
  }

  Result<void> checkRange(size_t at) const {
    if (at >= m_words.size() || m_words[at].kind != Kind::Number || !isSign(m_words, at + 1, ')')) return {};
    const std::string digits(m_words[at].text);
    if (digits.size() < 8 && std::atoll(digits.c_str()) <= kMostRounds) return {};
    return fail(fmt::format("goes round {} times", digits));
  }

  /// getattr(x, "name"), as members are written whose name is no word of the language.
  Result<void> checkGetAttribute(size_t at) const {
    int depth = 0;
    size_t end = at;
    for (; end < m_words.size(); ++end) {
      depth += isSign(m_words, end, '(') - isSign(m_words, end, ')');
      if (depth == 0) break;
    }
    const SourceWord* name = end < m_words.size() ? &m_words[end - 1] : nullptr;
    if (!name || name->kind != Kind::Text) return fail("asks for a member whose name is not written down");
    return isIdentifier(name->text) ? checkAttribute(name->text) : Result<void>();
  }

  const Words& m_words;
  const ScriptNames& m_declared;
};

}  // namespace

void addDeclaredNames(std::string_view code, ScriptNames& names) {
  const Result<Words> words = wordsOf(code);
  if (!words) return;
  for (size_t at = 0; at < words->size(); ++at) {
    if (!isName(*words, at) || (at > 0 && isSign(*words, at - 1, '.'))) continue;
    const bool named = at > 0 && isName(*words, at - 1) &&
                       ((*words)[at - 1].text == "def" || (*words)[at - 1].text == "class");
    if (named || isSign(*words, at + 1, ':') || isSign(*words, at + 1, '=')) names.emplace((*words)[at].text);
  }
}

Result<void> checkScriptSource(std::string_view code, const ScriptNames& declared) {
  const Result<Words> words = wordsOf(code);
  if (!words) return tl::unexpected(words.error());
  return SourceCheck(*words, declared).run();
}

}  // namespace geneglass
