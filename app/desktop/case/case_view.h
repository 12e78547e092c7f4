// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/foundation/geometry.h"

namespace geneglass {

/// Where the user looks: as Viewport, without the screen's size.
struct CaseView {
  Point centre;           ///< level-0 pixels
  double downsample = 1;  ///< level-0 pixels per screen pixel
  double rotation = 0;    ///< radians
  bool isMirrored = false;
  bool operator==(const CaseView&) const = default;
};

/// A view that has a name.
struct Bookmark {
  std::string name;
  CaseView view;
  bool operator==(const Bookmark&) const = default;
};

/// A view as [x, y, downsample, rotation] in JSON, mirrored with a fifth number, 1; none of a text that is no
/// such list, or of a place where no slide can be.
std::string textOf(const CaseView& view);
std::optional<CaseView> viewOf(std::string_view text);

/// Bookmarks as a JSON list of {name, view}; those of a text that are none are left out.
std::string textOf(const std::vector<Bookmark>& bookmarks);
std::vector<Bookmark> bookmarksOf(std::string_view text);

}  // namespace geneglass
