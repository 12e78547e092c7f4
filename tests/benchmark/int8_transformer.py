#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bfloat16 and int8 in the products of a vision transformer's layers would make of its features: weights of 8 bits an
output channel, tokens of 8 bits each by its own largest number, the usual dynamic rounding; computed in floats, attention's own
products left in float32. By what decides: r over tiles of random linear heads (asked 0.999 of the least). Weights are random, or a
safetensors file of timm's or transformers' names. Needs Debian's python3-torch, python3-numpy and python3-pil.

    int8_transformer.py SLIDE.tif [--name vit_base_patch16_224] [--tiles 64] [--pool class]
"""
import argparse
import pathlib

import numpy
import PIL.Image
import torch
import torch.nn.functional as F

import transformer_reference as reference


def bfloat16(x):
    return x.to(torch.bfloat16).float()


def int8(x):
    """Each row, a token or an output channel, by its own largest number."""
    size = x.abs().amax(-1, keepdim=True).clamp(min=1e-30) / 127
    return (x / size).round() * size


def rounded(rounding, which=""):
    def linear(x, weights, name):
        if which not in name:
            return F.linear(x, weights[name + ".weight"], weights.get(name + ".bias"))
        return F.linear(rounding(x), rounding(weights[name + ".weight"]), weights.get(name + ".bias"))
    return linear


def tiles_of(slide, count, side=224):
    PIL.Image.MAX_IMAGE_PIXELS = None
    picture = numpy.asarray(PIL.Image.open(slide).convert("RGB"))
    places = [(x, y) for y in range(0, picture.shape[0] - side, side) for x in range(0, picture.shape[1] - side, side)]
    cut = [picture[y:y + side, x:x + side] for x, y in places]
    cut = [tile for tile in cut if tile.mean() < 215]
    cut = [cut[i * len(cut) // count] for i in range(min(count, len(cut)))]
    pixels = torch.from_numpy(numpy.stack(cut)).permute(0, 3, 1, 2) / 255
    return (pixels - torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("slide", type=pathlib.Path)
    parser.add_argument("--name", default="vit_base_patch16_224", choices=sorted(reference.SIZES))
    parser.add_argument("--tiles", type=int, default=64)
    parser.add_argument("--pool", default="class", choices=["class", "mean", "class+mean"])
    asked = parser.parse_args()
    torch.set_grad_enabled(False)
    across, depth, heads, patch = reference.SIZES[asked.name][:4]
    weights = reference.random_vit(asked.name, "timm")
    weights = weights[0] if isinstance(weights, tuple) else weights
    facts = {"tile": 224, "transformer": {"across": across, "depth": depth, "heads": heads, "patch": patch, "epsilon": 1e-6,
                                          "pool": asked.pool}}
    tiles = tiles_of(asked.slide, asked.tiles)
    forward = reference.vit(weights, facts)

    def features(linear):
        reference.linear = linear
        return torch.cat([forward(batch) for batch in tiles.split(8)]).numpy().astype(float)

    exact = features(rounded(lambda x: x))
    rows = numpy.random.default_rng(1).standard_normal((250, exact.shape[1]))
    deviation = exact.std(0).mean()

    def say(name, found):
        r = [numpy.corrcoef(exact @ row, found @ row)[0, 1] for row in rows]
        print(f"{name}: difference {abs(found - exact).max() / abs(exact).max():.1e} of the largest feature, "
              f"{numpy.sqrt(((found - exact) ** 2).mean()) / deviation:.3f} of what tiles differ by; r of 250 random heads "
              f"least {min(r):.5f}, median {numpy.median(r):.5f}", flush=True)

    say("bfloat16", features(rounded(bfloat16)))
    say("int8", features(rounded(int8)))
    for which in ("qkv", "proj", "fc1", "fc2"):
        say(f"int8, {which} alone", features(rounded(int8, which)))


if __name__ == "__main__":
    main()
