// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/worker/script_graph.h"

#include <fmt/format.h>
#include <torch/csrc/jit/api/function_impl.h>
#include <torch/csrc/jit/ir/ir.h>

#include <string_view>

#include "inference/script/script_operators.h"

namespace geneglass {
namespace {

bool isAllowedKind(std::string_view kind) {
  constexpr std::string_view kTensors = "aten::", kPrimitive = "prim::";
  if (kind.starts_with(kTensors)) return isTensorOperator(kind.substr(kTensors.size()));
  return kind.starts_with(kPrimitive) && isPrimitive(kind.substr(kPrimitive.size()));
}

/// Of a block and of those in it; empty where all is allowed.
std::string foreignKind(const torch::jit::Block& block) {
  std::vector<const torch::jit::Block*> waiting{&block};
  while (!waiting.empty()) {
    const torch::jit::Block* next = waiting.back();
    waiting.pop_back();
    for (const torch::jit::Node* node : next->nodes()) {
      const std::string kind = node->kind().toQualString();
      if (!isAllowedKind(kind)) return kind;
      for (const torch::jit::Block* inner : node->blocks()) waiting.push_back(inner);
    }
  }
  return {};
}

}  // namespace

Result<void> checkScriptGraph(const torch::jit::Module& module) {
  for (torch::jit::Function* function : module._ivalue()->compilation_unit()->get_functions()) {
    function->ensure_defined();
    torch::jit::GraphFunction* graph = torch::jit::tryToGraphFunction(*function);
    if (!graph)
      return fail(fmt::format("its program is not run: '{}' is no TorchScript",
                              function->qualname().qualifiedName()));
    if (const std::string kind = foreignKind(*graph->graph()->block()); !kind.empty())
      return fail(fmt::format("its program is not run: '{}' calls '{}', which no encoder needs",
                              function->qualname().qualifiedName(), kind));
  }
  return {};
}

}  // namespace geneglass
