// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/hdf5_mending.h"

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz_target.h"
#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/program_module.h"

namespace geneglass::fuzzing {
namespace {

constexpr std::array<std::string_view, 12> kMarks{"\x89HDF", "OHDR", "OCHK", "TREE", "SNOD", "HEAP",
                                                  "GCOL",    "FRHP", "FHDB", "BTHD", "BTLF", "FAHD"};

/// Bob Jenkins' hash (lookup3, "hashlittle"), as HDF5 takes it.
uint32_t jenkinsHash(std::span<const uint8_t> bytes) {
  uint32_t a = 0xdeadbeef + static_cast<uint32_t>(bytes.size()), b = a, c = a;
  const auto word = [&](size_t at) {
    return static_cast<uint32_t>(
        numberAt(bytes, at, std::min<size_t>(4, at < bytes.size() ? bytes.size() - at : 0)));
  };
  size_t at = 0;
  for (; bytes.size() - at > 12; at += 12) {
    a += word(at), b += word(at + 4), c += word(at + 8);
    a -= c, a ^= std::rotl(c, 4), c += b;
    b -= a, b ^= std::rotl(a, 6), a += c;
    c -= b, c ^= std::rotl(b, 8), b += a;
    a -= c, a ^= std::rotl(c, 16), c += b;
    b -= a, b ^= std::rotl(a, 19), a += c;
    c -= b, c ^= std::rotl(b, 4), b += a;
  }
  if (bytes.size() == at) return c;
  a += word(at), b += word(at + 4), c += word(at + 8);
  c ^= b, c -= std::rotl(b, 14);
  a ^= c, a -= std::rotl(c, 11);
  b ^= a, b -= std::rotl(a, 25);
  c ^= b, c -= std::rotl(b, 16);
  a ^= c, a -= std::rotl(c, 4);
  b ^= a, b -= std::rotl(a, 14);
  c ^= b, c -= std::rotl(b, 24);
  return c;
}

std::string_view textOf(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The sum stands behind what it covers.
void putSum(std::span<uint8_t> bytes, size_t begin, uint64_t count) {
  if (count > bytes.size() || begin + count + 4 > bytes.size()) return;
  const auto length = static_cast<size_t>(count);
  putNumber(bytes, begin + length, jenkinsHash(bytes.subspan(begin, length)), 4);
}

void mendHeader(std::span<uint8_t> bytes, size_t at) {
  if (at + 32 > bytes.size()) return;
  const uint8_t flags = bytes[at + 5];
  const size_t before = 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0),
               width = size_t{1} << (flags & 3);
  if (at + before + width > bytes.size()) return;
  putSum(bytes, at, before + width + numberAt(bytes, at + before, width));
}

/// Where a message of a header names this place, and its length behind it.
void mendContinuation(std::span<uint8_t> bytes, size_t at) {
  for (size_t i = 0; i + 16 <= bytes.size(); ++i)
    if (numberAt(bytes, i, 8) == at)
      if (const uint64_t length = numberAt(bytes, i + 8, 8); length > 8 && length < bytes.size())
        return putSum(bytes, at, length - 4);
}

}  // namespace

void damageHdf5(std::span<uint8_t> bytes, std::mt19937& chance) {
  const std::string_view text = textOf(bytes);
  std::vector<size_t> marks;
  for (const std::string_view mark : kMarks)
    for (size_t at = text.find(mark); at != std::string_view::npos && marks.size() < 64;
         at = text.find(mark, at + 1))
      marks.push_back(at);
  if (marks.empty()) return;
  const size_t width = size_t{1} << chance() % 4;
  const size_t at = marks[chance() % marks.size()] + 4 + chance() % 256;
  if (at + width <= bytes.size()) putNumber(bytes, at, tellingNumber(chance, bytes.size()), width);
}

bool hdf5BearsIt(const std::filesystem::path& file) {
  using namespace std::chrono_literals;
  static FileProbe* const probe = [] {
    if (!std::filesystem::exists(libraryPlace("slide_probe"))) broken("slide_probe is built beside it");
    return new FileProbe({}, 10s, 0.1);
  }();
  return probe->befell(FileProbe::Kind::Hdf5, file).empty();
}

void mendHdf5(std::span<uint8_t> bytes) {
  if (bytes.size() < 64 || bytes[8] < 2) return;
  putSum(bytes, 0, 12 + 4 * uint64_t{bytes[9]});
  const std::string_view text = textOf(bytes);
  for (size_t at = text.find("OCHK"); at != std::string_view::npos; at = text.find("OCHK", at + 1))
    mendContinuation(bytes, at);
  for (size_t at = text.find("OHDR"); at != std::string_view::npos; at = text.find("OHDR", at + 1))
    mendHeader(bytes, at);
}

}  // namespace geneglass::fuzzing
