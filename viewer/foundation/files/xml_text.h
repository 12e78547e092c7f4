// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "viewer/foundation/result.h"

namespace geneglass {

// Every XML that is read goes through here. pugixml neither expands entities that a document declares nor
// recurses; what takes the memory is the tree, many times its text.

/// What a document may have at most.
struct XmlLimits {
  uint64_t bytes = uint64_t{16} << 20;
  size_t nodes = 1'500'000;  ///< elements and attributes
  int depth = 64;            ///< of elements within each other
};

/// What a slide's own description may have.
constexpr XmlLimits kSlideXml{uint64_t{8} << 20, 500'000, 64};

/// What the text has too much of, to follow "it "; empty where it keeps to the limits.
std::string excessOfXml(std::string_view text, const XmlLimits& limits = {},
                        pugi::xml_encoding encoding = pugi::encoding_auto);

/// Errors, to follow "it ": "is no XML", "is no whole XML (at byte N)", "is nested deeper than 64 levels",
/// has more bytes or more elements and attributes than are read.
Result<pugi::xml_document> parseXml(std::string_view text, const XmlLimits& limits = {},
                                    pugi::xml_encoding encoding = pugi::encoding_auto);

}  // namespace geneglass
