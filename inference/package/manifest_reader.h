// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace geneglass {

/// Reads typed values from one JSON object; `where` ("encoder.", "genes[3].") goes before a key in what is
/// thrown. Every function throws std::runtime_error with the reason, to follow "Cannot use the model package
/// 'F': ".
class ManifestReader final {
 public:
  ManifestReader(const nlohmann::json& object, std::string where);

  std::string text(const char* key) const;
  double number(const char* key, double least, double most) const;
  int integer(const char* key, int least, int most) const;
  bool flag(const char* key) const;
  std::vector<float> numbers(const char* key, size_t count) const;
  std::vector<double> reals(const char* key, double least, double most) const;  ///< one or more
  std::vector<std::string> texts(const char* key) const;
  std::vector<int> integers(const char* key, int least, int most) const;
  ManifestReader object(const char* key) const;
  std::vector<ManifestReader> objects(const char* key) const;
  bool has(const char* key) const { return m_object.contains(key); }

  [[noreturn]] void refuse(const char* key, const std::string& why) const;

 private:
  const nlohmann::json& value(const char* key) const;

  const nlohmann::json& m_object;
  const std::string m_where;
};

}  // namespace geneglass
