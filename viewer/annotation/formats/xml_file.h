// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <pugixml.hpp>

#include "viewer/annotation/shape.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// A whole XML file of up to 512 MiB. Entities of its own are not expanded. Errors name the file and the
/// reason.
Result<pugi::xml_document> readXml(const std::filesystem::path& file);

/// The place two attributes say, NaN where they are no numbers.
Point pointOf(const pugi::xml_node& node, const char* x, const char* y);

}  // namespace geneglass
