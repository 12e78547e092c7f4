// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cases/damage.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace geneglass::testing {
namespace {

/// Reads words off a recipe.
class RecipeReader final {
 public:
  explicit RecipeReader(const std::string& recipe) : m_text(recipe) {}

  std::vector<DamageWords> read() {
    std::vector<DamageWords> all;
    DamageWords words;
    while (true) {
      while (here() == ' ') ++m_at;
      if (here() == ';' || m_at >= m_text.size()) {
        if (!words.empty()) all.push_back(std::move(words));
        words.clear();
        if (m_at++ >= m_text.size()) return all;
      } else {
        words.push_back(here() == '"' ? quoted() : plain());
      }
    }
  }

 private:
  char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

  std::string plain() {
    const size_t end = std::min(m_text.find_first_of(" ;", m_at), m_text.size());
    const std::string word = m_text.substr(m_at, end - m_at);
    m_at = end;
    return word;
  }

  char letter() {
    const char marked = m_text.at(m_at++);
    if (marked == 't') return '\t';
    if (marked == 'n') return '\n';
    if (marked != 'x') return marked;
    m_at += 2;
    return static_cast<char>(std::stoi(m_text.substr(m_at - 2, 2), nullptr, 16));
  }

  std::string quoted() {
    std::string word;
    for (++m_at; here() != '"';) {
      if (m_at >= m_text.size()) throw std::runtime_error("a quotation mark is not closed");
      const bool marked = here() == '\\';
      ++m_at;
      word += marked ? letter() : m_text[m_at - 1];
    }
    ++m_at;
    if (here() != '*') return word;
    ++m_at;
    const int64_t times = std::stoll(plain());
    std::string all;
    all.reserve(word.size() * static_cast<size_t>(times));
    for (int64_t i = 0; i < times; ++i) all += word;
    return all;
  }

  const std::string& m_text;
  size_t m_at = 0;
};

}  // namespace

std::vector<DamageWords> damageOf(const std::string& recipe) {
  return RecipeReader(recipe).read();
}

std::string bytesIn(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("there is no '" + file.string() + "'");
  return {std::istreambuf_iterator<char>(stream), {}};
}

void putBytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

const std::string& wordAt(const DamageWords& words, size_t place) {
  if (place >= words.size()) throw std::runtime_error("'" + words.front() + "' lacks a word");
  return words[place];
}

int64_t wholeAt(const DamageWords& words, size_t place) {
  return std::stoll(wordAt(words, place), nullptr, 0);
}

void damage(const std::filesystem::path& file, const std::string& recipe) {
  for (const DamageWords& words : damageOf(recipe)) {
    const Damage* found = nullptr;
    for (const Damages* damages : {&bytesDamages(), &tiffDamages(), &jsonDamages(), &hdf5Damages()})
      if (const auto named = damages->find(words.front()); named != damages->end()) found = &named->second;
    if (!found) throw std::runtime_error("there is no operation '" + words.front() + "'");
    (*found)(file, words);
  }
}

}  // namespace geneglass::testing
