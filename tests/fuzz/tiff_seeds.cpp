// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/tiff_seeds.h"

#include "tests/fuzz/fuzz_target.h"
#include "tests/viewer/slide/channels/made_channels.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/ndpi/made_ndpi.h"

namespace geneglass::fuzzing {
namespace {

using testing::ChannelRecipe;
using testing::TiffRecipe;

const char* const kAperio = "Aperio Image Library v1\r\n60x40 (32x32) JPEG/RGB Q=70|AppMag = 20|MPP = 0.4990";

std::vector<TiffRecipe> colourRecipes() {
  std::vector<TiffRecipe> all{
      {.levels = 2},
      {.levels = 2, .description = kAperio},
      {.photometric = PHOTOMETRIC_RGB, .description = kAperio},
      {.big = true, .levels = 2},
      {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .predictor = true, .levels = 2},
      {.compression = COMPRESSION_ADOBE_DEFLATE, .photometric = PHOTOMETRIC_RGB, .bits = 16},
      {.compression = COMPRESSION_NONE, .photometric = PHOTOMETRIC_RGB, .planes = PLANARCONFIG_SEPARATE},
      {.compression = COMPRESSION_NONE,
       .photometric = PHOTOMETRIC_MINISBLACK,
       .samples = 1,
       .levels = 2,
       .subIfds = true},
      {.compression = COMPRESSION_LZW, .photometric = PHOTOMETRIC_RGB, .samples = 4}};
  for (const uint16_t compression : {COMPRESSION_PACKBITS, COMPRESSION_WEBP, COMPRESSION_ZSTD,
                                     COMPRESSION_LZMA, COMPRESSION_DEFLATE, COMPRESSION_NONE})
    all.push_back({.compression = compression, .photometric = PHOTOMETRIC_RGB});
  for (TiffRecipe& recipe : all) recipe.width = 60, recipe.height = 40, recipe.tile = 32;
  return all;
}

/// Fluorescence: OME-TIFF, ImageJ, QPTIFF and plain values.
std::vector<ChannelRecipe> channelRecipes() {
  std::vector<ChannelRecipe> all(7);
  all[0] = {.width = 60,
            .height = 40,
            .directories = 2,
            .levels = 2,
            .compression = COMPRESSION_LZW,
            .predictor = PREDICTOR_HORIZONTAL};
  all[0].descriptions = {testing::omeXml(all[0], 2, "SizeZ=\"1\"", "<TiffData IFD=\"0\" PlaneCount=\"2\"/>")};
  all[1] = {.tile = 0, .rows = 40, .directories = 4};
  all[1].descriptions = {"ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nunit=micron\nmin=0\nmax=99\n"};
  all[2] = {.tile = 0, .directories = 2, .bits = 8, .compression = COMPRESSION_PACKBITS};
  all[2].descriptions.assign(2,
                             "<PerkinElmer-QPI-ImageDescription><ImageType>FullResolution</ImageType><Name>a"
                             "</Name><Color>1,2,3</Color></PerkinElmer-QPI-ImageDescription>");
  all[3] = {.samples = 4,
            .bits = 32,
            .format = SAMPLEFORMAT_IEEEFP,
            .planes = PLANARCONFIG_SEPARATE,
            .compression = COMPRESSION_ADOBE_DEFLATE,
            .predictor = PREDICTOR_FLOATINGPOINT};
  all[4] = {.samples = 3, .bits = 12, .photometric = PHOTOMETRIC_RGB};
  all[5] = {.samples = 1, .bits = 16, .bigEndian = true};
  all[6] = {.samples = 1, .bits = 8, .compression = COMPRESSION_JPEG};
  for (ChannelRecipe& recipe : all) {
    recipe.width = 60, recipe.height = 40;
    if (recipe.tile) recipe.tile = 32;
  }
  return all;
}

}  // namespace

std::vector<std::string> tiffSeeds() {
  TIFFSetWarningHandler(nullptr);
  std::vector<std::string> seeds;
  const auto add = [&](auto write) { seeds.push_back(written("seed.tif", write)); };
  for (const TiffRecipe& recipe : colourRecipes())
    if (TIFFIsCODECConfigured(recipe.compression)) add([&](const auto& at) { writeTiff(at, recipe); });
  for (const ChannelRecipe& recipe : channelRecipes())
    add([&](const auto& at) { writeChannels(at, recipe); });
  for (const bool yCbCr : {false, true})
    add([&](const auto& at) {
      testing::writeAperioJpeg2000(at, {.width = 60, .height = 40, .tile = 32},
                                   {.yCbCr = yCbCr, .stepX = 1 + yCbCr});
    });
  for (const int interval : {0, 4})
    add([&](const auto& at) {
      testing::writeNdpi(at, {.size = {64, 32}, .levels = 1, .interval = interval, .macro = false});
    });
  for (std::string& real : realSeeds("broken", 65536))
    if (real.starts_with("II") || real.starts_with("MM")) seeds.push_back(std::move(real));
  return seeds;
}

}  // namespace geneglass::fuzzing
