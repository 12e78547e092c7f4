// SPDX-License-Identifier: GPL-3.0-or-later
// heads_benchmark FOLDER [TILES] [FEATURES] [GENES] [gated]: how long the heads of a model take on a bag that
// is there already, hotspots included. Writes a package with weights drawn by seed into FOLDER.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "inference/predict_slide.h"
#include "tests/inference/made_model.h"
#include "viewer/foundation/sha256.h"

using namespace geneglass;
using namespace geneglass::testing;

int main(int count, char** words) {
  if (count < 2) return 2;
  const auto number = [&](int place, int otherwise) {
    return count > place ? std::atoi(words[place]) : otherwise;
  };
  const int tiles = number(2, 15000), width = number(3, 512), genes = number(4, 200);
  const std::filesystem::path folder = words[1];
  ModelPackage package = madeModel(folder, genes);
  const bool gated = count > 5 && std::string_view(words[5]) == "gated";
  const TensorFile head =
      gated ? madeGatedHead({width, 128, 64, genes}, 3) : madeHead(width, 128, 64, genes, 3);
  if (!writeTensors(folder / "head.h5", head)) return 1;
  package.head = gated ? HeadKind::GatedAttention : HeadKind::AttentionRegression;
  package.encoder.width = width;
  FeatureBag bag;
  const int side = static_cast<int>(std::ceil(std::sqrt(tiles)));
  bag.grid = {224, 224, side, side, {}};
  for (int i = 0; i < tiles; ++i) bag.grid.cells.push_back({i % side, i / side});
  bag.features = Matrix(static_cast<size_t>(tiles), static_cast<size_t>(width));
  bag.features.values = madeNumbers(bag.features.values.size(), 5);
  bag.mpp = 0.5;
  Slide slide;
  slide.file = "made.tif";
  slide.levels = {{{224 * side, 224 * side}, 1, {256, 256}}};
  std::vector<double> seconds;
  for (int run = 0; run < 7; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    const Result<Prediction> prediction = predictBag(slide, bag, package);
    if (!prediction) {
      fmt::print(stderr, "{}\n", prediction.error().sentence);
      return 1;
    }
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(seconds.begin(), seconds.end());
  fmt::print("{}: {} tiles x {} features x {} genes: {:.3f} s, the median of {} runs ({:.3f} to {:.3f})\n",
             toString(package.head), tiles, width, genes, seconds[seconds.size() / 2], seconds.size(),
             seconds.front(), seconds.back());
  return 0;
}
