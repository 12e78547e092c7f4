// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "viewer/foundation/file_bytes.h"

namespace geneglass {
namespace {

/// `reason`: errno of what failed while `part` was written, or 0.
Result<void> finish(const std::filesystem::path& file, const std::filesystem::path& part, int reason) {
  std::error_code error(reason, std::generic_category()), ignored;
  if (!error) std::filesystem::rename(part, file, error);
  if (!error) return {};
  std::filesystem::remove(part, ignored);
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), error.message()));
}

}  // namespace

Result<void> writeText(const std::filesystem::path& file, std::string_view text) {
  const std::filesystem::path part = file.string() + ".part";
  const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  int reason = descriptor < 0 ? errno : writeBytesAt(descriptor, text.data(), text.size(), 0);
  if (descriptor >= 0 && ::close(descriptor) != 0 && reason == 0) reason = errno;
  return finish(file, part, reason);
}

Result<void> writeText(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write) {
  const std::filesystem::path part = file.string() + ".part";
  errno = 0;
  std::ofstream stream(part, std::ios::binary);
  write(stream);
  stream.close();
  return finish(file, part, stream ? 0 : errno != 0 ? errno : EIO);
}

}  // namespace geneglass
