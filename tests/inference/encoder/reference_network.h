// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <regex>
#include <stdexcept>

#include "inference/encoder/network_input.h"
#include "inference/torch/residual_modules.h"

namespace geneglass::testing {

/// float32, row-major, version 1: all that the stored weights are.
inline StoredTensor readNumpy(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  char start[10] = {};
  stream.read(start, sizeof(start));
  std::string header(size_t(uint8_t(start[8])) + 256 * size_t(uint8_t(start[9])), ' ');
  stream.read(header.data(), std::streamsize(header.size()));
  if (header.find("<f4") == header.npos) throw std::runtime_error(file.string());
  StoredTensor tensor;
  const std::string shape = header.substr(header.find('('), header.find(')') - header.find('('));
  const std::regex digits("[0-9]+");
  for (std::sregex_iterator number(shape.begin(), shape.end(), digits), end; number != end; ++number)
    tensor.shape.push_back(std::stoll(number->str()));
  tensor.values.resize(
      size_t(std::accumulate(tensor.shape.begin(), tensor.shape.end(), int64_t(1), std::multiplies<>())));
  stream.read(reinterpret_cast<char*>(tensor.values.data()),
              std::streamsize(tensor.values.size() * sizeof(float)));
  if (!stream) throw std::runtime_error(file.string());
  return tensor;
}

inline TensorFile readNumpyFolder(const std::filesystem::path& folder) {
  TensorFile tensors;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".npy") tensors[entry.path().stem().string()] = readNumpy(entry.path());
  return tensors;
}

/// The features of one tile as LibTorch computes them.
inline std::vector<float> referenceFeatures(const EncoderFacts& facts, const TensorFile& folded,
                                            const Image& tile) {
  const torch::NoGradGuard noGrad;
  ResNetModule network(ResNetShape{facts.blocks, facts.channels, true, facts.block});
  if (const Result<void> set = setTensors(network, folded); !set)
    throw std::runtime_error(set.error().sentence);
  network.eval();
  torch::Tensor planes = torch::empty({1, 3, facts.tile, facts.tile});
  writeNormalised(tile, facts, {planes.data_ptr<float>(), size_t(planes.numel())});
  const torch::Tensor features = network.forward(planes).contiguous();
  return {features.data_ptr<float>(), features.data_ptr<float>() + features.numel()};
}

}  // namespace geneglass::testing
