// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

namespace geneglass {

/// The folders of the models installed with the program, by name: the shipped one and those beside it. Reads
/// the folder's listing, no model.
std::vector<std::filesystem::path> installedModels();

}  // namespace geneglass
