// SPDX-License-Identifier: GPL-3.0-or-later
// bench_many_genes FOLDER [GENES] [TILES] [H] [A]: makes what a prediction of many genes on many tiles needs.
//   FOLDER/model      a package of GENES genes, all well predicted, an attention head of the sizes H and A,
//   an
//                     encoder of 256 features for tiles of 32 px; the weights are drawn by seed
//   FOLDER/slide.tif  tissue all over, in a square of at least TILES tiles
//   FOLDER/bag.h5     features that change slowly from tile to tile, as tissue does
// Then: /usr/bin/time -v geneglass-cli predict FOLDER/slide.tif --model FOLDER/model --bag FOLDER/bag.h5
// --out OUT
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "inference/features/feature_bag.h"
#include "inference/synthetic/pyramid_writer.h"
#include "tests/inference/made_model.h"

using namespace geneglass;
using namespace geneglass::testing;

namespace {

constexpr int kTile = 32, kWidth = 256;

/// Weights so large that neither tanh nor softmax is driven to its ends.
TensorFile calmHead(int embedding, int attention, int genes) {
  TensorFile head = madeHead(kWidth, embedding, attention, genes, 11);
  const auto shrink = [&](const char* name, double factor) {
    for (float& value : head.at(name).values) value *= static_cast<float>(factor);
  };
  shrink("embedding.weight", 1 / std::sqrt(double(kWidth)));
  shrink("value.weight", 1 / std::sqrt(double(embedding)));
  shrink("attention.hidden.weight", 1 / std::sqrt(double(embedding)));
  return head;
}

bool writePackage(const std::filesystem::path& folder, int genes, int embedding, int attention) {
  ModelPackage package = madeModel(folder, genes);
  package.name = "many genes";
  package.minimumTissue = 0.1;
  package.encoder.width = kWidth;
  package.encoder.channels = {16, kWidth};
  return writeTensors(folder / "encoder.h5", madeResNet({1, 1}, {16, kWidth}, 7)) &&
         writeTensors(folder / "head.h5", calmHead(embedding, attention, genes)) && writeManifest(package);
}

/// Slow waves and a little noise of its own in every feature.
void fill(Matrix& features, int side) {
  std::mt19937 generator(3);
  std::normal_distribution<float> normal;
  for (size_t feature = 0; feature < features.columns; ++feature) {
    const float across = 9 * normal(generator), down = 9 * normal(generator), begin = 3 * normal(generator);
    for (size_t tile = 0; tile < features.rows; ++tile) {
      const auto x = float(int(tile) % side) / float(side), y = float(int(tile) / side) / float(side);
      features.at(tile, feature) = std::sin(across * x + down * y + begin) + 0.1f * normal(generator);
    }
  }
}

bool writeSlide(const std::filesystem::path& file, int side) {
  const auto wave = [](int64_t place, double step) { return std::sin(double(place) / step); };
  return writePyramid(file, {.size = {int64_t(side) * kTile, int64_t(side) * kTile}, .mpp = 1},
                      [&](int64_t x, int64_t y, int width, int height) {
                        Image image(width, height);
                        for (int row = 0; row < height; ++row)
                          for (int column = 0; column < width; ++column) {
                            const double shade = wave(x + column, 310) * wave(y + row, 470) +
                                                 0.3 * wave(3 * (x + column) + y + row, 9);
                            const auto green = uint32_t(110 + 35 * shade), red = uint32_t(190 + 20 * shade);
                            image.at(column, row) = 0xFF000000u | red << 16 | green << 8 | (red - 10);
                          }
                        return image;
                      })
      .has_value();
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) return 2;
  const auto number = [&](int place, int otherwise) {
    return count > place ? std::atoi(words[place]) : otherwise;
  };
  const int genes = number(2, 20000), tiles = number(3, 100000);
  const std::filesystem::path folder = words[1];
  const int side = static_cast<int>(std::ceil(std::sqrt(tiles)));
  FeatureBag bag;
  bag.grid = {kTile, kTile, side, side, {}};
  for (int i = 0; i < tiles; ++i) bag.grid.cells.push_back({i % side, i / side});
  bag.mpp = 1;
  bag.features = Matrix(size_t(tiles), kWidth);
  fill(bag.features, side);
  if (!writePackage(folder / "model", genes, number(4, 128), number(5, 64)) ||
      !writeBag(folder / "bag.h5", bag) || !writeSlide(folder / "slide.tif", side)) {
    fmt::print(stderr, "cannot write in '{}'\n", folder.string());
    return 1;
  }
  return 0;
}
