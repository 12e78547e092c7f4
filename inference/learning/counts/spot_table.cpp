// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/spot_table.h"

#include <fmt/format.h>

namespace geneglass {

tl::unexpected<Error> refuseSpots(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot use the spots in '{}': {}.", file.string(), reason));
}

}  // namespace geneglass
