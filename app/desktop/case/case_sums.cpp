// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_sums.h"

#include <fmt/format.h>

namespace geneglass {
namespace {

struct SummedTable {
  const char* name;
  const char* columns;  ///< in the order of the sum
};

constexpr SummedTable kSummedTables[] = {
    {"fact", "key, value"},
    {"entry", "key, value"},
    {"base", "place, annotation"},
    {"step", "number, parent, what, seconds, classes, entry, before, after"},
    {"change", "step, id, place_before, place_after, annotation"}};

}  // namespace

Result<void> checkSums(Database& database) {
  for (const auto& [name, columns] : kSummedTables) {
    const auto wrong = database.number(
        fmt::format("SELECT count(*) FROM {} WHERE sum IS NOT check_sum({})", name, columns).c_str());
    if (!wrong) return tl::unexpected(wrong.error());
    if (*wrong > 0)
      return fail(fmt::format("{} of the rows of its table '{}' {} not as {} written", *wrong, name,
                              *wrong == 1 ? "is" : "are", *wrong == 1 ? "it was" : "they were"));
  }
  return {};
}

Result<void> addSums(Database& database) {
  for (const auto& [name, columns] : kSummedTables)
    if (const auto done = database.run(fmt::format("ALTER TABLE {0} ADD COLUMN sum INTEGER;"
                                                   "UPDATE {0} SET sum = check_sum({1})",
                                                   name, columns)
                                           .c_str());
        !done)
      return done;
  return {};
}

}  // namespace geneglass
