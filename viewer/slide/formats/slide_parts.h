// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"
#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// The files beside the named one that make up a slide of many files, in the order in which its description
/// names them; none where the slide is one file. `vendor` as in Slide::vendor. MIRAX: NAME/Slidedat.ini
/// beside NAME.mrxs, and what it names; Hamamatsu VMS and VMU: what the file itself names. Blocks on the
/// disk. Errors: the description cannot be read.
Result<std::vector<std::filesystem::path>> slideParts(const FileHead& head, const std::string& vendor);

}  // namespace geneglass
