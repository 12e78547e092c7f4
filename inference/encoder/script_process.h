// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "inference/script/script_wire.h"
#include "viewer/foundation/child_process.h"

namespace geneglass {

/// The worker that runs a TorchScript module, with its memory and connections. One call at a time a lane.
class ScriptProcess final {
 public:
  /// Waits until the module is loaded. Errors, to follow "...: ": why it is not.
  static Result<std::unique_ptr<ScriptProcess>> start(const std::filesystem::path& weights, ScriptShape shape,
                                                      const std::stop_token& stop);
  ~ScriptProcess();
  ScriptProcess(const ScriptProcess&) = delete;
  ScriptProcess& operator=(const ScriptProcess&) = delete;

  const ScriptShape& shape() const { return m_shape; }
  /// Where a lane's tiles are written before the call, and its features lie after it.
  std::span<float> tilesOf(size_t lane);
  std::span<const float> featuresOf(size_t lane) const;

  /// After an answer that says so, or where it went by itself.
  bool hasEnded() const { return m_hasEnded; }

  /// Failed where it does not answer in time, has gone, or was stopped: of no more use then.
  ScriptAnswer compute(size_t lane, size_t tiles, const std::stop_token& stop);

 private:
  ScriptProcess() = default;
  ScriptAnswer await(size_t lane, const std::stop_token& stop);

  ScriptShape m_shape;
  std::chrono::seconds m_patience{};
  float* m_memory = nullptr;
  OwnFile m_life;
  std::vector<OwnFile> m_lanes;
  std::optional<ChildProcess> m_process;
  std::mutex m_ending;
  std::atomic<bool> m_hasEnded = false;
};

}  // namespace geneglass
