// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/script_network.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <omp.h>
#include <torch/cuda.h>
#include <torch/script.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "inference/encoder/network_input.h"

namespace geneglass {
namespace {

/// Tiles a call takes: on the processor more are hardly faster, and a stop has to wait for them.
constexpr size_t kOnProcessor = 2, kOnCard = 64;

/// The first line of LibTorch's message, without its final stop.
std::string reasonOf(const c10::Error& error) {
  std::string text = error.what_without_backtrace();
  text = text.substr(0, text.find('\n'));
  while (text.ends_with('.')) text.pop_back();
  return text;
}

bool isOutOfMemory(const c10::Error& error) {
  const std::string_view text = error.what_without_backtrace();
  return text.find("allocate memory") != text.npos || text.find("out of memory") != text.npos;
}

class ScriptNetwork final : public TileNetwork {
 public:
  explicit ScriptNetwork(const ModelPackage& package)
      : m_facts(package.encoder), m_file((package.folder / package.encoder.weights).string()) {
    load(torch::cuda::is_available() ? torch::kCUDA : torch::kCPU);
  }

  size_t together() const override { return m_device.is_cpu() ? kOnProcessor : kOnCard; }
  size_t threads(size_t wanted) const override { return m_device.is_cpu() ? wanted : 1; }
  void prepare(size_t) override {}

  void compute(size_t, std::span<const Image> tiles, std::span<float> features,
               const std::stop_token&) override {
    try {
      at::get_num_threads();  // LibTorch sets a new thread up for all processors on its first question
      omp_set_num_threads(1);
      forward(tiles, features);
    } catch (const c10::Error& error) {
      if (isOutOfMemory(error)) throw std::bad_alloc();
      throw std::runtime_error(reasonOf(error));
    }
  }

  bool moveToProcessor() override {
    if (m_device.is_cpu()) return false;
    load(torch::kCPU);
    return true;
  }

 private:
  void load(torch::Device device) {
    m_device = device;
    m_module = torch::jit::load(m_file, device);
    m_module.eval();
    m_module = torch::jit::freeze(m_module);
    if (device.is_cpu()) m_module = torch::jit::optimize_for_inference(m_module);
  }

  void forward(std::span<const Image> tiles, std::span<float> features) {
    const c10::InferenceMode inference;
    const auto count = static_cast<int64_t>(tiles.size());
    const torch::Tensor planes = torch::empty({count, 3, m_facts.tile, m_facts.tile});
    const size_t each = features.empty() ? 0 : static_cast<size_t>(planes[0].numel());
    for (size_t i = 0; i < tiles.size(); ++i)
      writeNormalised(tiles[i], m_facts, {planes.data_ptr<float>() + i * each, each});
    torch::jit::Module module = m_module;  // its forward() is not const, though any thread may call it
    const torch::Tensor input = planes.contiguous(at::MemoryFormat::ChannelsLast).to(m_device);
    const torch::Tensor output =
        module.forward({input}).toTensor().to(torch::kCPU).to(torch::kFloat).contiguous();
    if (output.dim() != 2 || output.size(0) != count || output.size(1) != m_facts.width)
      throw std::runtime_error(fmt::format("it returns {} where [{}, {}] is promised",
                                           c10::str(output.sizes()), count, m_facts.width));
    std::copy_n(output.data_ptr<float>(), features.size(), features.begin());
  }

  const EncoderFacts m_facts;
  const std::string m_file;
  torch::Device m_device = torch::kCPU;
  torch::jit::Module m_module;
};

}  // namespace

}  // namespace geneglass

/// Called by loadScriptNetwork(), which loads this library.
extern "C" void geneglassMakeScriptNetwork(
    const geneglass::ModelPackage& package,
    geneglass::Result<std::unique_ptr<geneglass::TileNetwork>>& network) {
  using namespace geneglass;
  try {
    network = std::make_unique<ScriptNetwork>(package);
  } catch (const c10::Error& error) {
    network = fail(fmt::format("'{}' is no TorchScript module that can be used ({})", package.encoder.weights,
                               reasonOf(error)));
  }
}
