#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An imported encoder beside a forward of our own in PyTorch, from the same file: the largest difference over 32 tiles, and
tiles a second of both by turns, PyTorch at its best number of threads and tiles a call. Needs Debian's python3-torch,
python3-numpy and python3-pil.

    foreign_encoders.py mobilenetv2 WEIGHTS.npz PACKAGE FOLDER_OF_PNG [--program build/release/bin/bench_encode_tiles]
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy
import PIL.Image
import torch
import torch.nn.functional as F

FIRSTS = [5, 10, 16, 21, 27, 33, 38, 44, 50, 56, 61, 67, 73, 78, 84, 90]  # numbers of the expanding convolutions
STRIDES = [2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1]


def tensors_of(file):
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


def rate(forward, tiles, seconds):
    """Tiles a second: the median of the rounds."""
    rates = []
    end = time.perf_counter() + seconds
    with torch.no_grad():
        forward(tiles)
        while time.perf_counter() < end:
            begin = time.perf_counter()
            forward(tiles)
            rates.append(len(tiles) / (time.perf_counter() - begin))
    return statistics.median(rates)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", choices=["mobilenetv2"])
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("tiles", type=pathlib.Path)
    parser.add_argument("--program", default="build/release/bin/bench_encode_tiles")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    facts = json.loads((asked.package / "manifest.json").read_text())["encoder"]
    side = facts["tile"]
    files = sorted(asked.tiles.glob("*.png"))[:32]
    colours = numpy.stack([numpy.asarray(PIL.Image.open(file).convert("RGB").resize((side, side))) for file in files])
    mean, deviation = (numpy.array(facts[key], "float32") for key in ("mean", "deviation"))
    inputs = torch.from_numpy(((colours.astype("float32") / 255 - mean) / deviation).transpose(0, 3, 1, 2).copy())
    forward = globals()[asked.family](tensors_of(asked.weights), facts)
    with tempfile.TemporaryDirectory() as folder:
        raw, out = pathlib.Path(folder, "tiles"), pathlib.Path(folder, "features")
        raw.write_bytes(colours.tobytes())

        def ours(seconds, threads=torch.get_num_threads()):
            words = [asked.program, asked.package, raw, out, threads, seconds]
            return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout

        ours(0)
        features = numpy.fromfile(out, "float32").reshape(len(files), -1)
        with torch.no_grad():
            expected = forward(inputs).numpy()
        print(f"{len(files)} tiles, {features.shape[1]} numbers: largest difference "
              f"{abs(features - expected).max() / abs(expected).max():.2e} of the largest feature")
        if asked.seconds <= 0:
            return
        settings = [(threads, batch) for threads in range(1, torch.get_num_threads() + 1) for batch in (1, 4, 16, 32)]
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
