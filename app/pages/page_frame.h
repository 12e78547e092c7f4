// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "inference/package/model_package.h"

namespace geneglass {

/// A page on a package as HTML: "WHAT of NAME", its statement, what it may be used for, the cohort,
/// `training` and `body`, which are HTML, and at the foot what identifies the package.
std::string framedPage(const ModelPackage& package, const std::string& what,
                       const std::filesystem::path& cohort, const std::string& training,
                       const std::string& body);

/// A paragraph in small type: "WHAT: TEXT."; empty where the text is.
std::string paragraph(const std::string& what, const std::string& text);

}  // namespace geneglass
