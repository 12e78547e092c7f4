// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <algorithm>
#include <stdexcept>

#include "tests/cases/damage.h"

namespace geneglass::testing {
namespace {

/// Bytes from the begin, below 0 from the end, or with a % of all.
size_t placeIn(const std::string& bytes, const std::string& word) {
  const auto size = static_cast<int64_t>(bytes.size());
  int64_t place = std::stoll(word, nullptr, 0);
  if (word.ends_with('%')) place = size * place / 100;
  if (place < 0) place += size;
  return static_cast<size_t>(std::clamp<int64_t>(place, 0, size));
}

size_t found(const std::string& bytes, const std::string& text) {
  const size_t place = bytes.find(text);
  if (place == std::string::npos) throw std::runtime_error("there is no '" + text.substr(0, 60) + "' in it");
  return place;
}

void cut(std::string& bytes, const DamageWords& words) {
  bytes.resize(placeIn(bytes, wordAt(words, 1)));
}

void put(std::string& bytes, const DamageWords& words) {
  const size_t place = placeIn(bytes, wordAt(words, 1));
  const std::string& text = wordAt(words, 2);
  bytes.resize(std::max(bytes.size(), place + text.size()));
  bytes.replace(place, text.size(), text);
}

void insert(std::string& bytes, const DamageWords& words) {
  bytes.insert(placeIn(bytes, wordAt(words, 1)), wordAt(words, 2));
}

void removeBytes(std::string& bytes, const DamageWords& words) {
  bytes.erase(placeIn(bytes, wordAt(words, 1)), static_cast<size_t>(wholeAt(words, 2)));
}

void replace(std::string& bytes, const DamageWords& words) {
  bytes.replace(found(bytes, wordAt(words, 1)), wordAt(words, 1).size(), wordAt(words, 2));
}

void replaceAll(std::string& bytes, const DamageWords& words) {
  const std::string &from = wordAt(words, 1), &to = wordAt(words, 2);
  for (size_t at = found(bytes, from); at != std::string::npos; at = bytes.find(from, at + to.size()))
    bytes.replace(at, from.size(), to);
}

void append(std::string& bytes, const DamageWords& words) {
  bytes += wordAt(words, 1);
}

void text(std::string& bytes, const DamageWords& words) {
  bytes = wordAt(words, 1);
}

void flip(std::string& bytes, const DamageWords& words) {
  char& byte = bytes.at(placeIn(bytes, wordAt(words, 1)));
  byte = static_cast<char>(byte ^ 0xff);
}

/// So many bytes of one value, packed as gzip packs them.
void gzipOf(const std::filesystem::path& file, const DamageWords& words) {
  const gzFile packed = gzopen(file.c_str(), "wb9");
  if (words.size() > 3) gzwrite(packed, words[3].data(), static_cast<unsigned>(words[3].size()));
  const std::string piece(size_t{1} << 20, wordAt(words, 2).at(0));
  for (int64_t left = wholeAt(words, 1); left > 0; left -= static_cast<int64_t>(piece.size()))
    gzwrite(packed, piece.data(), static_cast<unsigned>(std::min<int64_t>(left, int64_t(piece.size()))));
  gzclose(packed);
}

void gzipped(const std::filesystem::path& file, const DamageWords&) {
  const std::string bytes = bytesIn(file);
  const gzFile packed = gzopen(file.c_str(), "wb");
  gzwrite(packed, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(packed);
}

Damage onBytes(void (*change)(std::string&, const DamageWords&)) {
  return [change](const std::filesystem::path& file, const DamageWords& words) {
    std::string bytes = bytesIn(file);
    change(bytes, words);
    putBytes(file, bytes);
  };
}

}  // namespace

const Damages& bytesDamages() {
  static const Damages all{
      {"cut", onBytes(cut)},
      {"put", onBytes(put)},
      {"insert", onBytes(insert)},
      {"remove", onBytes(removeBytes)},
      {"replace", onBytes(replace)},
      {"replace-all", onBytes(replaceAll)},
      {"append", onBytes(append)},
      {"text", onBytes(text)},
      {"flip", onBytes(flip)},
      {"gzip", gzipped},
      {"gzip-of", gzipOf},
      {"hole",
       [](const auto& file, const auto& words) {
         std::filesystem::resize_file(file, static_cast<uintmax_t>(wholeAt(words, 1)));
       }},
      {"lose", [](const auto& file,
                  const auto& words) { std::filesystem::remove(file.parent_path() / wordAt(words, 1)); }},
      {"folder", [](const auto& file, const auto&) {
         std::filesystem::remove(file);
         std::filesystem::create_directory(file);
       }}};
  return all;
}

}  // namespace geneglass::testing
