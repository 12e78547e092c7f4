// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace geneglass::testing {

/// A folder, what it may include beside itself and viewer/foundation, and the kinds of library it may use.
struct Room {
  std::string folder;                   ///< with a slash at its end
  std::vector<std::string> mayInclude;  ///< folders of other rooms
  std::vector<std::string> files = {};  ///< single files of other rooms
  bool qt = false;
  bool widgets = false;
  bool openGl = false;
  bool torch = false;
};

/// The rooms, lower ones first: a room includes only rooms before it.
const std::vector<Room>& rooms();

/// The room a file stands in: the longest folder that its path begins with; null where there is none.
const Room* roomOf(const std::string& path);

/// LibTorch's modules are templates over their own type, so the networks need a header, and so does what is
/// said about tensors between .cpp files of learning. No other header includes these.
const std::vector<std::string>& torchHeaders();

}  // namespace geneglass::testing
