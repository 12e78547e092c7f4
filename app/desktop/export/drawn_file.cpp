// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/drawn_file.h"

#include <fmt/format.h>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {

Result<void> checkTarget(const std::filesystem::path& file, const Slide& slide) {
  std::error_code ignored;
  if (std::filesystem::equivalent(file, slide.file, ignored))
    return fail(fmt::format("Cannot write '{}': it is the slide itself.", file.string()));
  return {};
}

Result<void> writeBytes(const std::filesystem::path& file, const Slide& slide, const QByteArray& bytes) {
  return checkTarget(file, slide).and_then([&] {
    return writeText(file, {bytes.constData(), static_cast<size_t>(bytes.size())});
  });
}

}  // namespace geneglass
