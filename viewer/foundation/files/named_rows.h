// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// For a sentence: "'a', 'b' and 'c'".
inline std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += "'" + names[i] + "'";
  }
  return list;
}

/// Of the rows of a table, each with a `name`.
template <typename Row>
std::vector<std::string> namesOf(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.name);
  return names;
}

/// Error: there is no such row; the sentence calls it a `kind` and lists those that are there.
template <typename Row>
Result<Row> rowNamed(const std::vector<Row>& rows, const std::string& name, const std::string& kind) {
  const auto found = std::ranges::find(rows, name, &Row::name);
  if (found != rows.end()) return *found;
  return fail("There is no " + kind + " '" + name + "'; " + listed(namesOf(rows)) + " are.");
}

}  // namespace geneglass
