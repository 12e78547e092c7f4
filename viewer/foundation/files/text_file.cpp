// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/text_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "viewer/foundation/files/part_file.h"

namespace geneglass {
Result<void> writeText(const std::filesystem::path& file, std::string_view text) {
  PartFile part(file);
  part.append(text.data(), text.size());
  return part.finish();
}

Result<void> writeText(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write) {
  const std::filesystem::path part = file.string() + ".part";
  errno = 0;
  std::ofstream stream(part, std::ios::binary);
  write(stream);
  stream.close();
  std::error_code error(stream ? 0 : errno != 0 ? errno : EIO, std::generic_category()), ignored;
  if (!error) std::filesystem::rename(part, file, error);
  if (!error) return {};
  std::filesystem::remove(part, ignored);
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), error.message()));
}

}  // namespace geneglass
