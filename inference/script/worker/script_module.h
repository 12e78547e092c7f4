// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "inference/script/script_wire.h"

namespace geneglass {

/// A TorchScript module that was checked before it was loaded (script_archive.h) and again after
/// (script_graph.h): frozen, optimised for inference, channels last, on the processor.
class ScriptModule {
 public:
  virtual ~ScriptModule() = default;

  /// n tiles of 3 x tile x tile -> n x width. Any thread. Does not throw.
  virtual ScriptAnswer compute(const float* tiles, size_t count, float* features) const = 0;
};

/// What LibTorch sets up on its first call, which opens files.
void setUpLibTorch();

/// From an open file, of which it knows the size. `answer` says why where there is none.
std::unique_ptr<ScriptModule> loadScriptModule(int file, size_t bytes, const ScriptShape& shape,
                                               ScriptAnswer& answer);

}  // namespace geneglass
