// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewer/foundation/tensors/tensor_file.h"

namespace geneglass::testing {

inline std::vector<std::string> partsOf(const std::string& name) {
  std::vector<std::string> found{""};
  for (const char letter : name)
    if (letter == '.')
      found.emplace_back();
    else
      found.back() += letter;
  return found;
}

/// timm's names -> those of transformers; queries, keys and values apart.
class Renaming final {
 public:
  using Names = std::vector<std::pair<std::string, std::string>>;
  Renaming(std::string block, std::vector<std::string> attention, Names names)
      : m_block(std::move(block)), m_attention(std::move(attention)), m_names(std::move(names)) {}

  TensorFile of(const TensorFile& timm) const {
    TensorFile renamed;
    for (const auto& [name, tensor] : timm) {
      const size_t inner = name.starts_with("blocks.") ? name.find('.', 7) + 1 : 0;
      const std::string start = inner ? m_block + "." + partsOf(name)[1] + "." : "",
                        rest = name.substr(inner);
      if (rest.starts_with("attn.qkv"))
        split(tensor, start, rest.substr(8), renamed);
      else
        renamed[start + changed(rest)] = tensor;
    }
    return renamed;
  }

 private:
  std::string changed(const std::string& name) const {
    for (const auto& [from, to] : m_names)
      if (name.starts_with(from)) return to + name.substr(from.size());
    return name;
  }
  void split(const StoredTensor& tensor, const std::string& start, const std::string& end,
             TensorFile& to) const {
    const auto third = ptrdiff_t(tensor.values.size() / 3);
    for (ptrdiff_t part = 0; part < 3; ++part) {
      StoredTensor& own = to[start + m_attention[size_t(part)] + end];
      own.shape = tensor.shape;
      own.shape[0] /= 3;
      own.values = {tensor.values.begin() + part * third, tensor.values.begin() + (part + 1) * third};
    }
  }

  const std::string m_block;
  const std::vector<std::string> m_attention;
  const Names m_names;
};

inline const Renaming kDino("encoder.layer",
                            {"attention.attention.query", "attention.attention.key",
                             "attention.attention.value"},
                            {{"patch_embed.proj", "embeddings.patch_embeddings.projection"},
                             {"cls_token", "embeddings.cls_token"},
                             {"reg_token", "embeddings.register_tokens"},
                             {"pos_embed", "embeddings.position_embeddings"},
                             {"attn.proj", "attention.output.dense"},
                             {"ls1.gamma", "layer_scale1.lambda1"},
                             {"ls2.gamma", "layer_scale2.lambda1"},
                             {"mlp.fc1", "mlp.weights_in"},
                             {"mlp.fc2", "mlp.weights_out"},
                             {"norm1", "norm1"},
                             {"norm2", "norm2"},
                             {"norm", "layernorm"}});
inline const Renaming kVit("vit.encoder.layer",
                           {"attention.attention.query", "attention.attention.key",
                            "attention.attention.value"},
                           {{"patch_embed.proj", "vit.embeddings.patch_embeddings.projection"},
                            {"cls_token", "vit.embeddings.cls_token"},
                            {"pos_embed", "vit.embeddings.position_embeddings"},
                            {"attn.proj", "attention.output.dense"},
                            {"mlp.fc1", "intermediate.dense"},
                            {"mlp.fc2", "output.dense"},
                            {"norm1", "layernorm_before"},
                            {"norm2", "layernorm_after"},
                            {"norm", "vit.layernorm"}});
inline const Renaming kClip("vision_model.encoder.layers",
                            {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"},
                            {{"patch_embed.proj", "vision_model.embeddings.patch_embedding"},
                             {"cls_token", "vision_model.embeddings.class_embedding"},
                             {"pos_embed", "vision_model.embeddings.position_embedding.weight"},
                             {"attn.proj", "self_attn.out_proj"},
                             {"norm1", "layer_norm1"},
                             {"norm2", "layer_norm2"},
                             {"norm_pre", "vision_model.pre_layrnorm"},
                             {"norm", "vision_model.post_layernorm"}});

}  // namespace geneglass::testing
