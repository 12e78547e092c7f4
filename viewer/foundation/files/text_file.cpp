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
  PartPlace place(file);
  int reason = place.reason();
  if (reason == 0) {
    errno = 0;
    std::ofstream stream(place.path(), std::ios::binary);
    write(stream);
    stream.close();
    reason = stream ? place.becomeFile() : errno != 0 ? errno : EIO;
  }
  if (reason == 0) return {};
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), std::generic_category().message(reason)));
}

}  // namespace geneglass
