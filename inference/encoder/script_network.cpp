// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/script_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <stdexcept>

#include "inference/encoder/network_input.h"
#include "inference/encoder/script_process.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

constexpr size_t kMostLanes = 64;

class ScriptNetwork final : public TileNetwork {
 public:
  ScriptNetwork(const ModelPackage& package, std::unique_ptr<ScriptProcess> process)
      : m_facts(package.encoder),
        m_file(package.folder / package.encoder.weights),
        m_process(std::move(process)) {}

  size_t together() const override { return ScriptShape::kTogether; }
  size_t threads(size_t wanted) const override { return std::min(wanted, m_process->shape().lanes); }
  void prepare(size_t) override {}

  void compute(size_t lane, std::span<const Image> tiles, std::span<float> features,
               const std::stop_token& stop) override {
    for (size_t first = 0; first < tiles.size(); first += ScriptShape::kTogether) {
      const size_t count = std::min(ScriptShape::kTogether, tiles.size() - first);
      computeSome(lane, tiles.subspan(first, count), features.subspan(first * width(), count * width()),
                  stop);
    }
  }

 private:
  size_t width() const { return static_cast<size_t>(m_facts.width); }

  void computeSome(size_t lane, std::span<const Image> tiles, std::span<float> features,
                   const std::stop_token& stop) {
    const std::shared_ptr<ScriptProcess> process = running(stop);
    const size_t planes = process->shape().planes();
    for (size_t i = 0; i < tiles.size(); ++i)
      writeNormalised(tiles[i], m_facts, process->tilesOf(lane).subspan(i * planes, planes));
    const ScriptAnswer answer = process->compute(lane, tiles.size(), stop);
    if (answer.state == ScriptState::OutOfMemory) throw std::bad_alloc();
    if (answer.state == ScriptState::Failed) throw std::runtime_error(answer.reason);
    std::ranges::copy(process->featuresOf(lane).first(features.size()), features.begin());
  }

  /// One that was ended is started anew.
  std::shared_ptr<ScriptProcess> running(const std::stop_token& stop) {
    const std::scoped_lock lock(m_mutex);
    if (!m_process->hasEnded()) return m_process;
    Result<std::unique_ptr<ScriptProcess>> anew = ScriptProcess::start(m_file, m_process->shape(), stop);
    if (!anew) throw std::runtime_error(anew.error().sentence);
    m_process = std::move(*anew);
    return m_process;
  }

  const EncoderFacts m_facts;
  const std::filesystem::path m_file;
  std::mutex m_mutex;
  std::shared_ptr<ScriptProcess> m_process;
};

}  // namespace

Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package,
                                                       const std::stop_token& stop) {
  const ScriptShape shape{static_cast<size_t>(package.encoder.tile),
                          static_cast<size_t>(package.encoder.width), std::min(kMostLanes, ownThreads(0))};
  Result<std::unique_ptr<ScriptProcess>> process =
      ScriptProcess::start(package.folder / package.encoder.weights, shape, stop);
  if (!process)
    return fail(fmt::format("'{}' is no TorchScript module that can be used ({})", package.encoder.weights,
                            process.error().sentence));
  return std::make_unique<ScriptNetwork>(package, std::move(*process));
}

}  // namespace geneglass
