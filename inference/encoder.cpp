// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder.h"

#include <fmt/format.h>
#include <torch/script.h>

#include <algorithm>
#include <array>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>

#include "inference/fold_batch_norm.h"
#include "inference/own_threads.h"
#include "inference/thumbnail.h"
#include "inference/torch_modules.h"

namespace geneglass {

struct Encoder::Network {
  EncoderFacts facts;
  std::string package;                                         ///< its folder, for sentences
  int threads = 0;                                             ///< 0 = all
  std::function<torch::Tensor(const torch::Tensor&)> forward;  ///< n x 3 x tile x tile -> n x D
  std::array<std::array<float, 256>, 3> normalised{};          ///< per channel R G B, by the pixel's value
};

namespace {

/// Tiles a thread takes through the network at a time: more are hardly faster, and a stop has to wait for
/// them.
constexpr size_t kTogether = 2;

using Forward = std::function<torch::Tensor(const torch::Tensor&)>;

tl::unexpected<Error> unusable(const ModelPackage& package, const std::string& why) {
  return fail(fmt::format("Cannot use the encoder of '{}': {}.", package.folder.string(), why));
}

/// The first line of LibTorch's message, without its final stop.
std::string reasonOf(const c10::Error& error) {
  std::string text = error.what_without_backtrace();
  text = text.substr(0, text.find('\n'));
  while (text.ends_with('.')) text.pop_back();
  return text;
}

Result<Forward> loadTorchScript(const ModelPackage& package) {
  try {
    torch::jit::Module module = torch::jit::load((package.folder / package.encoder.weights).string());
    module.eval();
    module = torch::jit::freeze(module);
    module = torch::jit::optimize_for_inference(module);
    return Forward(
        [module](const torch::Tensor& tiles) mutable { return module.forward({tiles}).toTensor(); });
  } catch (const c10::Error& error) {
    return unusable(package, fmt::format("'{}' is no TorchScript module that can be used ({})",
                                         package.encoder.weights, reasonOf(error)));
  }
}

Result<Forward> loadResNet(const ModelPackage& package) {
  Result<TensorFile> tensors = readTensors(package.folder / package.encoder.weights);
  if (tensors && hasBatchNorm(*tensors)) tensors = foldBatchNorm(std::move(*tensors));
  if (!tensors) return unusable(package, tensors.error().sentence);
  const auto network =
      std::make_shared<ResNetModule>(ResNetShape{package.encoder.blocks, package.encoder.channels, true});
  const Result<void> set = setTensors(*network, *tensors);
  if (!set) return unusable(package, fmt::format("'{}': {}", package.encoder.weights, set.error().sentence));
  network->eval();
  for (torch::Tensor& parameter : network->parameters())
    if (parameter.dim() == 4) parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
  return Forward([network](const torch::Tensor& tiles) { return network->forward(tiles); });
}

bool isOutOfMemory(const c10::Error& error) {
  return std::string_view(error.what_without_backtrace()).find("allocate memory") != std::string_view::npos;
}

}  // namespace

Encoder::Encoder(std::unique_ptr<Network> network) : m_network(std::move(network)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

const EncoderFacts& Encoder::facts() const {
  return m_network->facts;
}

void Encoder::useThreads(int threads) {
  m_network->threads = threads;
}

/// n x 3 x side x side in channels-last memory: the pixels as they lie, normalised.
static torch::Tensor normalisedTiles(std::span<const Image> tiles, int side,
                                     const std::array<std::array<float, 256>, 3>& normalised) {
  torch::Tensor batch = torch::empty({static_cast<int64_t>(tiles.size()), side, side, 3});
  float* out = batch.data_ptr<float>();
  for (const Image& tile : tiles)
    for (uint32_t pixel : tile.pixels) {
      const uint32_t shown = onWhite(pixel);
      *out++ = normalised[0][static_cast<size_t>(redOf(shown))];
      *out++ = normalised[1][static_cast<size_t>(greenOf(shown))];
      *out++ = normalised[2][static_cast<size_t>(blueOf(shown))];
    }
  return batch.permute({0, 3, 1, 2});
}

/// Throws what LibTorch throws, and std::runtime_error with the reason where the module breaks its promise.
void Encoder::encodePart(std::span<const Image> tiles, std::span<float> features) const {
  const c10::InferenceMode inference;
  const Network& network = *m_network;
  const torch::Tensor input = normalisedTiles(tiles, network.facts.tile, network.normalised);
  const torch::Tensor output = network.forward(input).to(torch::kFloat).contiguous();
  const auto count = static_cast<int64_t>(tiles.size());
  if (output.dim() != 2 || output.size(0) != count || output.size(1) != network.facts.width)
    throw std::runtime_error(fmt::format("it returns {} where [{}, {}] is promised", c10::str(output.sizes()),
                                         count, network.facts.width));
  if (!torch::isfinite(output).all().item<bool>())
    throw std::runtime_error("it returns numbers that are not finite");
  std::copy_n(output.data_ptr<float>(), features.size(), features.begin());
}

Matrix Encoder::encodeAll(std::span<const Image> tiles, const std::stop_token& stop) const {
  Matrix matrix(tiles.size(), static_cast<size_t>(m_network->facts.width));
  inOwnThreads(tiles.size(), m_network->threads, [&](size_t begin, size_t end) {
    for (size_t first = begin; first < end; first += kTogether) {
      if (stop.stop_requested()) throw std::runtime_error("it was stopped");
      const size_t count = std::min(kTogether, end - first);
      encodePart(tiles.subspan(first, count),
                 std::span(matrix.values).subspan(first * matrix.columns, count * matrix.columns));
    }
  });
  return matrix;
}

Result<Matrix> Encoder::encode(std::span<const Image> tiles, std::stop_token stop) {
  const Network& network = *m_network;
  const auto failed = [&](const std::string& why) {
    return fail(fmt::format("The encoder of '{}' failed: {}.", network.package, why));
  };
  for (const Image& tile : tiles)
    if (tile.width != network.facts.tile || tile.height != network.facts.tile)
      return failed(fmt::format("a tile of {} x {} pixels where {} x {} are needed", tile.width, tile.height,
                                network.facts.tile, network.facts.tile));
  try {
    return encodeAll(tiles, stop);
  } catch (const c10::Error& error) {
    if (!isOutOfMemory(error)) return failed(reasonOf(error));
  } catch (const std::bad_alloc&) {
  } catch (const std::exception& error) {
    return failed(error.what());
  }
  return tiles.size() > 1 ? encodeInHalves(tiles, stop) : failed("the memory does not suffice for one tile");
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

Result<Encoder> loadEncoder(const ModelPackage& package) {
  Result<Forward> forward =
      package.encoder.architecture == "torchscript" ? loadTorchScript(package) : loadResNet(package);
  if (!forward) return tl::unexpected(forward.error());
  auto network = std::make_unique<Encoder::Network>();
  network->facts = package.encoder;
  network->package = package.folder.string();
  network->forward = std::move(*forward);
  for (size_t channel = 0; channel < 3; ++channel)
    for (size_t value = 0; value < 256; ++value)
      network->normalised[channel][value] =
          (static_cast<float>(value) / 255 - package.encoder.mean[channel]) /
          package.encoder.deviation[channel];
  Encoder encoder(std::move(network));
  const Image white(package.encoder.tile, package.encoder.tile, opaque(255, 255, 255));
  const Result<Matrix> tried = encoder.encode(std::span(&white, 1));
  if (!tried) return tl::unexpected(tried.error());
  return encoder;
}

}  // namespace geneglass
