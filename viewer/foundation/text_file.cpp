// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/text_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>

namespace geneglass {

Result<void> writeText(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path part = file.string() + ".part";
  std::error_code error;
  errno = 0;
  std::ofstream stream(part, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) error = {errno != 0 ? errno : EIO, std::generic_category()};
  if (!error) std::filesystem::rename(part, file, error);
  if (!error) return {};
  const std::string reason = error.message();
  std::filesystem::remove(part, error);
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), reason));
}

}  // namespace geneglass
