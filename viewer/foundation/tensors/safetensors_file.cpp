// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/tensors/safetensors_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "viewer/foundation/files/claimed_bytes.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/tensors/half_float.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr uint64_t kLargestTensor = uint64_t(1) << 33;

/// One tensor as the header describes it; `begin` counts from the header's end.
struct Place {
  std::string name, type;
  std::vector<int64_t> shape;
  uint64_t count = 1;  ///< of values
  uint64_t begin = 0, end = 0;
};

/// What is not right throws std::runtime_error with the reason.
class SafetensorsReader final {
 public:
  explicit SafetensorsReader(const std::filesystem::path& file) : m_stream(file, std::ios::binary) {
    std::error_code error;
    m_size = std::filesystem::file_size(file, error);
    if (error || !m_stream) throw std::runtime_error("there is no such file that can be read");
    if (const std::string hollow = whyHollow(file); !hollow.empty()) throw std::runtime_error("it " + hollow);
  }

  TensorFile read() {
    const json header = readHeader();
    std::vector<Place> places;
    for (const auto& [name, facts] : header.items())
      if (name != "__metadata__" && !name.ends_with("num_batches_tracked") && !name.ends_with("position_ids"))
        places.push_back(placeOf(name, facts));
    uint64_t held = 0;
    for (const Place& place : places) held += place.end - place.begin;
    if (held > m_size - m_begin) throw std::runtime_error("its tensors lie over each other");
    TensorFile tensors;
    for (const Place& place : places) tensors[place.name] = {place.shape, valuesOf(place)};
    return tensors;
  }

 private:
  json readHeader() {
    unsigned char bytes[8] = {};
    m_stream.read(reinterpret_cast<char*>(bytes), sizeof(bytes));
    uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | bytes[i];
    if (!m_stream || length > JsonLimits{}.bytes || length > m_size - sizeof(bytes))
      throw std::runtime_error("it is no safetensors file, or not whole");
    std::string text(length, ' ');
    m_stream.read(text.data(), static_cast<std::streamsize>(length));
    m_begin = sizeof(bytes) + length;
    Result<json> header = parseJson(text);
    if (!header) throw std::runtime_error("its header " + header.error().sentence);
    if (!header->is_object()) throw std::runtime_error("its header is no JSON object");
    return std::move(*header);
  }

  Place placeOf(const std::string& name, const json& facts) const {
    const auto refuse = [&](const std::string& why) {
      throw std::runtime_error(fmt::format("the tensor '{}' {}", name, why));
    };
    Place place;
    place.name = name;
    if (!facts.is_object() || !facts.contains("dtype") || !facts.contains("shape") ||
        !facts.contains("data_offsets") || !facts["dtype"].is_string() || !isNumbers(facts["shape"]) ||
        !isNumbers(facts["data_offsets"]) || facts["data_offsets"].size() != 2)
      refuse("has no dtype, shape and data_offsets");
    place.type = facts["dtype"].get<std::string>();
    if (place.type != "F32" && place.type != "F16" && place.type != "BF16")
      refuse(fmt::format("is of the type '{}'; read are F32, F16 and BF16", place.type));
    for (const json& side : facts["shape"]) {
      if (side.get<uint64_t>() > kLargestTensor / std::max<uint64_t>(1, place.count))
        refuse("has a shape that is too large");
      place.count *= side.get<uint64_t>();
      place.shape.push_back(side.get<int64_t>());
    }
    place.begin = facts["data_offsets"][0].get<uint64_t>();
    place.end = facts["data_offsets"][1].get<uint64_t>();
    const uint64_t there = m_size - m_begin, bytes = place.count * widthOf(place);
    if (place.begin > place.end || place.end > there) refuse("ends where the file does not reach");
    if (place.end - place.begin != bytes)
      refuse(fmt::format("has {} bytes where its shape takes {}", place.end - place.begin, bytes));
    return place;
  }

  static bool isNumbers(const json& list) {
    return list.is_array() &&
           std::all_of(list.begin(), list.end(), [](const json& item) { return item.is_number_unsigned(); });
  }
  static uint64_t widthOf(const Place& place) { return place.type == "F32" ? 4 : 2; }

  std::vector<float> valuesOf(const Place& place) {
    std::vector<char> bytes(place.end - place.begin);
    m_stream.seekg(static_cast<std::streamoff>(m_begin + place.begin));
    m_stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!m_stream) throw std::runtime_error(fmt::format("the tensor '{}' cannot be read", place.name));
    std::vector<float> values(place.count);
    for (size_t i = 0; i < values.size(); ++i) values[i] = valueAt(bytes.data(), i, place.type);
    return values;
  }
  static float valueAt(const char* bytes, size_t index, const std::string& type) {
    if (type == "F32") {
      float value = 0;
      std::memcpy(&value, bytes + 4 * index, 4);
      return value;
    }
    uint16_t half = 0;
    std::memcpy(&half, bytes + 2 * index, 2);
    return type == "F16" ? floatOfHalf(half) : std::bit_cast<float>(uint32_t(half) << 16);
  }

  std::ifstream m_stream;
  uint64_t m_size = 0;
  uint64_t m_begin = 0;  ///< of the tensors, bytes from the file's begin
};

}  // namespace

Result<TensorFile> readSafetensors(const std::filesystem::path& file) {
  try {
    return SafetensorsReader(file).read();
  } catch (const std::runtime_error& error) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), error.what()));
  }
}

}  // namespace geneglass
