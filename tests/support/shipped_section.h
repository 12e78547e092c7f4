// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/test_files.h"

namespace geneglass::testing {

/// The folder of the real section that comes with its measured spots: her2st-C5.tif, counts.tsv.gz,
/// spots.tsv.
inline std::filesystem::path shippedSection() {
  return sourceFolder() / "resources/demo/her2st-C5";
}

}  // namespace geneglass::testing
