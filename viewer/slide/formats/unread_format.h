// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "viewer/slide/formats/file_head.h"

namespace geneglass {

/// What a file is that no driver takes, for people, and what to do about it: "it is a ZIP archive: unpack it
/// first". By its first bytes and what lies beside it; blocks on the disk. Any thread.
std::string unreadFormat(const FileHead& head);

}  // namespace geneglass
