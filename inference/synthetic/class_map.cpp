// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/synthetic/class_map.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

constexpr int kSamples = 4;  ///< a side of a cell

struct PngWriter {
  png_structp png = png_create_write_struct(
      PNG_LIBPNG_VER_STRING, nullptr, [](png_structp, png_const_charp why) { throw std::runtime_error(why); },
      nullptr);
  png_infop info = png_create_info_struct(png);
  ~PngWriter() { png_destroy_write_struct(&png, &info); }
};

void append(png_structp png, png_bytep bytes, png_size_t count) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), count);
}

std::string pngOf(const std::vector<uint8_t>& classes, int64_t columns) {
  std::string bytes;
  const PngWriter writer;
  std::vector<png_color> palette;
  for (TissueClass tissue : kAllTissueClasses) {
    const uint32_t colour = mapColour(tissue);
    palette.push_back({static_cast<png_byte>(colour >> 16), static_cast<png_byte>(colour >> 8),
                       static_cast<png_byte>(colour)});
  }
  const auto rows = static_cast<int64_t>(classes.size()) / columns;
  png_set_write_fn(writer.png, &bytes, append, [](png_structp) {});
  png_set_IHDR(writer.png, writer.info, static_cast<png_uint_32>(columns), static_cast<png_uint_32>(rows), 8,
               PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_PLTE(writer.png, writer.info, palette.data(), static_cast<int>(palette.size()));
  png_write_info(writer.png, writer.info);
  for (int64_t row = 0; row < rows; ++row)
    png_write_row(writer.png, &classes[static_cast<size_t>(row * columns)]);
  png_write_end(writer.png, writer.info);
  return bytes;
}

}  // namespace

std::vector<float> mapRow(const TissueLayout& layout, Size size, int64_t row) {
  const auto columns = static_cast<size_t>(mapCells(size.width));
  std::vector<float> fractions(kTissueClasses * columns);
  constexpr int kStep = kMapCell / kSamples;
  constexpr int64_t kMiddle = kStep / 2;
  for (size_t column = 0; column < columns; ++column) {
    const int64_t x0 = static_cast<int64_t>(column) * kMapCell, y0 = row * kMapCell;
    const int64_t across = std::clamp<int64_t>((size.width - x0 + kMiddle) / kStep, 1, kSamples);
    const int64_t down = std::clamp<int64_t>((size.height - y0 + kMiddle) / kStep, 1, kSamples);
    for (int64_t j = 0; j < down; ++j)
      for (int64_t i = 0; i < across; ++i) {
        const auto x = static_cast<float>(x0 + i * kStep + kMiddle),
                   y = static_cast<float>(y0 + j * kStep + kMiddle);
        const auto tissue = static_cast<size_t>(layout.classAt(x, y));
        fractions[tissue * columns + column] += 1 / static_cast<float>(across * down);
      }
  }
  return fractions;
}

std::vector<uint8_t> mostOf(const std::vector<float>& row) {
  const size_t columns = row.size() / kTissueClasses;
  std::vector<uint8_t> classes(columns);
  for (size_t k = 1; k < kTissueClasses; ++k)
    for (size_t column = 0; column < columns; ++column)
      if (row[k * columns + column] > row[classes[column] * columns + column])
        classes[column] = static_cast<uint8_t>(k);
  return classes;
}

Result<void> writeClassMap(const std::filesystem::path& file, const std::vector<uint8_t>& classes,
                           int64_t columns) {
  try {
    return writeText(file, pngOf(classes, columns));
  } catch (const std::exception& error) {
    return fail(fmt::format("Cannot write '{}': {}.", file.string(), reasonOf(error)));
  }
}

}  // namespace geneglass
