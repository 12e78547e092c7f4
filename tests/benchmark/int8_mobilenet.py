#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What int8 would make of a MobileNetV2 model's predictions: weights of 8 bits an output channel, activations of 8 bits a
step (unsigned after ReLU6, else signed), cut off where the squared error is least, as int8_calibration.h chooses it; computed
in floats. By what decides: r over tiles of each gene, and slide values in standard deviations over the sections. Spots of every
other section choose the ranges. Then each step rounded alone: which one costs most. Needs Debian's python3-torch, python3-h5py
and python3-pil.

    int8_mobilenet.py PACKAGE SECTION... [--spots 40] [--mpp 0.688]    SECTION: a folder with slide.tif and spots.tsv
"""
import argparse
import csv
import json
import pathlib

import h5py
import numpy
import PIL.Image
import torch
import torch.nn.functional as F

STRIDES = [1, 2, 2, 2, 1, 2, 1]  # of the stages


def steps_of(facts):
    """(name, stride, depthwise, rectifies, adds) of each convolution, in the network's order."""
    steps, number, last = [("features.0.0", 2, False, True, False)], 1, facts["channels"][0]
    for stage, count in enumerate(facts["blocks"]):
        for index in range(count):
            name, stride, out = f"features.{number}.conv", STRIDES[stage] if index == 0 else 1, facts["channels"][stage + 1]
            if stage:
                steps.append((name + ".0.0", 1, False, True, False))
            steps.append((name + (".1.0" if stage else ".0.0"), stride, True, True, False))
            steps.append((name + (".2" if stage else ".1"), 1, False, False, stride == 1 and out == last))
            number, last = number + 1, out
    return steps


class Network:
    def __init__(self, package):
        self.facts = json.loads((package / "manifest.json").read_text())["encoder"]
        with h5py.File(package / "encoder.h5") as file:
            self.weights = {name: torch.from_numpy(file[name][:]) for name in file}
        self.steps = steps_of(self.facts)
        self.sizes = [None] * len(self.steps)

    def rounded_weight(self, name):
        weight = self.weights[name + ".weight"]
        size = weight.abs().flatten(1).amax(1).clamp(min=1e-30).reshape(-1, 1, 1, 1) / 127
        return (weight / size).round() * size

    def features(self, x, rounded=frozenset(), see=None):
        residual = x
        for i, (name, stride, depthwise, rectifies, adds) in enumerate(self.steps):
            if name.endswith(".0.0"):
                residual = x
            weight = self.rounded_weight(name) if i in rounded else self.weights[name + ".weight"]
            x = F.conv2d(x, weight, self.weights[name + ".bias"], stride=stride, padding=weight.shape[2] // 2,
                         groups=x.shape[1] if depthwise else 1)
            x = F.relu6(x) if rectifies else x + residual if adds else x
            if see:
                see(i, x)
            if i in rounded:
                low, high = (0, 255) if rectifies else (-128, 127)
                x = (x / self.sizes[i]).round().clamp(low, high) * self.sizes[i]
        return x.mean((2, 3))

    def calibrate(self, batches):
        bins = 2048
        largest = [1e-20] * len(self.steps)
        histograms = [torch.zeros(bins) for _ in self.steps]

        def largest_of(i, x):
            largest[i] = max(largest[i], float(x.abs().max()))

        def count(i, x):
            histograms[i] += torch.histc(x.abs(), bins, 0, largest[i])

        for see in (largest_of, count):
            for batch in batches:
                self.features(batch, see=see)
        middle = torch.arange(bins) + 0.5
        for i, (_, _, _, rectifies, _) in enumerate(self.steps):
            levels, counts = (255 if rectifies else 127), histograms[i].clone()
            counts[0] = 0
            cuts = list(range(128, bins, 16)) + [bins]
            errors = []
            for cut in cuts:
                size = cut / levels
                errors.append(float((counts * (middle - size * (middle / size).round().clamp(max=levels)) ** 2).sum()))
            self.sizes[i] = largest[i] * cuts[int(numpy.argmin(errors))] / bins / levels


