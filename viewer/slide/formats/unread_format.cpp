// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/unread_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>

namespace geneglass {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kConvert =
    "; 'vips tiffsave IN OUT.tif --tile --pyramid --compression jpeg' makes a slide of it";

/// Bytes at a place of the file, and what a file that has them is.
struct Mark {
  size_t at;
  std::string_view bytes;
  std::string_view what;
};

constexpr std::array kMarks{
    Mark{0, "version https://git-lfs.github.com/spec/"sv,
         "it is a pointer of Git LFS, not the slide itself: 'git lfs pull' fetches that"},
    Mark{0, "PK\3\4"sv, "it is a ZIP archive: unpack it first"},
    Mark{0, "\x1f\x8b"sv, "it is compressed with gzip: unpack it first"},
    Mark{0, "7z\xbc\xaf\x27\x1c"sv, "it is a 7z archive: unpack it first"},
    Mark{0, "Rar!\x1a\7"sv, "it is a RAR archive: unpack it first"},
    Mark{0,
         "\xfd"
         "7zXZ\0"sv,
         "it is compressed with xz: unpack it first"},
    Mark{0, "BZh"sv, "it is compressed with bzip2: unpack it first"},
    Mark{0, "\x28\xb5\x2f\xfd"sv, "it is compressed with zstd: unpack it first"},
    Mark{257, "ustar"sv, "it is a tar archive: unpack it first"},
    Mark{0, "\0\5\x16\7"sv,
         "it holds what macOS keeps beside a file on foreign disks ('._'), not the file itself"},
    Mark{0, "%PDF-"sv, "it is a PDF, not a slide"},
    Mark{0, "\x89HDF\r\n\x1a\n"sv, "it is HDF5, not a slide"},
};

/// The first bytes; the error is why there are none.
Result<std::string> headOf(const PositionedFile& file) {
  std::string text(static_cast<size_t>(std::min<uint64_t>(file.size(), 1024)), '\0');
  const std::span bytes(reinterpret_cast<uint8_t*>(text.data()), text.size());
  if (std::string reason = file.read(0, bytes); !reason.empty()) return fail(std::move(reason));
  return text;
}

bool isWebPage(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::tolower(letter); });
  const size_t begin = text.find_first_not_of("\xef\xbb\xbf \t\r\n");
  if (begin == std::string::npos) return false;
  const std::string_view rest = std::string_view(text).substr(begin);
  return rest.starts_with("<!doctype html") || rest.starts_with("<html");
}

/// "BM", four bytes of 0, and the length of one of the heads there are.
bool isBmp(std::string_view text) {
  constexpr std::string_view kHeads = "\x0c\x28\x34\x38\x40\x6c\x7c";
  return text.size() > 18 && text.starts_with("BM") && text.substr(6, 4) == "\0\0\0\0"sv &&
         kHeads.find(text[14]) != std::string_view::npos && text.substr(15, 3) == "\0\0\0"sv;
}

/// MIRAX keeps its pictures in a folder of the file's name.
std::string mirax(const std::filesystem::path& file) {
  const std::filesystem::path folder = std::filesystem::path(file).replace_extension();
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored))
    return fmt::format("a MIRAX slide needs its folder '{}' beside it, which is not there",
                       folder.filename().string());
  if (!std::filesystem::exists(folder / "Slidedat.ini", ignored))
    return fmt::format("its folder '{}' lacks the file 'Slidedat.ini'", folder.filename().string());
  return {};
}

}  // namespace

std::string unreadFormat(const FileHead& head) {
  if (!head.file) return "it is a folder that holds no DICOM slide and no OME-Zarr";
  if (head.file->size() == 0) return "it is empty";
  const Result<std::string> read = headOf(*head.file);
  if (!read) return read.error().sentence;
  const std::string& text = *read;
  if (isWebPage(text)) return "it is a web page, as a download leaves that met a login or an error";
  if (head.path.extension() == ".mrxs")
    if (std::string reason = mirax(head.path); !reason.empty()) return reason;
  for (const Mark& mark : kMarks)
    if (text.size() >= mark.at && std::string_view(text).substr(mark.at).starts_with(mark.bytes))
      return std::string(mark.what);
  if (isBmp(text)) return "it is a BMP, which is not read: save it as PNG";
  if (isTiffCutShort(*head.file)) return "it is cut short: the table of what it holds lies beyond its end";
  if (!head.tiff.pictures.empty() && head.tiff.tiled.empty())
    return "it is a TIFF without tiles that is no single picture of up to 8 bits a colour" +
           std::string(kConvert);
  return "no reader knows this format";
}

}  // namespace geneglass
