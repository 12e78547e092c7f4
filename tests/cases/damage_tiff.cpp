// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdexcept>

#include "tests/cases/damage.h"

namespace geneglass::testing {
namespace {

/// A classic TIFF of the lowest byte first, in bytes that may be changed.
class TiffBytes final {
 public:
  explicit TiffBytes(std::string& bytes) : m_bytes(bytes) {
    if (!bytes.starts_with(std::string("II*\0", 4))) throw std::runtime_error("it is no TIFF of this kind");
  }

  uint64_t number(size_t place, size_t width) const {
    uint64_t value = 0;
    for (size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(m_bytes.at(place + i));
    return value;
  }
  void put(size_t place, size_t width, uint64_t value) {
    for (size_t i = 0; i < width; ++i) m_bytes.at(place + i) = static_cast<char>(value >> (8 * i) & 0xff);
  }

  /// Where directory `index` begins.
  size_t directory(int64_t index) const {
    size_t at = number(4, 4);
    for (; index > 0; --index) at = number(nextAt(at), 4);
    if (at == 0) throw std::runtime_error("it has no such directory");
    return at;
  }
  size_t nextAt(size_t directory) const { return directory + 2 + 12 * number(directory, 2); }

  /// Where the twelve bytes of a tag stand.
  size_t tag(int64_t index, uint64_t wanted) const {
    const size_t begin = directory(index);
    for (size_t at = begin + 2; at < nextAt(begin); at += 12)
      if (number(at, 2) == wanted) return at;
    throw std::runtime_error("it has no such tag");
  }

 private:
  std::string& m_bytes;
};

using ChangeTag = void (*)(TiffBytes&, size_t tag, uint64_t value);

/// Operation, directory, tag, value.
Damage onTag(ChangeTag change) {
  return [change](const std::filesystem::path& file, const DamageWords& words) {
    std::string bytes = bytesIn(file);
    TiffBytes tiff(bytes);
    const size_t tag = tiff.tag(wholeAt(words, 1), static_cast<uint64_t>(wholeAt(words, 2)));
    change(tiff, tag, words.size() > 3 ? static_cast<uint64_t>(wholeAt(words, 3)) : 0);
    putBytes(file, bytes);
  };
}

/// Of its first value where there are several, else of the one that stands in the tag.
void setValue(TiffBytes& tiff, size_t tag, uint64_t value) {
  const uint64_t type = tiff.number(tag + 2, 2), count = tiff.number(tag + 4, 4);
  const size_t width = type == 3 ? 2 : type == 4 ? 4 : 1;
  tiff.put(width * count > 4 ? tiff.number(tag + 8, 4) : tag + 8, width, value);
}

void setNext(const std::filesystem::path& file, const DamageWords& words) {
  std::string bytes = bytesIn(file);
  TiffBytes tiff(bytes);
  const bool isDirectory = wordAt(words, 2).starts_with('#');
  const uint64_t to =
      isDirectory ? tiff.directory(std::stoll(words[2].substr(1))) : static_cast<uint64_t>(wholeAt(words, 2));
  tiff.put(tiff.nextAt(tiff.directory(wholeAt(words, 1))), 4, to);
  putBytes(file, bytes);
}

/// Copies the last directory so many times, each behind the one before.
void addDirectories(const std::filesystem::path& file, const DamageWords& words) {
  std::string bytes = bytesIn(file);
  TiffBytes tiff(bytes);
  size_t last = tiff.directory(0);
  while (const uint64_t next = tiff.number(tiff.nextAt(last), 4)) last = next;
  const std::string copy = bytes.substr(last, tiff.nextAt(last) + 4 - last);
  for (int64_t i = 0; i < wholeAt(words, 1); ++i) {
    bytes.resize((bytes.size() + 1) / 2 * 2);
    tiff.put(tiff.nextAt(last), 4, bytes.size());
    last = bytes.size();
    bytes += copy;
  }
  putBytes(file, bytes);
}

/// Another text for a tag, at the end of the file.
void setText(const std::filesystem::path& file, const DamageWords& words) {
  std::string bytes = bytesIn(file);
  TiffBytes tiff(bytes);
  const size_t tag = tiff.tag(wholeAt(words, 1), static_cast<uint64_t>(wholeAt(words, 2)));
  const std::string& text = wordAt(words, 3);
  tiff.put(tag + 4, 4, text.size() + 1);
  tiff.put(tag + 8, 4, bytes.size());
  bytes += text + '\0';
  putBytes(file, bytes);
}

/// The begin of a tile or strip, of which the `index`-th is named, with other bytes.
void putTile(const std::filesystem::path& file, const DamageWords& words) {
  std::string bytes = bytesIn(file);
  TiffBytes tiff(bytes);
  const size_t tag = tiff.tag(wholeAt(words, 1), 324);
  const auto index = static_cast<size_t>(wholeAt(words, 2));
  const size_t list = tiff.number(tag + 4, 4) > 1 ? tiff.number(tag + 8, 4) + 4 * index : tag + 8;
  const std::string& text = wordAt(words, 3);
  bytes.replace(tiff.number(list, 4), text.size(), text);
  putBytes(file, bytes);
}

}  // namespace

const Damages& tiffDamages() {
  static const Damages all{
      {"tiff-value", onTag(setValue)},
      {"tiff-type", onTag([](TiffBytes& t, size_t tag, uint64_t v) { t.put(tag + 2, 2, v); })},
      {"tiff-count", onTag([](TiffBytes& t, size_t tag, uint64_t v) { t.put(tag + 4, 4, v); })},
      {"tiff-place", onTag([](TiffBytes& t, size_t tag, uint64_t v) { t.put(tag + 8, 4, v); })},
      {"tiff-lose", onTag([](TiffBytes& t, size_t tag, uint64_t) { t.put(tag, 2, 65000); })},
      {"tiff-next", setNext},
      {"tiff-add", addDirectories},
      {"tiff-text", setText},
      {"tiff-tile", putTile}};
  return all;
}

}  // namespace geneglass::testing
