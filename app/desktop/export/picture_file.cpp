// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/picture_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace geneglass {
namespace {

/// SVG programs hold the picture whole, and some refuse more bytes in one attribute.
constexpr int64_t kMostSvgSide = 8000;

struct PictureEnding {
  const char* ending;
  PictureFormat format;
};
constexpr std::array kEndings{
    PictureEnding{".png", PictureFormat::Png},   PictureEnding{".jpg", PictureFormat::Jpeg},
    PictureEnding{".jpeg", PictureFormat::Jpeg}, PictureEnding{".tif", PictureFormat::Tiff},
    PictureEnding{".tiff", PictureFormat::Tiff}, PictureEnding{".svg", PictureFormat::Svg}};

}  // namespace

Result<PictureFormat> pictureFormatOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char letter) { return std::tolower(letter); });
  for (const PictureEnding& known : kEndings)
    if (ending == known.ending) return known.format;
  return fail(
      fmt::format("Cannot write '{}': a snapshot's name ends in .png, .jpg, .tif or .svg.", file.string()));
}

Result<void> checkPictureSize(const std::filesystem::path& file, PictureFormat format, Size size) {
  const int64_t side = std::max(size.width, size.height);
  if (format == PictureFormat::Jpeg && side > kMostJpegSide)
    return fail(fmt::format("Cannot write '{}': a JPEG has at most {} pixels a side, not {} x {}.",
                            file.string(), kMostJpegSide, size.width, size.height));
  if (format == PictureFormat::Svg && side > kMostSvgSide)
    return fail(
        fmt::format("Cannot write '{}': the picture in an SVG has at most {} pixels a side, not {} x "
                    "{}; PNG, JPEG and TIFF have more.",
                    file.string(), kMostSvgSide, size.width, size.height));
  return {};
}

Result<std::unique_ptr<PictureFile>> PictureFile::create(const std::filesystem::path& file,
                                                         PictureFormat format, const PictureFacts& facts,
                                                         const DrawnAnnotations& annotations) {
  std::unique_ptr<PictureFile> made(new PictureFile(file));
  if (auto opened = made->m_file.state(); !opened) return tl::unexpected(opened.error());
  const TakeBytes take = [part = &made->m_file](const void* bytes, size_t count) {
    part->append(bytes, count);
  };
  switch (format) {
    case PictureFormat::Png:
      made->m_rows.emplace<PngRows>(take, facts);
      break;
    case PictureFormat::Jpeg:
      made->m_rows.emplace<JpegRows>(take, facts);
      break;
    case PictureFormat::Tiff:
      made->m_rows.emplace<TiffRows>(made->m_file, facts);
      break;
    case PictureFormat::Svg:
      made->m_rows.emplace<SvgRows>(take, facts, annotations);
      break;
  }
  if (auto begun = made->m_file.state(); !begun) return tl::unexpected(begun.error());
  return made;
}

Result<void> PictureFile::append(const QImage& rows) {
  std::visit(
      [&](auto& writer) {
        if constexpr (requires { writer.append(rows); }) writer.append(rows);
      },
      m_rows);
  return m_file.state();
}

Result<void> PictureFile::finish() {
  std::visit(
      [](auto& writer) {
        if constexpr (requires { writer.finish(); }) writer.finish();
      },
      m_rows);
  return m_file.finish();
}

}  // namespace geneglass
