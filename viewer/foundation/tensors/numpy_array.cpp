// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/numpy_array.h"

#include <fmt/format.h>

#include <cstring>
#include <regex>
#include <string_view>

#include "viewer/foundation/tensors/half_float.h"

namespace geneglass {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kLongestHeader = 4096;  ///< bytes; NumPy's are 118 with what is read here
constexpr size_t kLargestArray = size_t(1) << 33;

struct NumpyHeader {
  std::string type;
  std::vector<int64_t> shape;
  size_t count = 1;  ///< of values
};

/// The Python text that stands before the numbers, as NumPy writes it. Empty where the file is none.
std::string_view headerOf(std::span<const uint8_t> bytes, size_t& end) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (bytes.size() < 12 || !text.starts_with(kMagic) || bytes[6] < 1 || bytes[6] > 3) return {};
  const size_t begin = bytes[6] == 1 ? 10 : 12;
  size_t length = bytes[8] + 256u * bytes[9];
  if (begin == 12) length += (bytes[10] + 256u * bytes[11]) << 16;
  if (length > kLongestHeader || length > bytes.size() - begin) return {};
  end = begin + length;
  return text.substr(begin, length);
}

Result<NumpyHeader> parseHeader(std::string_view text) {
  static const std::regex form(
      R"(\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(([0-9, ]*)\), \} *\n?)");
  std::match_results<std::string_view::const_iterator> found;
  if (!std::regex_match(text.begin(), text.end(), found, form))
    return fail("it is no NumPy array of plain numbers");
  NumpyHeader header;
  header.type = found[1];
  if (header.type != "<f4" && header.type != "<f2")
    return fail(fmt::format("its numbers are '{}'; read are '<f4' and '<f2'", header.type));
  const std::string sides = found[3];
  const std::regex digits("[0-9]+");
  for (std::sregex_iterator side(sides.begin(), sides.end(), digits), end; side != end; ++side) {
    const bool isLong = side->length() > 9;
    header.shape.push_back(isLong ? 0 : std::stoll(side->str()));
    header.count *= static_cast<size_t>(header.shape.back());
    if (isLong || header.count > kLargestArray) return fail("its shape is too large");
  }
  if (found[2] == "True" && header.shape.size() > 1) return fail("its numbers are in Fortran's order");
  return header;
}

}  // namespace

Result<StoredTensor> parseNumpyArray(std::span<const uint8_t> bytes) {
  size_t begin = 0;
  const Result<NumpyHeader> header = parseHeader(headerOf(bytes, begin));
  if (!header) return tl::unexpected(header.error());
  const size_t each = header->type == "<f4" ? 4 : 2, there = bytes.size() - begin;
  if (there != each * header->count)
    return fail(
        fmt::format("it holds {} bytes of numbers where its shape takes {}", there, each * header->count));
  StoredTensor tensor{header->shape, std::vector<float>(header->count)};
  if (each == 4) {
    std::memcpy(tensor.values.data(), bytes.data() + begin, there);
    return tensor;
  }
  for (size_t i = 0; i < header->count; ++i)
    tensor.values[i] =
        floatOfHalf(static_cast<uint16_t>(bytes[begin + 2 * i] | bytes[begin + 2 * i + 1] << 8));
  return tensor;
}

}  // namespace geneglass
