// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace geneglass {

/// Where LibTorch's message says that an archive is of a newer one: that, and which version `own` this one
/// is, to follow "...: ". Otherwise empty. An archive names the version of its format, not of its LibTorch.
std::string newerScript(std::string_view said, std::string_view own);

}  // namespace geneglass
