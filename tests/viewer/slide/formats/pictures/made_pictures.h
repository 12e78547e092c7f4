// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <png.h>
#include <webp/encode.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <jpeglib.h>

#include "tests/viewer/slide/formats/made_tiff.h"
#include "viewer/slide/formats/pictures/pyramid_levels.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/region.h"

namespace geneglass::testing {

/// What a made PNG is like.
struct PngRecipe {
  int width = 700;
  int height = 530;
  int colourType = PNG_COLOR_TYPE_RGB;
  int bits = 8;
  bool interlaced = false;
  uint32_t dotsPerMetre = 0;  ///< 0: not said
};

/// The bytes of row y, in the layout of the recipe.
inline std::vector<uint8_t> pngRow(const PngRecipe& recipe, int y) {
  std::vector<uint8_t> row;
  for (int x = 0; x < recipe.width; ++x) {
    const uint32_t pixel = paintedAt(x, y);
    const auto put = [&](int value) {
      row.push_back(static_cast<uint8_t>(value));
      if (recipe.bits == 16) row.push_back(static_cast<uint8_t>(value));
    };
    if (recipe.colourType & PNG_COLOR_MASK_COLOR) {
      put(redOf(pixel));
      put(greenOf(pixel));
      put(blueOf(pixel));
    } else {
      put(greenOf(pixel));
    }
    if (recipe.colourType & PNG_COLOR_MASK_ALPHA) put(x % 256);
  }
  return row;
}

inline void writePng(const std::filesystem::path& file, const PngRecipe& recipe,
                     const std::function<std::vector<uint8_t>(int y)>& rowOf = {}) {
  FILE* out = std::fopen(file.c_str(), "wb");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, out);
  png_set_compression_level(png, 1);
  png_set_IHDR(png, info, static_cast<uint32_t>(recipe.width), static_cast<uint32_t>(recipe.height),
               recipe.bits, recipe.colourType, recipe.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (recipe.dotsPerMetre)
    png_set_pHYs(png, info, recipe.dotsPerMetre, recipe.dotsPerMetre, PNG_RESOLUTION_METER);
  if (recipe.colourType == PNG_COLOR_TYPE_PALETTE) {
    std::vector<png_color> palette;
    std::vector<png_byte> alphas;
    for (int i = 0; i < 1 << recipe.bits; ++i) {
      palette.push_back(
          {static_cast<png_byte>(i * 11), static_cast<png_byte>(i * 5), static_cast<png_byte>(255 - i)});
      alphas.push_back(static_cast<png_byte>(i == 0 ? 0 : 255));
    }
    png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    png_set_tRNS(png, info, alphas.data(), static_cast<int>(alphas.size()), nullptr);
  }
  png_write_info(png, info);
  std::vector<std::vector<uint8_t>> rows;
  std::vector<png_bytep> places;
  for (int y = 0; y < recipe.height; ++y) {
    std::vector<uint8_t> row = rowOf ? rowOf(y) : pngRow(recipe, y);
    if (!recipe.interlaced)
      png_write_row(png, row.data());
    else
      rows.push_back(std::move(row));
  }
  for (auto& row : rows) places.push_back(row.data());
  if (recipe.interlaced) png_write_image(png, places.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  std::fclose(out);
}

/// What a made JPEG is like.
struct JpegRecipe {
  int width = 700;
  int height = 530;
  J_COLOR_SPACE colours = JCS_RGB;  ///< of the pixels given
  bool progressive = false;
  std::string exif = {};  ///< the bytes of an APP1 marker
  int dotsPerCentimetre = 0;
};

inline void writeJpeg(const std::filesystem::path& file, const JpegRecipe& recipe) {
  FILE* out = std::fopen(file.c_str(), "wb");
  jpeg_compress_struct info;
  jpeg_error_mgr error;
  info.err = jpeg_std_error(&error);
  jpeg_create_compress(&info);
  jpeg_stdio_dest(&info, out);
  info.image_width = static_cast<JDIMENSION>(recipe.width);
  info.image_height = static_cast<JDIMENSION>(recipe.height);
  info.in_color_space = recipe.colours;
  info.input_components = recipe.colours == JCS_CMYK ? 4 : recipe.colours == JCS_GRAYSCALE ? 1 : 3;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, 95, TRUE);
  if (recipe.progressive) jpeg_simple_progression(&info);
  if (recipe.dotsPerCentimetre > 0) {
    info.density_unit = 2;
    info.X_density = info.Y_density = static_cast<UINT16>(recipe.dotsPerCentimetre);
  }
  jpeg_start_compress(&info, TRUE);
  if (!recipe.exif.empty())
    jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(recipe.exif.data()),
                      static_cast<unsigned>(recipe.exif.size()));
  for (int y = 0; y < recipe.height; ++y) {
    std::vector<uint8_t> row;
    for (int x = 0; x < recipe.width; ++x) {
      const uint32_t pixel = paintedAt(x, y);
      row.push_back(static_cast<uint8_t>(recipe.colours == JCS_GRAYSCALE ? greenOf(pixel) : redOf(pixel)));
      if (recipe.colours == JCS_GRAYSCALE) continue;
      row.push_back(static_cast<uint8_t>(greenOf(pixel)));
      row.push_back(static_cast<uint8_t>(blueOf(pixel)));
      if (recipe.colours == JCS_CMYK) row.push_back(255);
    }
    JSAMPROW place = row.data();
    jpeg_write_scanlines(&info, &place, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::fclose(out);
}

/// The pixels that libjpeg itself makes of it, as PIL and OpenCV have them.
inline Image decodedJpeg(const std::filesystem::path& file) {
  FILE* in = std::fopen(file.c_str(), "rb");
  jpeg_decompress_struct info;
  jpeg_error_mgr error;
  info.err = jpeg_std_error(&error);
  jpeg_create_decompress(&info);
  jpeg_stdio_src(&info, in);
  jpeg_read_header(&info, TRUE);
  info.out_color_space = JCS_RGB;
  jpeg_start_decompress(&info);
  Image image(static_cast<int>(info.output_width), static_cast<int>(info.output_height));
  std::vector<uint8_t> row(3 * info.output_width);
  while (info.output_scanline < info.output_height) {
    const auto y = static_cast<int>(info.output_scanline);
    JSAMPROW place = row.data();
    jpeg_read_scanlines(&info, &place, 1);
    for (int x = 0; x < image.width; ++x) {
      const size_t at = 3 * static_cast<size_t>(x);
      image.at(x, y) = opaque(row[at], row[at + 1], row[at + 2]);
    }
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  std::fclose(in);
  return image;
}

inline void writeBytes(const std::filesystem::path& file, const uint8_t* bytes, size_t count) {
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes), static_cast<std::streamsize>(count));
}

inline void writeWebp(const std::filesystem::path& file, int width, int height) {
  std::vector<uint8_t> pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const uint32_t pixel = paintedAt(x, y);
      pixels.insert(pixels.end(), {static_cast<uint8_t>(redOf(pixel)), static_cast<uint8_t>(greenOf(pixel)),
                                   static_cast<uint8_t>(blueOf(pixel))});
    }
  uint8_t* bytes = nullptr;
  const size_t count = WebPEncodeLosslessRGB(pixels.data(), width, height, 3 * width, &bytes);
  writeBytes(file, bytes, count);
  WebPFree(bytes);
}

/// All of level 0.
inline Result<Image> wholeOf(const OpenedSlide& opened) {
  const Size size = opened.slide->size();
  return readLevelRegion(*opened.slide, *opened.source, 0, 0, 0, static_cast<int>(size.width),
                         static_cast<int>(size.height));
}

/// How many pixels are none of those that the function says.
template <typename Wanted>
int64_t wrongPixels(const Image& image, const Wanted& wantedAt) {
  int64_t wrong = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) wrong += image.at(x, y) != wantedAt(x, y);
  return wrong;
}

}  // namespace geneglass::testing
