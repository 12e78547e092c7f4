// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/read_refusal.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <vector>

namespace geneglass {
namespace {

/// Without the file's name, which may say anything; small letters.
std::string plainWords(std::string sentence, const std::string& file) {
  for (size_t at = 0; !file.empty() && (at = sentence.find(file, at)) != std::string::npos;)
    sentence.erase(at, file.size());
  std::ranges::transform(sentence, sentence.begin(),
                         [](unsigned char letter) { return std::tolower(letter); });
  return sentence;
}

/// The system says them in the user's language.
std::vector<std::string> saidOf(const auto& errors) {
  std::vector<std::string> words;
  for (const int error : errors) words.push_back(plainWords(std::generic_category().message(error), {}));
  return words;
}

bool holdsAny(const std::string& sentence, const auto& all) {
  return std::ranges::any_of(all,
                             [&](const auto& words) { return sentence.find(words) != std::string::npos; });
}

const std::vector<std::string>& wordsOfMemory() {
  static const std::vector<std::string> words = saidOf(std::array{ENOMEM});
  return words;
}

const std::vector<std::string>& wordsOfTheSystem() {
  static const std::vector<std::string> words = saidOf(std::array{
      EIO,         ESTALE,       ENXIO,      ENODEV,   ETIMEDOUT,   EHOSTDOWN,  ENETDOWN, EHOSTUNREACH,
      ENETUNREACH, ECONNABORTED, ECONNRESET, ENOTCONN, EREMOTEIO,   EACCES,     EPERM,    EMFILE,
      ENFILE,      ENOSPC,       EDQUOT,     EFBIG,    EKEYEXPIRED, EKEYREVOKED});
  return words;
}

}  // namespace

ReadRefusal refusalIn(const std::string& sentence, const std::filesystem::path& file) {
  using namespace std::string_view_literals;
  constexpr std::array kMemory{"insufficient memory"sv,
                               "not enough memory"sv,
                               "too little memory"sv,
                               "out of memory"sv,
                               "no space for"sv,
                               "no space to"sv,
                               "cannot allocate"sv,
                               "failed to allocate"sv,
                               "malloc("sv,
                               "bad_alloc"sv};
  constexpr std::array kCut{"the file became shorter"sv};  // PositionedFile's
  const std::string words = plainWords(sentence, file.string());
  if (holdsAny(words, kMemory) || holdsAny(words, wordsOfMemory())) return ReadRefusal::Memory;
  if (holdsAny(words, kCut) || holdsAny(words, wordsOfTheSystem())) return ReadRefusal::System;
  return ReadRefusal::File;
}

}  // namespace geneglass
