# SPDX-License-Identifier: GPL-3.0-or-later
"""Vision transformers in PyTorch for foreign_encoders.py, from tensors under timm's or transformers' names: written from
the architecture's papers, not from those libraries. Random weights under the same names."""
import json
import math

import torch
import torch.nn.functional as F

# name: numbers a token, blocks, heads, patch, registers, gated, LayerScale, pixels that positions are for
SIZES = {
    "vit_tiny_patch16_224": (192, 12, 3, 16, 0, False, False, 224),
    "vit_small_patch16_224": (384, 12, 6, 16, 0, False, False, 224),
    "vit_base_patch16_224": (768, 12, 12, 16, 0, False, False, 224),
    "vit_large_patch16_224": (1024, 24, 16, 16, 0, False, True, 224),  # UNI: LayerScale
    "vit_small_patch14_reg4_dinov2": (384, 12, 6, 14, 4, False, True, 518),
    "vit_base_patch14_reg4_dinov2": (768, 12, 12, 14, 4, True, True, 224),  # H0-mini: SwiGLU
    "vit_huge_patch14_224": (1280, 32, 16, 14, 4, True, True, 224),  # Virchow2
    "vit_giant_patch14_reg4_dinov2": (1536, 40, 24, 14, 4, True, True, 224),  # H-optimus
}


def blocks_of(weights):
    count = 0
    while any(name.format(count) in weights for name in ("blocks.{}.norm1.weight", "encoder.layer.{}.norm1.weight",
                                                         "encoder.layer.{}.layernorm_before.weight")):
        count += 1
    return count


def linear(x, weights, name):
    return F.linear(x, weights[name + ".weight"], weights.get(name + ".bias"))


def attention(x, weights, at, heads):
    if at + "attn.qkv.weight" in weights:
        q, k, v = linear(x, weights, at + "attn.qkv").chunk(3, -1)
    else:
        q, k, v = (linear(x, weights, at + "attention.attention." + part) for part in ("query", "key", "value"))
    q, k, v = (y.unflatten(-1, (heads, -1)).transpose(1, 2) for y in (q, k, v))
    y = (q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])).softmax(-1) @ v
    y = y.transpose(1, 2).flatten(2)
    return linear(y, weights, at + ("attn.proj" if at + "attn.proj.weight" in weights else "attention.output.dense"))


def perceptron(x, weights, at):
    for widen, narrow in (("mlp.fc1", "mlp.fc2"), ("mlp.weights_in", "mlp.weights_out"), ("intermediate.dense", "output.dense")):
        if at + widen + ".weight" in weights:
            break
    y = linear(x, weights, at + widen)
    if y.shape[-1] == 2 * weights[at + narrow + ".weight"].shape[1]:
        first, second = y.chunk(2, -1)
        y = F.silu(first) * second
    else:
        y = F.gelu(y)
    return linear(y, weights, at + narrow)


def positions(weights, prefix, side):
    """Of the tokens before the patches that have one, and of side x side patches."""
    timm = "pos_embed" in weights
    all_ = weights["pos_embed" if timm else "embeddings.position_embeddings"]
    for before in (prefix, min(prefix, 1), 0):
        old = math.isqrt(all_.shape[1] - before)
        if old * old == all_.shape[1] - before:
            break
    grid = all_[:, before:].unflatten(1, (old, old)).permute(0, 3, 1, 2)
    if old != side:
        grid = F.interpolate(grid, size=(side, side), mode="bicubic", antialias=timm)
    return all_[:, :before], grid.flatten(2).transpose(1, 2)


