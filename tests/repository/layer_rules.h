// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace geneglass::testing {

/// What one source file may not do; one sentence each. `path` is relative to the project's root
/// ("viewer/slide/slide.h"). Rules: includes go down the layers only; no Qt in slide and inference; OpenGL in
/// the canvas only; LibTorch in .cpp files of inference only; nothing includes app; the licence line; at most
/// 400 lines, unless the file gives its reason.
std::vector<std::string> violations(const std::string& path, const std::string& text);

}  // namespace geneglass::testing
