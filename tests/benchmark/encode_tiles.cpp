// SPDX-License-Identifier: GPL-3.0-or-later
// Features of tiles that another program prepared, and how fast they come: for foreign_encoders.py.
//   bench_encode_tiles PACKAGE TILES FEATURES THREADS SECONDS [PRECISION]
// TILES: n x tile x tile x 3 bytes, RGB. FEATURES: n x D float32. Prints tiles a second, the median of the
// rounds over all tiles that fit into SECONDS.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>

#include "inference/encoder/encoder.h"

using namespace geneglass;

namespace {

/// Exits with the sentence where there is one.
template <typename Value>
Value need(Result<Value> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().sentence);
  std::exit(1);
}

std::vector<Image> readTiles(const char* file, int side) {
  std::ifstream stream(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
  const auto area = static_cast<size_t>(side * side);
  std::vector<Image> tiles(bytes.size() / (3 * area), Image(side, side));
  const auto channel = [&](size_t place) { return static_cast<int>(static_cast<uint8_t>(bytes[place])); };
  for (size_t i = 0; i < tiles.size() * area; ++i)
    tiles[i / area].pixels[i % area] = opaque(channel(3 * i), channel(3 * i + 1), channel(3 * i + 2));
  return tiles;
}

}  // namespace

int main(int count, char** words) {
  if (count != 6 && count != 7) return 2;
  const std::string_view asked = count == 7 ? words[6] : "float32";
  const auto* const precision =
      std::ranges::find(kPrecisions, asked, [](Precision each) { return std::string_view(toString(each)); });
  if (precision == kPrecisions.end()) return 2;
  const ModelPackage package = need(openModelPackage(words[1]));
  Encoder encoder = need(loadEncoder(package, *precision));
  encoder.useThreads(std::atoi(words[4]));
  const std::vector<Image> tiles = readTiles(words[2], package.encoder.tile);
  const Matrix features = need(encoder.encode(tiles));
  std::ofstream(words[3], std::ios::binary)
      .write(reinterpret_cast<const char*>(features.values.data()),
             static_cast<std::streamsize>(features.values.size() * sizeof(float)));
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(std::atof(words[5]));
  std::vector<double> rates;
  while (Clock::now() < end) {
    const auto begin = Clock::now();
    need(encoder.encode(tiles));
    rates.push_back(double(tiles.size()) / std::chrono::duration<double>(Clock::now() - begin).count());
  }
  if (rates.empty()) return 0;
  std::ranges::nth_element(rates, rates.begin() + static_cast<std::ptrdiff_t>(rates.size() / 2));
  fmt::print("{:.2f}\n", rates[rates.size() / 2]);
}