def tiles_of(section, facts, sizes, count, mpp):
    """count x sizes x 3 x side x side, normalised, about spots evenly over the section."""
    PIL.Image.MAX_IMAGE_PIXELS = None
    slide = PIL.Image.open(section / "slide.tif").convert("RGB")
    with open(section / "spots.tsv") as file:
        spots = [row for row in csv.DictReader(file, delimiter="\t") if row["selected"] == "1"]
    mean, deviation = (torch.tensor(facts[key]).reshape(3, 1, 1) for key in ("mean", "deviation"))
    tiles = []
    for i in range(min(count, len(spots))):
        spot = spots[i * len(spots) // min(count, len(spots))]
        x, y = float(spot["pixel_x"]), float(spot["pixel_y"])
        for size in sizes:
            half = size * facts["tile"] * facts["mpp"] / mpp / 2
            tile = slide.crop([round(x - half), round(y - half), round(x + half), round(y + half)])
            tile = tile.resize((facts["tile"], facts["tile"]), PIL.Image.BOX if half * 2 > facts["tile"] else PIL.Image.BILINEAR)
            tiles.append((torch.from_numpy(numpy.asarray(tile).copy()).permute(2, 0, 1) / 255 - mean) / deviation)
    return torch.stack(tiles)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=pathlib.Path)
    parser.add_argument("sections", type=pathlib.Path, nargs="+")
    parser.add_argument("--spots", type=int, default=40)
    parser.add_argument("--mpp", type=float, default=0.688)
    asked = parser.parse_args()
    torch.set_grad_enabled(False)
    manifest = json.loads((asked.package / "manifest.json").read_text())
    sizes, genes = manifest["view"]["sizes"], [gene["symbol"] for gene in manifest["genes"]]
    with h5py.File(asked.package / "head.h5") as file:
        weight, bias = file["value.weight"][:], file["value.bias"][:]
    network = Network(asked.package)
    sections = [tiles_of(section, network.facts, sizes, asked.spots, asked.mpp) for section in asked.sections]
    network.calibrate([batch for section in sections[::2] for batch in section.split(32)])

    def said(tiles, rounded=frozenset()):
        found = torch.cat([network.features(batch, rounded) for batch in tiles.split(32)])
        return found.reshape(len(tiles) // len(sizes), -1).numpy() @ weight.T + bias  # z-scores, spots x genes

    def least_r(a, b):
        r = [numpy.corrcoef(a[:, gene], b[:, gene])[0, 1] for gene in range(a.shape[1])]
        return min(r), genes[int(numpy.argmin(r))], float(numpy.median(r))

    whole = frozenset(range(len(network.steps)))
    exact = [said(tiles) for tiles in sections]
    means = numpy.stack([one.mean(0) for one in exact])
    for number in range(1, len(sections), 2):
        found = said(sections[number], whole)
        apart = abs(found.mean(0) - means[number]) / means.std(0, ddof=1)
        least, gene, median = least_r(exact[number], found)
        print(f"{asked.sections[number].name}: least r {least:.5f} ({gene}), median {median:.5f}; slide value at most "
              f"{apart.max():.3f} standard deviations apart ({genes[int(apart.argmax())]}), median {numpy.median(apart):.3f}")
    alone = []
    for i, step in enumerate(network.steps):
        found = said(sections[1], frozenset([i]))
        alone.append((least_r(exact[1], found)[2], least_r(exact[1], found)[0], step[0]))
    for median, least, name in sorted(alone)[:6]:
        print(f"{name} alone: median r {median:.5f}, least {least:.5f}")
    for kept in range(1, 7):
        without = {name for _, _, name in sorted(alone)[:kept]}
        found = said(sections[1], frozenset(i for i in whole if network.steps[i][0] not in without))
        least, gene, median = least_r(exact[1], found)
        print(f"without these first {kept}: least r {least:.5f} ({gene}), median {median:.5f}")


if __name__ == "__main__":
    main()
