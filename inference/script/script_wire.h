// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace geneglass {

/// What the program and the worker that runs a TorchScript module (worker/) agree on. A lane is a thread of
/// the worker's with a connection and a part of the shared memory.
struct ScriptShape {
  static constexpr size_t kTogether = 2;  ///< tiles a call: more are hardly faster, and a stop waits for them
  size_t tile = 0;                        ///< pixels a side
  size_t width = 0;                       ///< features a tile
  size_t lanes = 0;

  size_t planes() const { return 3 * tile * tile; }  ///< floats of a tile
  size_t laneFloats() const { return kTogether * (planes() + width); }
  size_t bytes() const { return lanes * laneFloats() * sizeof(float); }
  /// A lane's tiles; behind them its features.
  float* tilesOf(float* memory, size_t lane) const { return memory + lane * laneFloats(); }
  float* featuresOf(float* memory, size_t lane) const { return tilesOf(memory, lane) + kTogether * planes(); }
};

/// The worker's open files, in the order that ChildProcess hands them over; then one a lane.
enum ScriptFile : int { kScriptWeights = 3, kScriptMemory, kScriptLife, kScriptFirstLane };

enum class ScriptState : uint32_t { Done, Failed, OutOfMemory };

/// Before anything is computed on lane 0, and after each call; a call is a uint32_t, its number of tiles.
struct ScriptAnswer {
  ScriptState state = ScriptState::Done;
  std::string reason;  ///< of Failed, to follow "...: "
};

/// False where the other has gone.
bool sendAnswer(int file, const ScriptAnswer& answer);
bool receiveAnswer(int file, ScriptAnswer& answer);

}  // namespace geneglass
