// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/encoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <optional>
#include <stdexcept>

#include "inference/encoder/built_in_network.h"
#include "inference/encoder/encoder_self_test.h"
#include "inference/encoder/script_network.h"
#include "inference/package/processor_precision.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {

struct Encoder::Network {
  EncoderFacts facts;
  std::string package;  ///< its folder, for sentences
  int threads = 0;      ///< 0 = all
  Precision precision = Precision::Float32;
  std::unique_ptr<TileNetwork> tiles;
};

namespace {

tl::unexpected<Error> unusable(const ModelPackage& package, std::string_view why) {
  if (why.ends_with('.')) why.remove_suffix(1);  // a sentence of its own: of a file that cannot be read
  return fail(fmt::format("Cannot use the encoder of '{}': {}.", package.folder.string(), why));
}

Result<std::unique_ptr<TileNetwork>> loadBuiltInNetwork(const ModelPackage& package, Precision precision,
                                                        const std::stop_token& stop) {
  Result<TensorFile> tensors = readTensors(package.folder / package.encoder.weights, stop);
  if (!tensors) return tl::unexpected(tensors.error());
  Result<std::unique_ptr<TileNetwork>> network = makeBuiltInNetwork(
      package.encoder, std::move(*tensors), precision, package.int8 ? &package.int8->scales : nullptr);
  if (network) return network;
  return fail(fmt::format("'{}': {}", package.encoder.weights, network.error().sentence));
}

}  // namespace

Encoder::Encoder(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

const EncoderFacts& Encoder::facts() const {
  return m_network->facts;
}

Precision Encoder::precision() const {
  return m_network->precision;
}

void Encoder::useThreads(int threads) {
  m_network->threads = threads;
}

/// Throws std::bad_alloc, and std::runtime_error with the reason.
Matrix Encoder::encodeAll(std::span<const Image> tiles, const std::stop_token& stop) const {
  TileNetwork& network = *m_network->tiles;
  Matrix matrix(tiles.size(), static_cast<size_t>(m_network->facts.width));
  const size_t threads = network.threads(ownThreads(m_network->threads));
  network.prepare(threads);
  inOwnThreads(
      tiles.size(), network.together(), static_cast<int>(threads),
      [&](size_t thread, size_t begin, size_t end) {
        if (stop.stop_requested()) throw std::runtime_error("it was stopped");
        const std::span<float> features =
            std::span(matrix.values).subspan(begin * matrix.columns).first((end - begin) * matrix.columns);
        compute(thread, tiles.subspan(begin, end - begin), features, stop);
      });
  return matrix;
}

/// Throws what TileNetwork::compute() does.
void Encoder::compute(size_t lane, std::span<const Image> tiles, std::span<float> features,
                      const std::stop_token& stop) const {
  m_network->tiles->compute(lane, tiles, features, stop);
  for (float feature : features)
    if (!std::isfinite(feature)) throw std::runtime_error("it returns numbers that are not finite");
}

tl::unexpected<Error> Encoder::failed(const std::string& why) const {
  return fail(fmt::format("The encoder of '{}' failed: {}.", m_network->package, why));
}

Result<size_t> Encoder::prepareLanes(size_t threads) {
  const size_t lanes = m_network->tiles->threads(threads);
  try {
    m_network->tiles->prepare(lanes);
  } catch (const std::bad_alloc&) {
    return failed("the memory does not suffice for one tile");
  }
  return lanes;
}

size_t Encoder::together() const {
  return m_network->tiles->together();
}

Result<void> Encoder::encodeOn(size_t lane, std::span<const Image> tiles, std::span<float> features,
                               const std::stop_token& stop) {
  try {
    compute(lane, tiles, features, stop);
    return {};
  } catch (const std::bad_alloc&) {
  } catch (const std::exception& error) {
    return failed(reasonOf(error));
  }
  if (tiles.size() == 1) {
    if (m_network->tiles->moveToProcessor()) return encodeOn(lane, tiles, features, stop);
    return failed("the memory does not suffice for one tile");
  }
  const size_t half = tiles.size() / 2, width = features.size() / tiles.size();
  Result<void> first = encodeOn(lane, tiles.first(half), features.first(half * width), stop);
  return first ? encodeOn(lane, tiles.subspan(half), features.subspan(half * width), stop) : first;
}

Result<Matrix> Encoder::encode(std::span<const Image> tiles, std::stop_token stop) {
  const Network& network = *m_network;
  for (const Image& tile : tiles)
    if (tile.width != network.facts.tile || tile.height != network.facts.tile)
      return failed(fmt::format("a tile of {} x {} pixels where {} x {} are needed", tile.width, tile.height,
                                network.facts.tile, network.facts.tile));
  try {
    return encodeAll(tiles, stop);
  } catch (const std::bad_alloc&) {
  } catch (const std::exception& error) {
    return failed(reasonOf(error));
  }
  if (tiles.size() > 1) return encodeInHalves(tiles, stop);
  if (network.tiles->moveToProcessor()) return encode(tiles, stop);
  return failed("the memory does not suffice for one tile");
}

Result<Matrix> Encoder::encodeInHalves(std::span<const Image> tiles, const std::stop_token& stop) {
  Result<Matrix> first = encode(tiles.first(tiles.size() / 2), stop);
  if (!first) return first;
  const Result<Matrix> second = encode(tiles.subspan(tiles.size() / 2), stop);
  if (!second) return second;
  first->rows += second->rows;
  first->values.insert(first->values.end(), second->values.begin(), second->values.end());
  return first;
}

/// Why it cannot compute in that precision; empty where it can.
static std::string obstacle(const ModelPackage& package, Precision precision) {
  if (precision == Precision::Float32) return {};
  const bool bfloat16 = precision == Precision::Bfloat16;
  if (package.encoder.architecture != (bfloat16 ? "vit" : "resnet"))
    return fmt::format("the architecture '{}' is not computed in {}", package.encoder.architecture,
                       toString(precision));
  if (bfloat16)
    return processorHasBfloat16() ? "" : "this processor lacks the instructions for bfloat16 (AVX-512 BF16)";
  if (!package.int8) return "it was not calibrated for int8; 'geneglass-cli calibrate' does so";
  if (!processorHasInt8()) return "this processor lacks the instructions for int8 (AVX-512 VNNI)";
  return {};
}

Result<Encoder> loadEncoder(const ModelPackage& package, Precision precision, const std::stop_token& stop) {
  if (const std::string why = obstacle(package, precision); !why.empty()) return unusable(package, why);
  const bool scripted = package.encoder.architecture == "torchscript";
  Result<std::unique_ptr<TileNetwork>> tiles =
      scripted ? loadScriptNetwork(package, stop) : loadBuiltInNetwork(package, precision, stop);
  if (!tiles) return unusable(package, tiles.error().sentence);
  auto network = std::make_unique<Encoder::Network>();
  network->facts = package.encoder;
  network->precision = precision;
  network->package = package.folder.string();
  network->tiles = std::move(*tiles);
  Encoder encoder(std::move(network));
  const Image white(package.encoder.tile, package.encoder.tile, opaque(255, 255, 255));
  const Result<Matrix> tried = encoder.encode(std::span(&white, 1), stop);
  if (!tried) return tl::unexpected(tried.error());
  if (precision == Precision::Float32)
    if (const Result<void> agrees = checkSelfTest(
            package, [&](std::span<const Image> inputs) { return encoder.encode(inputs, stop); });
        !agrees)
      return tl::unexpected(agrees.error());
  return encoder;
}

}  // namespace geneglass
