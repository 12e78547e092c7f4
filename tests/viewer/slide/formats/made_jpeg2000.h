// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <openjpeg.h>

#include <cstring>

#include "tests/viewer/slide/formats/made_tiff.h"

namespace geneglass::testing {

/// How Aperio's JPEG 2000 tiles are made; TiffRecipe says the rest.
struct Jpeg2000Recipe {
  bool yCbCr = false;  ///< compression 33003, else 33005
  int stepX = 1;       ///< pixels that one sample of chroma covers
  int stepY = 1;
  int resolutions = 6;  ///< 1: it cannot be halved
};

inline double clampedByte(double value) {
  return std::clamp(value, 0.0, 255.0);
}

/// JFIF 1.02: component 0, 1 or 2 of a pixel.
inline int componentOf(uint32_t pixel, int component, bool yCbCr) {
  const double red = redOf(pixel);
  const double green = greenOf(pixel);
  const double blue = blueOf(pixel);
  if (!yCbCr) return static_cast<int>(component == 0 ? red : component == 1 ? green : blue);
  const double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  if (component == 0) return static_cast<int>(std::lround(luma));
  const double chroma = component == 1 ? (blue - luma) / 1.772 : (red - luma) / 1.402;
  return static_cast<int>(std::lround(clampedByte(chroma + 128)));
}

/// The encoder's bytes; it wants callbacks.
struct WrittenBytes {
  std::vector<uint8_t> bytes;
  size_t at = 0;

  static OPJ_SIZE_T write(void* from, OPJ_SIZE_T count, void* user) {
    auto& own = *static_cast<WrittenBytes*>(user);
    own.bytes.resize(std::max(own.bytes.size(), own.at + count));
    std::memcpy(own.bytes.data() + own.at, from, count);
    own.at += count;
    return count;
  }
  static OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
    static_cast<WrittenBytes*>(user)->at += static_cast<size_t>(count);
    return count;
  }
  static OPJ_BOOL seek(OPJ_OFF_T position, void* user) {
    static_cast<WrittenBytes*>(user)->at = static_cast<size_t>(position);
    return OPJ_TRUE;
  }
};

inline opj_image_t* paintedPicture(const TiffRecipe& recipe, const Jpeg2000Recipe& kind, int left, int top) {
  opj_image_cmptparm_t parts[3] = {};
  for (int i = 0; i < 3; ++i) {
    parts[i].dx = static_cast<uint32_t>(i == 0 ? 1 : kind.stepX);
    parts[i].dy = static_cast<uint32_t>(i == 0 ? 1 : kind.stepY);
    parts[i].w = static_cast<uint32_t>(recipe.tile) / parts[i].dx;
    parts[i].h = static_cast<uint32_t>(recipe.tile) / parts[i].dy;
    parts[i].prec = 8;
  }
  opj_image_t* picture = opj_image_create(3, parts, OPJ_CLRSPC_UNSPECIFIED);
  picture->x1 = picture->y1 = static_cast<uint32_t>(recipe.tile);
  for (int i = 0; i < 3; ++i) {
    const auto [width, height, dx, dy] = std::tuple{parts[i].w, parts[i].h, parts[i].dx, parts[i].dy};
    for (uint32_t y = 0; y < height; ++y)
      for (uint32_t x = 0; x < width; ++x)
        picture->comps[i].data[y * width + x] = componentOf(
            paintedAt(left + static_cast<int>(x * dx), top + static_cast<int>(y * dy)), i, kind.yCbCr);
  }
  return picture;
}

/// A codestream without loss; takes the picture.
inline std::vector<uint8_t> encodedJpeg2000(opj_image_t* picture, const Jpeg2000Recipe& kind) {
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.tcp_mct = kind.yCbCr ? 0 : 1;
  parameters.numresolution = kind.resolutions;
  WrittenBytes written;
  opj_codec_t* codec = opj_create_compress(OPJ_CODEC_J2K);
  opj_stream_t* stream = opj_stream_create(1 << 16, OPJ_FALSE);
  opj_stream_set_user_data(stream, &written, nullptr);
  opj_stream_set_write_function(stream, WrittenBytes::write);
  opj_stream_set_skip_function(stream, WrittenBytes::skip);
  opj_stream_set_seek_function(stream, WrittenBytes::seek);
  opj_setup_encoder(codec, &parameters, picture);
  opj_start_compress(codec, picture, stream);
  opj_encode(codec, stream);
  opj_end_compress(codec, stream);
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(picture);
  return std::move(written.bytes);
}

/// Of one tile of what made files show.
inline std::vector<uint8_t> jpeg2000Bytes(const TiffRecipe& recipe, const Jpeg2000Recipe& kind, int left,
                                          int top) {
  return encodedJpeg2000(paintedPicture(recipe, kind, left, top), kind);
}

/// As writeTiff, with Aperio's JPEG 2000 tiles.
inline void writeAperioJpeg2000(const std::filesystem::path& file, TiffRecipe recipe,
                                const Jpeg2000Recipe& kind) {
  recipe.compression = kind.yCbCr ? 33003 : 33005;
  recipe.photometric = PHOTOMETRIC_RGB;
  recipe.description = "Aperio Image Library v1\r\n(128x128) J2K/KDU Q=70|AppMag = 20|MPP = 0.4990";
  TIFF* tiff = TIFFOpen(file.c_str(), "w");
  for (int level = 0; level < recipe.levels; ++level) {
    setTiffTags(tiff, recipe);
    uint32_t tile = 0;
    for (int top = 0; top < recipe.height; top += recipe.tile)
      for (int left = 0; left < recipe.width; left += recipe.tile) {
        std::vector<uint8_t> bytes = jpeg2000Bytes(recipe, kind, left, top);
        TIFFWriteRawTile(tiff, tile++, bytes.data(), static_cast<tmsize_t>(bytes.size()));
      }
    TIFFWriteDirectory(tiff);
    recipe.width /= 2;
    recipe.height /= 2;
  }
  TIFFClose(tiff);
}

}  // namespace geneglass::testing
