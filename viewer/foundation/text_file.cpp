// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

namespace geneglass {

/// errno of what failed, or 0.
static int writeAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

Result<void> writeText(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path part = file.string() + ".part";
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int reason = descriptor < 0 ? errno : writeAll(descriptor, text);
  if (descriptor >= 0 && ::close(descriptor) != 0 && reason == 0) reason = errno;
  std::error_code error(reason, std::generic_category());
  if (!error) std::filesystem::rename(part, file, error);
  if (!error) return {};
  std::error_code ignored;
  if (descriptor >= 0) std::filesystem::remove(part, ignored);
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), error.message()));
}

}  // namespace geneglass
