// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/slide_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace geneglass {
namespace {

constexpr uint64_t kMostDescription = 8u << 20;  ///< bytes; real ones have some 100 KiB

tl::unexpected<Error> unreadable(const std::filesystem::path& file, std::string_view reason) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), reason));
}

Result<std::string> textOf(const PositionedFile& file, const std::filesystem::path& path) {
  if (!file.isOpen()) return unreadable(path, file.refusal());
  if (file.size() > kMostDescription) return unreadable(path, "it is too long for a slide's description");
  std::string text(file.size(), '\0');
  const std::string reason = file.read(0, std::span(reinterpret_cast<uint8_t*>(text.data()), text.size()));
  if (!reason.empty()) return unreadable(path, reason);
  return text;
}

/// Of "NAME = VALUE"; empty where the line is none.
std::string_view valueOf(std::string_view line) {
  const size_t equals = line.find('=');
  if (equals == std::string_view::npos) return {};
  const size_t from = line.find_first_not_of(" \t", equals + 1);
  const size_t to = line.find_last_not_of(" \t\r");
  return from == std::string_view::npos || to < from ? std::string_view() : line.substr(from, to + 1 - from);
}

/// Adds the files of the folder that a description's values name. None is sought outside the folder.
void addNamed(std::string_view text, const std::filesystem::path& folder,
              std::vector<std::filesystem::path>& parts) {
  constexpr size_t kLongestName = 255;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view name = valueOf(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (name.empty() || name.size() > kLongestName || name.find('/') != std::string_view::npos) continue;
    const std::filesystem::path part = folder / name;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(part, ignored) &&
        std::find(parts.begin(), parts.end(), part) == parts.end())
      parts.push_back(part);
  }
}

}  // namespace

Result<std::vector<std::filesystem::path>> slideParts(const FileHead& head, const std::string& vendor) {
  std::vector<std::filesystem::path> parts;
  if (vendor == "mirax") {
    const std::filesystem::path folder = head.path.parent_path() / head.path.stem();
    const std::filesystem::path description = folder / "Slidedat.ini";
    const Result<std::string> text = textOf(PositionedFile(description), description);
    if (!text) return tl::unexpected(text.error());
    parts.push_back(description);
    addNamed(*text, folder, parts);
  } else if (vendor == "hamamatsu" && head.tiff.pictures.empty() && head.file->size() <= kMostDescription) {
    const Result<std::string> text = textOf(*head.file, head.path);
    if (!text) return tl::unexpected(text.error());
    const bool describes = text->find("Virtual Microscope Specimen]") != std::string::npos;  // else an NDPI
    if (describes) addNamed(*text, head.path.parent_path(), parts);
  }
  return parts;
}

}  // namespace geneglass
