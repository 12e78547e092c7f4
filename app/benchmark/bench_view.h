// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/benchmark/view_benchmark.h"

namespace geneglass {

/// Measures and prints: for people, or one JSON object.
Result<void> benchView(const ViewBenchmarkOptions& options, bool json);

}  // namespace geneglass
