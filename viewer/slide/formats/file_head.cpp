// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/file_head.h"

#include <system_error>
#include <utility>

#include "viewer/slide/formats/driver.h"

namespace geneglass {

Result<FileHead> readFileHead(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return FileHead{path, nullptr, {}};
  auto file = std::make_shared<const PositionedFile>(path);
  if (!file->isOpen()) return cannotOpen(path, file->refusal());
  TiffHead tiff = readTiffHead(*file, path);
  return FileHead{path, std::move(file), std::move(tiff)};
}

}  // namespace geneglass
