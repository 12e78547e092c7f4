// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/case/database.h"

namespace geneglass {

// Every row of a case file ends in a check sum of its other values, since version 2: what a disk or a copy
// changed is said, not shown. Errors are reasons.

/// "it is damaged..." is for the caller to say: names the table that holds a row which is not as it was
/// written.
Result<void> checkSums(Database& database);

/// Gives the rows of version 1 their sums, within a transaction of the caller.
Result<void> addSums(Database& database);

}  // namespace geneglass
