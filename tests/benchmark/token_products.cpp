// SPDX-License-Identifier: GPL-3.0-or-later
// How many tiles a second oneDNN's products alone would allow a transformer, every thread with products of
// its own:
//   bench_token_products PACKAGE float32|bfloat16 THREADS
// The products of a block (queries, keys and values; output; the perceptron's two), each repeated by itself,
// times the blocks; attention's own are left out.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include "inference/encoder/convolution_layers.h"
#include "inference/encoder/lane_buffers.h"
#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "viewer/foundation/own_threads.h"

using namespace geneglass;

namespace {

constexpr int kRounds = 30;

/// The median over the rounds, of one thread among as many as there are.
double secondsOf(int tokens, int in, int out, TokenTypes types) {
  const auto side = static_cast<size_t>(in) * static_cast<size_t>(out);
  const StoredTensor weight{{out, in}, std::vector<float>(side, 0.01F)},
      bias{{out}, std::vector<float>(static_cast<size_t>(out))};
  const Layer layer = tokenProduct(tokens, weight, bias, {}, types);
  BufferSizes sizes;
  sizes.buffers.resize(2, 1);
  Layer placed = layer;
  placed.toBuffer = 1;
  sizes.cover(placed);
  const LaneBuffers own(sizes);
  const LayerArguments arguments = own.argumentsOf(placed);
  std::vector<double> seconds;
  for (int round = 0; round < kRounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    placed.primitive.execute(own.stream, arguments);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::nth_element(seconds, seconds.begin() + kRounds / 2);
  return seconds[kRounds / 2];
}

double secondsOfTile(const EncoderFacts& facts, dnnl::memory::data_type type) {
  const TransformerFacts& of = facts.transformer;
  const int tokens = tokensOf(of, facts.tile), halves = of.activation == TokenActivation::SwiGlu ? 2 : 1;
  constexpr auto kSum = dnnl::memory::data_type::f32;
  return of.depth * (secondsOf(tokens, of.across, 3 * of.across, {type, type}) +
                     secondsOf(tokens, of.across, of.across, {type, kSum}) +
                     secondsOf(tokens, of.across, halves * of.hidden, {type, type}) +
                     secondsOf(tokens, of.hidden, of.across, {type, kSum}));
}

}  // namespace

int main(int count, char** words) {
  const Result<ModelPackage> package =
      count == 4 ? openModelPackage(words[1]) : fail("PACKAGE float32|bfloat16 THREADS are needed.");
  if (!package || package->encoder.architecture != "vit") {
    fmt::print(stderr, "{}\n", package ? "It is no transformer." : package.error().sentence);
    return 1;
  }
  const bool half = std::string_view(words[2]) == toString(Precision::Bfloat16);
  const int threads = std::max(1, std::atoi(words[3]));
  double rate = 0;
  std::mutex mutex;
  inOwnThreads(static_cast<size_t>(threads), 1, threads, [&](size_t, size_t, size_t) {
    const double seconds =
        secondsOfTile(package->encoder, half ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32);
    const std::scoped_lock lock(mutex);
    rate += 1 / seconds;
  });
  fmt::print("{:.2f}\n", rate);
}
