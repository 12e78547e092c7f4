// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/file_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/xml_text.h"
#include "viewer/slide/formats/driver.h"
#include "viewer/slide/formats/tiff/tiff_outline.h"

namespace geneglass {

/// Why the description of the first picture is not parsed, as some drivers would do; empty where it is.
static std::string excessOfDescription(const TiffHead& tiff) {
  constexpr std::ptrdiff_t kMostProperties = 10'000;  // of Aperio's "|name = value"
  if (tiff.tiled.empty()) return {};
  const std::string& description = tiff.tiled.front().description;
  if (description.starts_with("Aperio") && std::ranges::count(description, '|') > kMostProperties)
    return fmt::format("its description has more than {} properties", kMostProperties);
  if (description.find('<') == std::string::npos) return {};
  const std::string excess = excessOfXml(description, kSlideXml);
  return excess.empty() ? "" : "its description " + excess;
}

Result<FileHead> readFileHead(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return FileHead{path, nullptr, {}};
  auto file = std::make_shared<const PositionedFile>(path);
  if (!file->isOpen()) return cannotOpen(path, file->refusal());
  if (const std::string excess = excessOfTiff(*file); !excess.empty()) return cannotOpen(path, excess);
  TiffHead tiff = readTiffHead(*file, path);
  if (const std::string excess = excessOfDescription(tiff); !excess.empty()) return cannotOpen(path, excess);
  return FileHead{path, std::move(file), std::move(tiff)};
}

}  // namespace geneglass
