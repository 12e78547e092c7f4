// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <tiffio.h>

#include <fstream>
#include <numeric>
#include <stdexcept>

#include "inference/features/feature_bag.h"
#include "tests/cases/case_readers.h"
#include "tests/inference/made_model.h"
#include "tests/support/test_files.h"
#include "tests/support/written_npz.h"
#include "tests/support/written_safetensors.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass::testing {
namespace {

using Path = std::filesystem::path;

/// Two levels of grey-blue squares in tiles of 128 px, packed by Deflate.
void makeTiff(const Path& file) {
  TIFF* tiff = TIFFOpen(file.c_str(), "wl");
  for (const uint32_t side : {512u, 256u}) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, side);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, side);
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 128);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, 128);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "made for a case");
    if (side < 512) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    std::vector<uint8_t> pixels(128 * 128 * 3);
    for (uint32_t tile = 0; tile < side / 128 * (side / 128); ++tile) {
      for (size_t i = 0; i < pixels.size(); ++i) pixels[i] = uint8_t(i * 7 + tile);
      TIFFWriteEncodedTile(tiff, tile, pixels.data(), tmsize_t(pixels.size()));
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
}

/// Six tiles of eight features.
void makeBag(const Path& file) {
  FeatureBag bag;
  bag.grid = {256, 256, 4, 3, {{0, 0}, {1, 0}, {2, 1}, {3, 1}, {0, 2}, {1, 2}}};
  bag.features = Matrix(6, 8);
  std::iota(bag.features.values.begin(), bag.features.values.end(), 0.0f);
  bag.slideHash = "slide", bag.encoderHash = "encoder", bag.key = "key";
  bag.mpp = 0.5;
  if (const auto written = writeBag(file, bag); !written) throw std::runtime_error(written.error().sentence);
}

void writeH5(const Path& file, const std::function<void(H5::H5File&)>& write) {
  if (const auto written = writeHdf5(file, write); !written)
    throw std::runtime_error(written.error().sentence);
}

/// The same of another tool: no grid, no check sums.
void makeForeignBag(const Path& file) {
  writeH5(file, [](H5::H5File& opened) {
    std::vector<float> features(48);
    std::iota(features.begin(), features.end(), 0.0f);
    writeFloats(opened, "features", {6, 8}, features);
    writeIntegers(opened, "coords", {6, 2},
                  std::vector<int32_t>{0, 0, 256, 0, 512, 0, 0, 256, 256, 256, 512, 256});
    H5::DataSet coords = opened.openDataSet("coords");
    writeAttribute(coords, "patch_size_level0", 256);
    writeAttribute(coords, "name", "slide");
  });
}

void makeTensors(const Path& file) {
  const auto written = writeTensors(file, {{"weight", {{4, 6}, std::vector<float>(24, 0.5f)}},
                                           {"bias", {{4}, std::vector<float>(4, 1.0f)}}});
  if (!written) throw std::runtime_error(written.error().sentence);
}

void writeCounts(H5::Group& at, const char* data, const char* indices, const char* starts) {
  writeIntegers(at, data, {4}, std::vector<int32_t>{5, 1, 2, 7});
  writeIntegers(at, indices, {4}, std::vector<int32_t>{0, 2, 1, 2});
  writeIntegers(at, starts, {4}, std::vector<int32_t>{0, 2, 3, 4});
}

void makeSpaceRanger(const Path& file) {
  writeH5(file, [](H5::H5File& opened) {
    H5::Group matrix = opened.createGroup("matrix"), features = matrix.createGroup("features");
    writeStrings(matrix, "barcodes", {"AAAC-1", "AAAG-1", "AAAT-1"});
    writeStrings(features, "name", {"CD8A", "VIM", "EPCAM"});
    writeStrings(features, "feature_type", std::vector<std::string>(3, "Gene Expression"));
    writeIntegers(matrix, "shape", {2}, std::vector<int32_t>{3, 3});
    writeCounts(matrix, "data", "indices", "indptr");
  });
}

void makeAnndata(const Path& file) {
  writeH5(file, [](H5::H5File& opened) {
    H5::Group matrix = opened.createGroup("X"), spots = opened.createGroup("obs"),
              genes = opened.createGroup("var"), places = opened.createGroup("obsm");
    writeAttribute(matrix, "encoding-type", std::string("csr_matrix"));
    writeCounts(matrix, "data", "indices", "indptr");
    writeStrings(spots, "_index", {"a", "b", "c"});
    writeStrings(genes, "_index", {"CD8A", "VIM", "EPCAM"});
    writeFloats(places, "spatial", {3, 2}, std::vector<float>{10, 10, 20, 20, 30, 30});
  });
}

void makeSafetensors(const Path& file) {
  writeSafetensors(file, {{"w", {{2, 3}, std::vector<float>(6, 1.0f)}}, {"b", {{2}, {1, 2}}}});
}

/// By its name and ending, or a folder by its name alone.
const std::map<std::string, std::function<void(const Path&)>>& made() {
  static const std::map<std::string, std::function<void(const Path&)>> all{
      {"made.tif", makeTiff},
      {"bag.h5", makeBag},
      {"foreign-bag.h5", makeForeignBag},
      {"head.h5", makeTensors},
      {"counts.h5", makeSpaceRanger},
      {"counts.h5ad", makeAnndata},
      {"w.safetensors", makeSafetensors},
      {"w.npz",
       [](const Path& file) {
         writeNpz(file, {{"w", {{2, 3}, std::vector<float>(6, 1.0f)}}});
       }},
      {"model", [](const Path& folder) { madeModel(folder); }}};
  return all;
}

}  // namespace

Path putInput(const std::string& name, const Path& folder) {
  const auto into = [&](const Path& from) {
    std::filesystem::copy_file(from, folder / from.filename());
    const Path file = folder / from.filename();
    std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                                 std::filesystem::perm_options::add);
    return file;
  };
  if (name.starts_with('=')) {
    std::ofstream(folder / name.substr(1)).flush();
    return folder / name.substr(1);
  }
  if (name.starts_with('@')) {
    const Path real = dataFile(name.substr(1));
    return real.empty() ? Path() : into(real);
  }
  const std::string first = *Path(name).begin();
  if (const auto found = made().find(first); found != made().end()) {
    found->second(folder / first);
    return folder / name;
  }
  return into(sourceFolder() / "tests/cases/inputs" / name);
}

}  // namespace geneglass::testing
