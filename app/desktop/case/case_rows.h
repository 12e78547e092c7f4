// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/case/case_content.h"
#include "app/desktop/case/database.h"

namespace geneglass {

// What the tables of a case file hold. Errors are reasons; all of it within a transaction of the caller.

/// Makes the tables of an empty database, with their mark and version.
Result<void> makeTables(Database& database);

/// `PRAGMA application_id` of a case file, "GGcs", and the `PRAGMA user_version` of these tables. Version 1
/// had no sums.
inline constexpr int64_t kCaseMark = 0x47476373;
inline constexpr int64_t kCaseVersion = 2;

/// Makes tables of version 1 into today's.
Result<void> migrateTables(Database& database);

Result<CaseContent> readRows(Database& database);  ///< of each version; what they hold is checked before

/// Appends to the journal; steps up to number `known` are there already.
Result<void> appendRows(Database& database, const CaseChanges& changes, int64_t known);

/// Fills the tables, which are empty.
Result<void> writeRows(Database& database, const CaseContent& content);

/// Replaces the base by that of `content`, and drops the steps that `content` does not have.
Result<void> foldRows(Database& database, const CaseContent& content);

}  // namespace geneglass
