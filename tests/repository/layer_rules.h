// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace geneglass::testing {

/// The names that a file includes, in its order.
std::vector<std::string> includesOf(const std::string& text);

/// What one source file may not do; one sentence each. `path` is relative to the project's root
/// ("viewer/slide/slide.h"). Rules: it stands in a room and includes what the room may (rooms.h); no Qt in
/// slide and inference; OpenGL in the canvas only; LibTorch in .cpp files of a few rooms; the licence line;
/// at most 400 lines.
std::vector<std::string> violations(const std::string& path, const std::string& text);

/// Files that include each other in a circle, a file and the header of its name being one; a sentence each.
/// `texts`: by path.
std::vector<std::string> circles(const std::map<std::string, std::string>& texts);

}  // namespace geneglass::testing
