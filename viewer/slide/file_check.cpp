// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/file_check.h"

#include <fmt/format.h>

#include "viewer/slide/checked_source.h"
#include "viewer/slide/formats/tiff/positioned_file.h"

namespace geneglass {
namespace {

constexpr uint64_t kPlaces = 64;

/// Empty where it can be read.
std::string whyUnreadable(const std::filesystem::path& path) {
  const PositionedFile file(path);
  if (!file.isOpen()) return file.refusal();
  const uint64_t last = file.size() - 1;
  for (uint64_t place = 0; file.size() > 0 && place < kPlaces; ++place) {
    uint8_t byte = 0;
    if (std::string why = file.read(last / (kPlaces - 1) * place, {&byte, 1}); !why.empty()) return why;
  }
  return {};
}

}  // namespace

Result<void> checkUnchanged(const OpenedSlide& opened) {
  return opened.stamp ? checkUnchanged(opened.slide->file, *opened.stamp) : Result<void>();
}

Result<void> checkReadable(const OpenedSlide& opened) {
  const Result<void> same = checkUnchanged(opened);
  if (!same || !opened.stamp) return same;
  const std::string why = whyUnreadable(opened.slide->file);
  if (why.empty()) return {};
  return fail(fmt::format("'{}' cannot be read any more: {}.", opened.slide->file.string(), why));
}

}  // namespace geneglass
