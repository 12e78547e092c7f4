// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/adam_state.h"

#include <sstream>
#include <type_traits>
#include <utility>

namespace geneglass {
namespace {

using Key = std::decay_t<decltype(std::declval<torch::optim::Adam&>().state())>::key_type;

/// LibTorch's: the address, up to its version 1 as a text.
template <typename Wanted = Key>
Wanted keyIn(const torch::Tensor& parameter) {
  if constexpr (std::is_pointer_v<Wanted>) {
    return parameter.unsafeGetTensorImpl();
  } else {
    std::ostringstream text;
    text << parameter.unsafeGetTensorImpl();
    return text.str();
  }
}

StoredTensor stored(const torch::Tensor& tensor) {
  const torch::Tensor dense = tensor.detach().contiguous();
  const float* first = dense.data_ptr<float>();
  return {dense.sizes().vec(), {first, first + dense.numel()}};
}

torch::Tensor likeIt(const StoredTensor& tensor, const torch::Tensor& parameter) {
  torch::Tensor made = torch::empty_like(parameter, torch::MemoryFormat::Preserve).detach();
  float* values = const_cast<float*>(tensor.values.data());
  made.copy_(torch::from_blob(values, parameter.sizes(), torch::kFloat));
  return made;
}

}  // namespace

TensorFile momentsOf(const torch::nn::Module& module, torch::optim::Adam& adam) {
  TensorFile moments;
  for (const auto& item : module.named_parameters()) {
    const auto found = adam.state().find(keyIn(item.value()));
    if (found == adam.state().end()) continue;
    const auto& state = static_cast<const torch::optim::AdamParamState&>(*found->second);
    moments[item.key() + ".first"] = stored(state.exp_avg());
    moments[item.key() + ".second"] = stored(state.exp_avg_sq());
  }
  return moments;
}

void setMoments(const torch::nn::Module& module, torch::optim::Adam& adam, const TensorFile& moments,
                int64_t steps) {
  const torch::NoGradGuard noGrad;
  for (const auto& item : module.named_parameters()) {
    auto state = std::make_unique<torch::optim::AdamParamState>();
    state->step(steps);
    state->exp_avg(likeIt(moments.at(item.key() + ".first"), item.value()));
    state->exp_avg_sq(likeIt(moments.at(item.key() + ".second"), item.value()));
    adam.state()[keyIn(item.value())] = std::move(state);
  }
}

}  // namespace geneglass
