#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An imported encoder beside a forward of our own in PyTorch, from the same file: the largest difference over 32 tiles, and
tiles a second of both by turns, PyTorch at its best number of threads and tiles a call. Needs Debian's python3-torch,
python3-numpy and python3-pil.

    foreign_encoders.py mobilenetv2|resnetv2|resnet|vit WEIGHTS PACKAGE FOLDER_OF_PNG [--program build/release/bin/bench_encode_tiles]
    foreign_encoders.py make resnet18|resnet34|resnet50 FILE.safetensors    random weights
    foreign_encoders.py make_vit vit_base_patch16_224 timm|vit|dinov2 FOLDER    random weights and the files beside them
    foreign_encoders.py make_heads PACKAGE    gives an imported package random linear heads of five genes, for `bench predict`
"""
import argparse
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import h5py
import numpy
import PIL.Image
import torch
import torch.nn.functional as F

from transformer_reference import random_vit, vit

THREADS = os.cpu_count()  # PyTorch takes half of them unless told
FIRSTS = [5, 10, 16, 21, 27, 33, 38, 44, 50, 56, 61, 67, 73, 78, 84, 90]  # numbers of the expanding convolutions
STRIDES = [2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]


def tensors_of(file):
    if file.suffix == ".safetensors":
        data = file.read_bytes()
        begin = 8 + int.from_bytes(data[:8], "little")
        return {name: torch.from_numpy(numpy.frombuffer(data, "float32", offset=begin + facts["data_offsets"][0], count=int(
            numpy.prod(facts["shape"]))).reshape(facts["shape"]).copy())
                for name, facts in json.loads(data[8:begin]).items() if facts.get("dtype") == "F32"}
    return {name: torch.from_numpy(array.astype("float32")) for name, array in numpy.load(file).items()}


def mobilenetv2(weights, facts):
    """Of the width that the package has: 1280 for all of it, else cut at the block that gives so many."""
    kept = sum(facts["blocks"]) - 1
    whole = len(facts["channels"]) == len(facts["blocks"]) + 2

    def convolution(x, number, **more):
        return F.conv2d(x, weights[f"conv_{number}_weight"], weights[f"conv_{number}_bias"], **more)

    def depthwise(x, number, stride):
        return F.relu6(convolution(x, number, stride=stride, padding=1, groups=x.shape[1]))

    def forward(x):
        x = F.relu6(convolution(x, 0, stride=2, padding=1))
        x = convolution(depthwise(x, 2, 1), 4)
        for first, stride in list(zip(FIRSTS, STRIDES))[:kept]:
            y = depthwise(F.relu6(convolution(x, first)), first + 2, stride)
            y = convolution(y, first + 4)
            x = x + y if y.shape == x.shape else y
        if whole:
            x = F.relu6(convolution(x, 95))
        return x.mean((2, 3))

    return forward


def resnetv2(weights, facts):
    """MXNet's pre-activation network; takes what the package's mean and deviation give without its first norm."""
    blocks = facts["blocks"]

    def norm(x, name):
        parts = [weights[f"{name}_{part}"] for part in ("running_mean", "running_var", "gamma", "beta")]
        return F.batch_norm(x, *parts, training=False, eps=1e-5)

    def forward(x):
        x = F.conv2d(norm(x, "batchnorm0"), weights["conv0_weight"], stride=2, padding=3)
        x = F.max_pool2d(F.relu(norm(x, "batchnorm1")), 3, 2, 1)
        for stage, count in enumerate(blocks, 1):
            for block in range(count):
                first = 0 if block == 0 else 3 * block + 1
                stride = 2 if block == 0 and stage > 1 else 1
                of = [weights[f"stage{stage}_conv{first + i}_weight"] for i in range(4 if block == 0 else 3)]
                y = F.relu(norm(x, f"stage{stage}_batchnorm{3 * block}"))
                if block == 0:
                    x = F.conv2d(y, of[3], stride=stride)
                y = F.relu(norm(F.conv2d(y, of[0]), f"stage{stage}_batchnorm{3 * block + 1}"))
                y = F.relu(norm(F.conv2d(y, of[1], stride=stride, padding=1), f"stage{stage}_batchnorm{3 * block + 2}"))
                x = x + F.conv2d(y, of[2])
        last = f"stage{len(blocks) + 1}_batchnorm0"
        return F.relu(norm(x, last if last + "_gamma" in weights else "batchnorm2")).mean((2, 3))

    return forward


def resnet(weights, facts):
    """torchvision's names, from a .npz of them or a .safetensors file."""
    def norm(x, name):
        parts = [weights[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
        return F.batch_norm(x, *parts, training=False, eps=1e-5)

    def forward(x):
        x = F.relu(norm(F.conv2d(x, weights["conv1.weight"], stride=2, padding=3), "bn1"))
        x = F.max_pool2d(x, 3, 2, 1)
        for stage, count in enumerate(facts["blocks"], 1):
            for block in range(count):
                name = f"layer{stage}.{block}"
                stride = 2 if block == 0 and stage > 1 else 1
                y = x
                convolutions = 3 if name + ".conv3.weight" in weights else 2
                for i in range(1, convolutions + 1):
                    kernel = weights[f"{name}.conv{i}.weight"]
                    strided = i == (2 if convolutions == 3 else 1)
                    y = F.conv2d(y, kernel, stride=stride if strided else 1, padding=kernel.shape[2] // 2)
                    y = norm(y, f"{name}.bn{i}")
                    y = F.relu(y) if i < convolutions else y
                if name + ".downsample.0.weight" in weights:
                    x = norm(F.conv2d(x, weights[name + ".downsample.0.weight"], stride=stride), name + ".downsample.1")
                x = F.relu(x + y)
        return x.mean((2, 3))

    return forward


def make(architecture, file):
    """Random weights of a residual network under torchvision's names, as .safetensors."""
    counts, wide = {"resnet18": ([2, 2, 2, 2], 1), "resnet34": ([3, 4, 6, 3], 1), "resnet50": ([3, 4, 6, 3], 4)}[architecture]
    torch.manual_seed(1)
    tensors = {}

    def add(convolution, norm, out, into, kernel):
        tensors[convolution + ".weight"] = torch.randn(out, into, kernel, kernel) * (2 / (into * kernel * kernel)) ** 0.5
        for part, factor, offset in (("weight", 0.1, 0.7), ("bias", 0.1, 0), ("running_mean", 0.1, 0), ("running_var", 0.1, 1)):
            tensors[f"{norm}.{part}"] = torch.randn(out).clamp(-3, 3) * factor + offset

    add("conv1", "bn1", 64, 3, 7)
    into = 64
    for stage, count in enumerate(counts, 1):
        inner = 32 << stage
        out = inner * wide
        for block in range(count):
            name = f"layer{stage}.{block}"
            shapes = [(inner, into, 1), (inner, inner, 3), (out, inner, 1)] if wide == 4 else [(out, into, 3), (out, out, 3)]
            for i, shape in enumerate(shapes, 1):
                add(f"{name}.conv{i}", f"{name}.bn{i}", *shape)
            if block == 0 and (stage > 1 or wide == 4):
                add(name + ".downsample.0", name + ".downsample.1", out, into, 1)
            into = out
    write_safetensors(tensors, file)


def write_safetensors(tensors, file):
    header, begin = {}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [begin, begin + 4 * tensor.numel()]}
        begin += 4 * tensor.numel()
    text = json.dumps(header).encode()
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            out.write(tensor.numpy().tobytes())


def make_vit(name, style, folder):
    tensors, files = random_vit(name, style)
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(tensors, folder / "model.safetensors")
    for file, text in files.items():
        (folder / file).write_text(text)


def make_heads(package):
    manifest = json.loads((package / "manifest.json").read_text())
    torch.manual_seed(2)
    with h5py.File(package / "head.h5", "w") as file:
        file["value.weight"] = torch.randn(5, manifest["encoder"]["width"]).numpy() / 50
        file["value.bias"] = torch.zeros(5).numpy()
    manifest["head"] = {"file": "head.h5", "kind": "linear",
                        "sha256": hashlib.sha256((package / "head.h5").read_bytes()).hexdigest()}
    manifest["genes"] = [{"symbol": f"RANDOM{i}", "subtype": "", "training_mean": 0.0, "training_deviation": 1.0, "heldout_r": 0.0,
                          "ci_low": 0.0, "ci_high": 0.0, "well_predicted": False, "prediction_quantiles": [0.01 * q for q in range(101)]}
                         for i in range(5)]
    (package / "manifest.json").write_text(json.dumps(manifest))


def rate(forward, tiles, seconds):
    """Tiles a second: the median of the rounds."""
    rates = []
    end = time.perf_counter() + seconds
    with torch.no_grad():
        forward(tiles)
        while not rates or time.perf_counter() < end:
            begin = time.perf_counter()
            forward(tiles)
            rates.append(len(tiles) / (time.perf_counter() - begin))
    return statistics.median(rates)


def main():
    if sys.argv[1:2] == ["make"]:
        return make(sys.argv[2], pathlib.Path(sys.argv[3]))
    if sys.argv[1:2] == ["make_vit"]:
        return make_vit(sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4]))
    if sys.argv[1:2] == ["make_heads"]:
        return make_heads(pathlib.Path(sys.argv[2]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", choices=["mobilenetv2", "resnetv2", "resnet", "vit"])
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("tiles", type=pathlib.Path)
    parser.add_argument("--program", default="build/release/bin/bench_encode_tiles")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batches", type=int, nargs="+", default=[1, 4, 16, 32], help="tiles a call of PyTorch to try")
    parser.add_argument("--precision", default="float32", help="of this program; PyTorch is float32")
    asked = parser.parse_args()
    facts = json.loads((asked.package / "manifest.json").read_text())["encoder"]
    side = facts["tile"]
    files = sorted(asked.tiles.glob("*.png"))[:32]
    colours = numpy.stack([numpy.asarray(PIL.Image.open(file).convert("RGB").resize((side, side))) for file in files])
    mean, deviation = (numpy.array(facts[key], "float32") for key in ("mean", "deviation"))
    if asked.family == "resnetv2":  # the package's have its first norm in them
        mean, deviation = numpy.array([[0.485, 0.456, 0.406], [0.229, 0.224, 0.225]], "float32")
    inputs = torch.from_numpy(((colours.astype("float32") / 255 - mean) / deviation).transpose(0, 3, 1, 2).copy())
    forward = globals()[asked.family](tensors_of(asked.weights), facts)
    with tempfile.TemporaryDirectory() as folder:
        raw, out = pathlib.Path(folder, "tiles"), pathlib.Path(folder, "features")
        raw.write_bytes(colours.tobytes())

        def ours(seconds, threads=THREADS):
            words = [asked.program, asked.package, raw, out, threads, seconds, asked.precision]
            return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout

        ours(0)
        features = numpy.fromfile(out, "float32").reshape(len(files), -1)
        with torch.no_grad():
            expected = forward(inputs).numpy()
        print(f"{len(files)} tiles, {features.shape[1]} numbers: largest difference "
              f"{abs(features - expected).max() / abs(expected).max():.2e} of the largest feature")
        if asked.seconds <= 0:
            return
        settings = [(threads, batch) for threads in range(1, THREADS + 1) for batch in asked.batches]
        found = []
        for threads, batch in settings:
            torch.set_num_threads(threads)
            found.append((rate(forward, inputs[:batch], 1), (threads, batch)))
        setting = max(found)[1]
        torch.set_num_threads(setting[0])
        print(f"PyTorch {torch.__version__} is best with {setting[0]} threads and {setting[1]} tiles a call")
        pairs = [(float(ours(asked.seconds)), rate(forward, inputs[:setting[1]], asked.seconds))
                 for _ in range(asked.rounds)]
        for own, other in pairs:
            print(f"{own:.1f} tiles/s here, {other:.1f} in PyTorch: {own / other:.2f} times")


if __name__ == "__main__":
    main()
