// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/transformer_names.h"

#include <fmt/format.h>

namespace geneglass {
namespace {

const std::vector<std::string> kQueryKeyValue{"attention.attention.query", "attention.attention.key",
                                              "attention.attention.value"};

TransformerNames timm() {
  return {.patch = "patch_embed.proj",
          .classToken = "cls_token",
          .registers = {"reg_token", "register_tokens"},
          .positions = "pos_embed",
          .block = "blocks.{}.",
          .firstNorm = "norm1",
          .secondNorm = "norm2",
          .attention = {"attn.qkv"},
          .output = "attn.proj",
          .widen = {"mlp.fc1", "mlp.w12"},
          .narrow = {"mlp.fc2", "mlp.w3"},
          .scales = {"ls1.gamma", "ls2.gamma"},
          .normBefore = "norm_pre",
          .norm = "norm",
          .poolNorm = "fc_norm",
          .projection = "",
          .passedOver = {"head.", "mask_token"},
          .epsilon = 1e-6,
          .activation = "gelu",
          .antialias = true};
}

TransformerNames dinoInTransformers() {
  return {.patch = "embeddings.patch_embeddings.projection",
          .classToken = "embeddings.cls_token",
          .registers = {"embeddings.register_tokens"},
          .positions = "embeddings.position_embeddings",
          .block = "encoder.layer.{}.",
          .firstNorm = "norm1",
          .secondNorm = "norm2",
          .attention = kQueryKeyValue,
          .output = "attention.output.dense",
          .widen = {"mlp.fc1", "mlp.weights_in"},
          .narrow = {"mlp.fc2", "mlp.weights_out"},
          .scales = {"layer_scale1.lambda1", "layer_scale2.lambda1"},
          .normBefore = "",
          .norm = "layernorm",
          .poolNorm = "",
          .projection = "",
          .passedOver = {"embeddings.mask_token", "pooler.", "classifier."},
          .epsilon = 1e-6,
          .activation = "gelu",
          .antialias = false};
}

TransformerNames vitInTransformers() {
  TransformerNames names = dinoInTransformers();
  names.firstNorm = "layernorm_before";
  names.secondNorm = "layernorm_after";
  names.widen = {"intermediate.dense"};
  names.narrow = {"output.dense"};
  names.scales = {};
  names.epsilon = 1e-12;
  return names;
}

TransformerNames clipInTransformers() {
  return {.patch = "embeddings.patch_embedding",
          .classToken = "embeddings.class_embedding",
          .registers = {},
          .positions = "embeddings.position_embedding.weight",
          .block = "encoder.layers.{}.",
          .firstNorm = "layer_norm1",
          .secondNorm = "layer_norm2",
          .attention = {"self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"},
          .output = "self_attn.out_proj",
          .widen = {"mlp.fc1"},
          .narrow = {"mlp.fc2"},
          .scales = {},
          .normBefore = "pre_layrnorm",
          .norm = "post_layernorm",
          .poolNorm = "",
          .projection = "visual_projection",
          .passedOver = {"text_model.", "text_projection.", "logit_scale"},
          .epsilon = 1e-5,
          .activation = "quick_gelu",
          .antialias = false};
}

struct Usual {
  int across, heads;
  const char* letter;
};
constexpr Usual kUsual[] = {{192, 3, "Ti"},  {384, 6, "S"},   {768, 12, "B"},  {1024, 16, "L"},
                            {1280, 16, "H"}, {1408, 16, "g"}, {1536, 24, "g"}, {1664, 16, "G"}};

}  // namespace

std::span<const TransformerNames> transformerNames() {
  static const std::vector<TransformerNames> all{timm(), dinoInTransformers(), vitInTransformers(),
                                                 clipInTransformers()};
  return all;
}

std::string transformerName(int across, int patch) {
  for (const Usual& usual : kUsual)
    if (usual.across == across) return fmt::format("ViT-{}/{}", usual.letter, patch);
  return fmt::format("ViT of {}/{}", across, patch);
}

int usualHeads(int across) {
  for (const Usual& usual : kUsual)
    if (usual.across == across) return usual.heads;
  return 0;
}

}  // namespace geneglass
