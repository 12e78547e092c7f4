// SPDX-License-Identifier: GPL-3.0-or-later
// How well tiles are told apart by their nearest neighbours: colour statistics, an encoder with random
// weights, and the encoders of packages, on folders of slides with planted truth or of pictures with their
// class in the name.
//   bench_encoders [--package DIR]... [--most TILES] FOLDER...
// Of slides, a tile's neighbours are on other slides; pictures leave one out. 1 neighbour for pictures, 20
// for slides.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <random>

#include "inference/encoder/encoder.h"
#include "inference/learning/pretraining/pretrain_recipes.h"
#include "inference/learning/pretraining/tile_pool.h"
#include "inference/learning/spots/colour_statistics.h"
#include "inference/learning/statistics/nearest_neighbours.h"
#include "inference/torch/residual_modules.h"

using namespace geneglass;

namespace {

constexpr double kPictureMpp = 0.5;  ///< of pictures of 224 px, as the field's sets of tiles are

const auto kQuiet = [](const Progress&) {};

struct Asked {
  std::vector<std::string> packages;
  std::vector<std::string> folders;
  size_t most = 2000;
  int threads = 2;
};

/// Exits with the sentence where there is one.
template <typename Value>
Value need(Result<Value> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().sentence);
  std::exit(1);
}

/// Tiles of one side with their classes.
struct Known {
  std::vector<Image> tiles;
  std::vector<int> classes, groups;
  size_t neighbours = 20;
};

Image imageOf(const std::vector<uint8_t>& rgb, int side) {
  Image image = Image::unset(side, side);
  for (size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = opaque(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
  return image;
}

/// 112 um a side at that resolution: pictures whole, and as much of slides.
Known read(const std::string& folder, double mpp, const Asked& asked) {
  const std::vector<std::filesystem::path> sources{folder};
  const int side = int(std::lround(224 * kPictureMpp / mpp));
  const TilePool pool = need(TilePool::open(sources, {side, mpp, 0.7}, {}, asked.threads, {}, kQuiet));
  std::vector<size_t> chosen;
  for (size_t tile = 0; tile < pool.count(); ++tile)
    if (pool.classOf(tile) >= 0) chosen.push_back(tile);
  std::mt19937 random(1);
  std::shuffle(chosen.begin(), chosen.end(), random);
  chosen.resize(std::min(chosen.size(), asked.most));
  Known known;
  for (const size_t tile : chosen) {
    known.tiles.push_back(imageOf(pool.read(tile), side));
    known.classes.push_back(pool.classOf(tile));
    known.groups.push_back(int(pool.sourceOf(tile)));
    if (pool.sources()[pool.sourceOf(tile)].isPicture) known.neighbours = 1;
  }
  return known;
}

Matrix coloursOf(const Known& known) {
  Matrix features(known.tiles.size(), kColourStatistics);
  for (size_t i = 0; i < known.tiles.size(); ++i) colourStatistics(known.tiles[i], features.row(i));
  return features;
}

ModelPackage withRandomWeights(const std::filesystem::path& folder) {
  torch::manual_seed(1);
  ModelPackage package;
  package.folder = folder;
  package.name = package.version = package.licence = "none";
  package.encoder = need(contrastRecipe("contrast", "small")).encoder;
  package.encoder.name = "random";
  const ResNetModule network({package.encoder.blocks, package.encoder.channels});
  std::filesystem::create_directories(folder);
  if (!writeTensors(folder / "encoder.h5", tensorsOf(network))) std::exit(1);
  return need(writeManifest(package));
}

void tell(const std::string& name, const std::vector<Known>& sets, const std::vector<Matrix>& features) {
  std::string line = fmt::format("{:32}", name);
  for (size_t i = 0; i < sets.size(); ++i) {
    const NeighbourScore score =
        neighbourScore(features[i], sets[i].classes, sets[i].groups, sets[i].neighbours);
    line += fmt::format("  {:5.1f} ({:5.1f})", 100 * score.accuracy, 100 * score.balancedAccuracy);
  }
  std::cout << line << std::endl;
}

void tellPackage(const std::string& name, ModelPackage package, const Asked& asked) {
  std::vector<Known> sets;
  std::vector<Matrix> features;
  for (const std::string& folder : asked.folders) {
    sets.push_back(read(folder, package.encoder.mpp, asked));
    package.encoder.tile = sets.back().tiles.front().width;  // any side will do: the mean is over all places
    Encoder encoder = need(loadEncoder(package));
    encoder.useThreads(asked.threads);
    features.push_back(need(encoder.encode(sets.back().tiles)));
  }
  tell(name, sets, features);
}

}  // namespace

int main(int count, char** values) {
  Asked asked;
  CLI::App program{"Nearest neighbours by encoder"};
  program.add_option("FOLDER", asked.folders)->required();
  program.add_option("--package", asked.packages)->allow_extra_args(false);
  program.add_option("--most", asked.most)->capture_default_str();
  program.add_option("--threads", asked.threads)->capture_default_str();
  CLI11_PARSE(program, count, values);
  std::cout << "accuracy % (mean over classes %), of\n";
  for (const std::string& folder : asked.folders) std::cout << "  " << folder << '\n';
  std::vector<Known> sets;
  std::vector<Matrix> colours;
  for (const std::string& folder : asked.folders) {
    sets.push_back(read(folder, 1.0, asked));
    colours.push_back(coloursOf(sets.back()));
    std::cout << fmt::format("  {} tiles, {} neighbours\n", sets.back().tiles.size(), sets.back().neighbours);
  }
  tell("colour statistics", sets, colours);
  const std::filesystem::path random =
      std::filesystem::temp_directory_path() / fmt::format("geneglass-random-{}", std::random_device()());
  tellPackage("small, random weights", withRandomWeights(random), asked);
  std::filesystem::remove_all(random);
  for (const std::string& package : asked.packages)
    tellPackage(package, need(openModelPackage(package)), asked);
}
