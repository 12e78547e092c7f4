// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/viewer/slide/formats/dicom/made_dicom.h"
#include "tests/viewer/slide/formats/made_jpeg2000.h"
#include "tests/viewer/slide/formats/zarr/made_zarr.h"
#include "viewer/foundation/files/unpacked_bytes.h"
#include "viewer/slide/formats/jpeg2000_decoder.h"
#include "viewer/slide/formats/jpeg_decoder.h"
#include "viewer/slide/formats/pictures/packed_tile.h"
#include "viewer/slide/formats/zarr/zarr_packing.h"

// Each decoder of a tile's bytes, alone and in memory. The first byte chooses which.
namespace geneglass::fuzzing {
namespace {

constexpr int kSide = 16;
constexpr std::array kPackings{ZarrPacking::Raw, ZarrPacking::Zlib, ZarrPacking::Gzip, ZarrPacking::Zstd,
                               ZarrPacking::Blosc};
constexpr size_t kJpeg = 0, kJpeg2000 = 8, kTile = 12, kInflate = 14, kZstd = 15, kZarr = 16,
                 kDecoders = kZarr + kPackings.size();

std::vector<std::string> packedSeeds() {
  std::vector<std::string> seeds;
  const auto add = [&](size_t choice, const std::vector<uint8_t>& bytes) {
    seeds.push_back(chosen(choice, std::string(bytes.begin(), bytes.end())));
  };
  Image image = Image::unset(kSide, kSide);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) image.at(x, y) = testing::paintedAt(x, y);
  for (size_t i = kJpeg; i < kJpeg2000; ++i) add(i, testing::encodedJpeg(image, 80, i % 2 == 0));
  for (const bool yCbCr : {false, true})
    for (size_t i = 0; i < 2; ++i)
      add(kJpeg2000 + 2 * i + yCbCr,
          testing::jpeg2000Bytes({.tile = kSide}, {.yCbCr = yCbCr, .stepX = 1 + yCbCr, .resolutions = 3}, 0,
                                 0));
  add(kTile, packTile(image).bytes);
  const std::vector<uint8_t> plain(512, 7);
  add(kInflate, testing::gzipped(plain, true));
  const char* const names[] = {"raw", "zlib", "gzip", "zstd", "blosc"};
  for (size_t i = 0; i < kPackings.size(); ++i) {
    const std::vector<uint8_t> packed = testing::packedZarr({.packing = names[i]}, plain);
    add(kZarr + i, packed);
    if (kPackings[i] == ZarrPacking::Zstd) add(kZstd, packed);
  }
  return seeds;
}

/// The choice also says the colours and how small.
void decode(std::string_view bytes) {
  const size_t choice = choiceOf(bytes, kDecoders);
  const std::span<const uint8_t> packed = asBytes(bytes);
  const int reduction = choice < kJpeg2000                          ? 1 << choice / 2
                        : choice < kTile && choice >= kJpeg2000 + 2 ? 2
                                                                    : 1;
  Image image = Image::unset(kSide / reduction, kSide / reduction);
  std::vector<uint8_t> plain(512);
  if (choice < kJpeg2000) {
    const JpegColour colour = choice % 2 ? JpegColour::YCbCr : JpegColour::Rgb;
    (void)decodeJpeg({packed, {}, colour, {kSide, kSide}, reduction}, image);
  } else if (choice < kTile) {
    const Jpeg2000Colour colour = choice % 2 ? Jpeg2000Colour::YCbCr : Jpeg2000Colour::Rgb;
    (void)decodeJpeg2000({packed, colour, {kSide, kSide}, reduction}, image);
  } else if (choice < kInflate) {
    (void)unpackTile(packed, choice == kTile ? 3 : 4, image);
  } else if (choice == kInflate) {
    (void)inflateInto(packed, plain);
  } else if (choice == kZstd) {
    if (const auto count = unpackZstd(packed, plain); count && *count > plain.size())
      broken("no more is unpacked than there is room for");
  } else {
    (void)unpackZarr(kPackings[choice - kZarr], packed, plain);
  }
}

const AddedTarget kTarget({.name = "decoders",
                           .seeds = packedSeeds,
                           .read = decode,
                           .mostBytes = 4096,
                           .words = {"\xff\xd8", "\xff\xc0", "\xff\xc4", "\xff\xda", "\xff\xdd", "\xff\xee",
                                     "JFIF", "Adobe", "\xff\x4f", "\xff\x51", "\xff\x52", "\xff\x5c",
                                     "\xff\x90", "\xff\x93"}});

}  // namespace
}  // namespace geneglass::fuzzing
