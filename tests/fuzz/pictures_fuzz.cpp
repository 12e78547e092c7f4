// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/pictures/made_pictures.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/pictures/plain_picture.h"

// PNG, JPEG, JPEG 2000, WebP and plain TIFF, row by row.
namespace geneglass::fuzzing {
namespace {

std::vector<std::string> pictureSeeds() {
  std::vector<std::string> seeds;
  const auto add = [&](auto write) { seeds.push_back(written("seed", write)); };
  for (const int colour :
       {PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB_ALPHA, PNG_COLOR_TYPE_GRAY_ALPHA})
    for (const bool interlaced : {false, true})
      add([&](const auto& at) {
        testing::writePng(at, {.width = 30,
                               .height = 20,
                               .colourType = colour,
                               .bits = interlaced ? 16 : 8,
                               .interlaced = interlaced,
                               .dotsPerMetre = 2'000'000});
      });
  add([](const auto& at) { testing::writeWebp(at, 30, 20); });
  add([](const auto& at) { testing::writeTiff(at, {.width = 30, .height = 20, .tile = 16}); });
  add([](const auto& at) {
    testing::writeJpeg(at, {.width = 30, .height = 20, .dotsPerCentimetre = 20000});
  });
  add([](const auto& at) { testing::writeJpeg(at, {.width = 30, .height = 20, .progressive = true}); });
  const std::vector<uint8_t> stream = testing::jpeg2000Bytes({.tile = 32}, {}, 0, 0);
  seeds.emplace_back(stream.begin(), stream.end());
  for (std::string& real : realSeeds("broken", 8192)) seeds.push_back(std::move(real));
  return seeds;
}

void readPicture(std::string_view bytes) {
  const std::filesystem::path file = fileInMemory("case", bytes);
  const Result<FileHead> head = readFileHead(file);
  if (!head) return checkSentence(head.error().sentence, file);
  for (const OpenPicture open : {openPng, openJpeg, openJpeg2000, openWebp, openTiffPicture}) {
    try {
      readRows(open(*head), file);
    } catch (const std::exception&) {  // `next` may throw
    }
  }
}

const AddedTarget kTarget({.name = "pictures",
                           .seeds = pictureSeeds,
                           .read = readPicture,
                           .mostBytes = 8192,
                           .words = {"IHDR", "IDAT", "iCCP", "pHYs", "tRNS", "PLTE", "RIFF", "WEBPVP8 ",
                                     "ICC_PROFILE", "\xff\xd8\xff\xe0", "\xff\xc0", "\xff\xc2", "\xff\xda",
                                     "Exif"}});

}  // namespace
}  // namespace geneglass::fuzzing
