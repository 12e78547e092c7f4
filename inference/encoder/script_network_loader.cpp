// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "inference/encoder/script_network.h"
#include "viewer/foundation/program_module.h"

namespace geneglass {

Result<std::unique_ptr<TileNetwork>> loadScriptNetwork(const ModelPackage& package) {
  using Make = void (*)(const ModelPackage&, Result<std::unique_ptr<TileNetwork>>&);
  const Result<void*> make = functionOfModule("script_network", "geneglassMakeScriptNetwork");
  if (!make) return fail(fmt::format("LibTorch cannot be loaded for it ({})", make.error().sentence));
  Result<std::unique_ptr<TileNetwork>> network = fail("it was not made");
  reinterpret_cast<Make> (*make)(package, network);
  return network;
}

}  // namespace geneglass
