// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/viewer/slide/formats/dicom/made_dicom.h"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/made_tiff.h"

namespace geneglass::testing {
namespace {

Image tileOf(const DicomRecipe& recipe, int left, int top) {
  Image image(recipe.tile, recipe.tile, opaque(0, 0, 0));
  for (int y = 0; y < std::min(recipe.tile, recipe.height - top); ++y)
    for (int x = 0; x < std::min(recipe.tile, recipe.width - left); ++x)
      image.at(x, y) = recipe.picture ? recipe.picture(left + x, top + y) : paintedAt(left + x, top + y);
  return image;
}

std::vector<uint8_t> samplesOf(const Image& image) {
  std::vector<uint8_t> samples;
  for (const uint32_t pixel : image.pixels)
    for (const int sample : {redOf(pixel), greenOf(pixel), blueOf(pixel)})
      samples.push_back(static_cast<uint8_t>(sample));
  return samples;
}

std::vector<uint8_t> jpeg2000Of(const Image& image) {
  opj_image_cmptparm_t parts[3] = {};
  for (auto& part : parts) {
    part.dx = part.dy = 1;
    part.w = static_cast<uint32_t>(image.width);
    part.h = static_cast<uint32_t>(image.height);
    part.prec = 8;
  }
  opj_image_t* picture = opj_image_create(3, parts, OPJ_CLRSPC_SRGB);
  picture->x1 = parts[0].w;
  picture->y1 = parts[0].h;
  for (size_t i = 0; i < image.pixels.size(); ++i) {
    const uint32_t pixel = image.pixels[i];
    picture->comps[0].data[i] = redOf(pixel);
    picture->comps[1].data[i] = greenOf(pixel);
    picture->comps[2].data[i] = blueOf(pixel);
  }
  return encodedJpeg2000(picture, {.resolutions = 4});
}

std::vector<uint8_t> encoded(const Image& image, MadeCoding coding) {
  if (coding == MadeCoding::Jpeg || coding == MadeCoding::JpegRgb)
    return encodedJpeg(image, 100, coding == MadeCoding::JpegRgb);
  return coding == MadeCoding::Jpeg2000 ? jpeg2000Of(image) : samplesOf(image);
}

}  // namespace

std::vector<uint8_t> encodedJpeg(const Image& image, int quality, bool rgb) {
  jpeg_compress_struct info{};
  jpeg_error_mgr error{};
  info.err = jpeg_std_error(&error);
  jpeg_create_compress(&info);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &bytes, &size);
  info.image_width = static_cast<JDIMENSION>(image.width);
  info.image_height = static_cast<JDIMENSION>(image.height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  if (rgb) jpeg_set_colorspace(&info, JCS_RGB);
  jpeg_set_quality(&info, quality, TRUE);
  info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = 1;
  info.write_JFIF_header = info.write_Adobe_marker = FALSE;
  jpeg_start_compress(&info, TRUE);
  std::vector<uint8_t> samples = samplesOf(image);
  const size_t row = 3 * static_cast<size_t>(image.width);
  for (int y = 0; y < image.height; ++y) {
    JSAMPROW begin = &samples[row * static_cast<size_t>(y)];
    jpeg_write_scanlines(&info, &begin, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::vector<uint8_t> made(bytes, bytes + size);
  std::free(bytes);
  return made;
}

WrittenDicom madeDicom(const DicomRecipe& recipe, WrittenDicom facts) {
  constexpr const char* kSyntaxes[] = {"1.2.840.10008.1.2.1", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.50",
                                       "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.90"};
  constexpr const char* kColours[] = {"RGB", "RGB", "YBR_FULL_422", "RGB", "YBR_RCT"};
  const auto coding = static_cast<size_t>(recipe.coding);
  facts.syntax = kSyntaxes[coding];
  facts.photometric = kColours[coding];
  facts.width = recipe.width;
  facts.height = recipe.height;
  facts.tileWidth = facts.tileHeight = recipe.tile;
  if (recipe.sparse) facts.organization = "TILED_SPARSE";
  int tile = 0;
  for (int top = 0; top < recipe.height; top += recipe.tile)
    for (int left = 0; left < recipe.width; left += recipe.tile) {
      if (recipe.sparse && recipe.leftOut.contains(tile++)) continue;
      facts.frames.push_back(encoded(tileOf(recipe, left, top), recipe.coding));
      if (recipe.sparse) facts.positions.emplace_back(left + 1, top + 1);
    }
  return facts;
}

WrittenDicom partOf(const WrittenDicom& whole, int first, int end, int part, int parts) {
  WrittenDicom cut = whole;
  cut.frames.assign(whole.frames.begin() + first, whole.frames.begin() + end);
  if (!whole.positions.empty())
    cut.positions.assign(whole.positions.begin() + first, whole.positions.begin() + end);
  cut.concatenation = whole.uid + ".9";
  cut.uid = whole.uid + "." + std::to_string(part);
  cut.part = part;
  cut.parts = parts;
  cut.firstFrame = first;
  return cut;
}

}  // namespace geneglass::testing