def vit(weights, facts):
    of = facts["transformer"]
    timm = "pos_embed" in weights
    patch = "patch_embed.proj" if timm else "embeddings.patch_embeddings.projection"
    tokens = [weights[name] for name in ("cls_token", "embeddings.cls_token", "reg_token", "embeddings.register_tokens") if name in weights]
    prefix = torch.cat(tokens, 1) if tokens else torch.zeros(1, 0, of["across"])
    before, grid = positions(weights, prefix.shape[1], facts["tile"] // of["patch"])
    prefix = prefix.clone()
    prefix[:, :before.shape[1]] += before

    def norm(x, name):
        return F.layer_norm(x, x.shape[-1:], weights[name + ".weight"], weights[name + ".bias"], of["epsilon"])

    def scaled(x, *names):
        for name in names:
            x = x * weights[name] if name in weights else x
        return x

    def forward(pixels):
        x = F.conv2d(pixels, weights[patch + ".weight"], weights.get(patch + ".bias"), stride=of["patch"])
        x = torch.cat([prefix.expand(len(pixels), -1, -1), x.flatten(2).transpose(1, 2) + grid], 1)
        for block in range(of["depth"]):
            at = f"blocks.{block}." if timm else f"encoder.layer.{block}."
            own = at + "norm1.weight" in weights
            y = attention(norm(x, at + ("norm1" if own else "layernorm_before")), weights, at, of["heads"])
            x = x + scaled(y, at + "ls1.gamma", at + "layer_scale1.lambda1")
            y = perceptron(norm(x, at + ("norm2" if own else "layernorm_after")), weights, at)
            x = x + scaled(y, at + "ls2.gamma", at + "layer_scale2.lambda1")
        if "fc_norm.weight" not in weights:
            x = norm(x, "norm" if timm else "layernorm")
        mean = x[:, prefix.shape[1]:].mean(1)
        features = {"class": x[:, 0], "mean": mean, "class+mean": torch.cat([x[:, 0], mean], -1)}[of["pool"]]
        return norm(features, "fc_norm") if "fc_norm.weight" in weights else features

    return forward


def random_vit(name, style):
    """Tensors of `name` as "timm", "vit" or "dinov2" (transformers) name them, and the files beside them."""
    across, depth, heads, patch, registers, gated, scaled, side = SIZES[name]
    torch.manual_seed(1)
    hidden = (int(across * 4 * 2 / 3) + 7) // 8 * 8 if gated else 4 * across
    tensors = {}
    timm = style == "timm"

    def add(key, *shape, deviation=0.02, about=0.0):
        tensors[key] = torch.randn(*shape) * deviation + about

    def layer(key, out, into):
        add(key + ".weight", out, into, deviation=0.7 / into ** 0.5)
        add(key + ".bias", out)

    def norm(key):
        add(key + ".weight", across, deviation=0.1, about=1)
        add(key + ".bias", across, deviation=0.1)

    begin = "" if timm else "embeddings."
    add((begin + "patch_embed.proj" if timm else begin + "patch_embeddings.projection") + ".weight", across, 3, patch, patch,
        deviation=1 / (3 * patch * patch) ** 0.5)
    add((begin + "patch_embed.proj" if timm else begin + "patch_embeddings.projection") + ".bias", across)
    add(begin + "cls_token", 1, 1, across, deviation=0.5)
    if registers:
        add("reg_token" if timm else "embeddings.register_tokens", 1, registers, across, deviation=0.5)
    alone = timm and registers > 0  # no_embed_class
    add("pos_embed" if timm else "embeddings.position_embeddings", 1, (side // patch) ** 2 + (0 if alone else 1), across, deviation=0.5)
    for block in range(depth):
        at = f"blocks.{block}." if timm else f"encoder.layer.{block}."
        norm(at + ("layernorm_before" if style == "vit" else "norm1"))
        norm(at + ("layernorm_after" if style == "vit" else "norm2"))
        if timm:
            layer(at + "attn.qkv", 3 * across, across)
            layer(at + "attn.proj", across, across)
        else:
            for part in ("query", "key", "value"):
                layer(at + "attention.attention." + part, across, across)
            layer(at + "attention.output.dense", across, across)
        widen, narrow = ("intermediate.dense", "output.dense") if style == "vit" else (
            ("mlp.weights_in", "mlp.weights_out") if gated and not timm else ("mlp.fc1", "mlp.fc2"))
        layer(at + widen, 2 * hidden if gated else hidden, across)
        layer(at + narrow, across, hidden)
        if scaled and style != "vit":
            for key in ("ls1.gamma", "ls2.gamma") if timm else ("layer_scale1.lambda1", "layer_scale2.lambda1"):
                add(at + key, across, deviation=0.1, about=0.5)
    norm("norm" if timm else "layernorm")
    if timm:
        config = {"architecture": name, "global_pool": "token", "model_args": {"num_heads": heads, "img_size": side},
                  "pretrained_cfg": {"input_size": [3, 224, 224], "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]}}
        return tensors, {"config.json": json.dumps(config)}
    config = {"model_type": style, "num_attention_heads": heads, "hidden_act": "gelu", "layer_norm_eps": 1e-12 if style == "vit" else 1e-6,
              "image_size": side, "patch_size": patch}
    seen = {"crop_size": {"height": 224, "width": 224}, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
    return tensors, {"config.json": json.dumps(config), "preprocessor_config.json": json.dumps(seen)}
