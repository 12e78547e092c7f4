// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pugixml.hpp>
#include <string_view>

namespace geneglass {

/// A node's name without the prefix.
inline std::string_view localNameOf(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// The first child of that name, whatever its prefix; null where there is none.
inline pugi::xml_node childOf(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([name](const pugi::xml_node& child) { return localNameOf(child) == name; });
}

}  // namespace geneglass
