// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <filesystem>
#include <functional>

#include "viewer/foundation/result.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// What is left of saving once the pictures are drawn: makes the file's bytes and writes them, whole or not
/// at all. Any thread; blocks on the disk. Errors name the file and the reason.
using WriteDrawn = std::function<Result<void>()>;

/// Whether it may be written there: never over the slide itself.
Result<void> checkTarget(const std::filesystem::path& file, const Slide& slide);

/// Writes what was made of a slide where checkTarget() allows it.
Result<void> writeBytes(const std::filesystem::path& file, const Slide& slide, const QByteArray& bytes);

}  // namespace geneglass
