// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/fuzz/slide_reading.h"
#include "tests/viewer/slide/formats/zarr/made_zarr.h"

// A folder of Zarr: .zattrs, .zarray, and the first chunk.
namespace geneglass::fuzzing {
namespace {

std::filesystem::path zarrFolder() {
  return folderInMemory() / "case.zarr";
}

std::vector<std::string> zarrSeeds() {
  std::vector<std::string> seeds;
  for (const char* packing : {"raw", "zlib", "gzip", "zstd", "blosc"})
    for (const bool isColour : {false, true}) {
      testing::ZarrRecipe recipe{.width = 24, .height = 16, .tile = 16, .levels = 1, .packing = packing};
      recipe.separator = ".";
      if (isColour) recipe.channels = 3, recipe.type = "|u1", recipe.channelsAChunk = 3;
      testing::writeZarr(zarrFolder(), recipe);
      seeds.push_back(joinedParts({bytesOf(zarrFolder() / ".zattrs"), bytesOf(zarrFolder() / "0/.zarray"),
                                   bytesOf(zarrFolder() / "0/0.0.0.0.0")}));
    }
  std::filesystem::remove_all(zarrFolder());
  return seeds;
}

void readZarr(std::string_view bytes) {
  const std::vector<std::string_view> parts = partsOf(bytes, 3);
  std::filesystem::create_directories(zarrFolder() / "0");
  fileInMemory("case.zarr/.zgroup", R"({"zarr_format":2})");
  fileInMemory("case.zarr/.zattrs", parts[0]);
  fileInMemory("case.zarr/0/.zarray", parts[1]);
  fileInMemory("case.zarr/0/0.0.0.0.0", parts[2]);
  readSlide(zarrFolder(), bytes);
}

const AddedTarget kTarget({.name = "zarr",
                           .seeds = zarrSeeds,
                           .read = readZarr,
                           .mostBytes = 8192,
                           .words = {"\"zarr_format\":2", "\"shape\":[1,1,1,9223372036854775807,1]",
                                     "\"chunks\":[1,1,1,1,1]", "\"fill_value\":\"NaN\"",
                                     "\"fill_value\":1e300", "\"<f4\"", "\">u2\"", "\"|i1\"",
                                     "\"dimension_separator\":\"/\"", "\"omero\"", "\"window\"", "\"axes\"",
                                     "-1", "1e999", "null", "[[[[", "\"path\":\"..\""}});

}  // namespace
}  // namespace geneglass::fuzzing
