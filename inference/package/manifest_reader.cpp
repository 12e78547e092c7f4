// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/manifest_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace geneglass {

ManifestReader::ManifestReader(const nlohmann::json& object, std::string where)
    : m_object(object), m_where(std::move(where)) {
  if (!m_object.is_object())
    throw std::runtime_error(m_where.empty()
                                 ? "its manifest.json is no JSON object"
                                 : fmt::format("'{}' in its manifest.json is no object", m_where));
}

void ManifestReader::refuse(const char* key, const std::string& why) const {
  throw std::runtime_error(fmt::format("'{}{}' in its manifest.json {}", m_where, key, why));
}

const nlohmann::json& ManifestReader::value(const char* key) const {
  const auto found = m_object.find(key);
  if (found == m_object.end()) refuse(key, "is missing");
  return *found;
}

std::string ManifestReader::text(const char* key) const {
  const nlohmann::json& found = value(key);
  if (!found.is_string()) refuse(key, "must be a text");
  return found.get<std::string>();
}

double ManifestReader::number(const char* key, double least, double most) const {
  const nlohmann::json& found = value(key);
  if (!found.is_number()) refuse(key, "must be a number");
  const double number = found.get<double>();
  if (!(number >= least && number <= most))
    refuse(key, fmt::format("is {}, it must be from {} to {}", number, least, most));
  return number;
}

int ManifestReader::integer(const char* key, int least, int most) const {
  const double found = number(key, least, most);
  if (found != std::floor(found)) refuse(key, "must be a whole number");
  return static_cast<int>(found);
}

bool ManifestReader::flag(const char* key) const {
  const nlohmann::json& found = value(key);
  if (!found.is_boolean()) refuse(key, "must be true or false");
  return found.get<bool>();
}

std::vector<float> ManifestReader::numbers(const char* key, size_t count) const {
  const nlohmann::json& found = value(key);
  if (!found.is_array() || found.size() != count)
    refuse(key, fmt::format("must be a list of {} numbers", count));
  std::vector<float> numbers;
  for (const nlohmann::json& item : found) {
    if (!item.is_number()) refuse(key, fmt::format("must be a list of {} numbers", count));
    numbers.push_back(item.get<float>());
  }
  return numbers;
}

std::vector<std::string> ManifestReader::texts(const char* key) const {
  const nlohmann::json& found = value(key);
  if (!found.is_array()) refuse(key, "must be a list of texts");
  std::vector<std::string> texts;
  for (const nlohmann::json& item : found) {
    if (!item.is_string()) refuse(key, "must be a list of texts");
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

std::vector<double> ManifestReader::reals(const char* key, double least, double most) const {
  const nlohmann::json& found = value(key);
  if (!found.is_array() || found.empty()) refuse(key, "must be a list of numbers");
  std::vector<double> numbers;
  for (const nlohmann::json& item : found) {
    if (!item.is_number() || !(item.get<double>() >= least && item.get<double>() <= most))
      refuse(key, fmt::format("must be a list of numbers from {} to {}", least, most));
    numbers.push_back(item.get<double>());
  }
  return numbers;
}

std::vector<int> ManifestReader::integers(const char* key, int least, int most) const {
  const nlohmann::json& found = value(key);
  if (!found.is_array() || found.empty()) refuse(key, "must be a list of whole numbers");
  std::vector<int> numbers;
  for (const nlohmann::json& item : found) {
    if (!item.is_number_integer() || item.get<double>() < least || item.get<double>() > most)
      refuse(key, fmt::format("must be a list of whole numbers from {} to {}", least, most));
    numbers.push_back(item.get<int>());
  }
  return numbers;
}

ManifestReader ManifestReader::object(const char* key) const {
  if (!value(key).is_object()) refuse(key, "must be an object");
  return {value(key), m_where + key + "."};
}

std::vector<ManifestReader> ManifestReader::objects(const char* key) const {
  const nlohmann::json& found = value(key);
  if (!found.is_array()) refuse(key, "must be a list");
  std::vector<ManifestReader> readers;
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i].is_object()) refuse(key, "must be a list of objects");
    readers.emplace_back(found[i], fmt::format("{}{}[{}].", m_where, key, i));
  }
  return readers;
}

}  // namespace geneglass
