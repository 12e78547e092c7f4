#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a ResNet-18-shaped encoder with weights drawn by seed, twice: as a model package that Geneglass runs itself
(FOLDER/built-in), and as TorchScript, a package too (FOLDER/script). Needs Debian's python3-torch and python3-h5py.

    make_resnet18.py FOLDER
"""
import hashlib
import json
import pathlib
import sys

import h5py
import torch
from torch import nn

MEAN, DEVIATION = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


class Block(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = None
        if stride != 1 or before != width:
            self.downsample = nn.Sequential(nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + shortcut)


class ResNet18(nn.Module):
    """torchvision's layers and names, without the classifier."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        widths = [64, 64, 128, 256, 512]
        for stage in range(1, 5):
            before, width = widths[stage - 1], widths[stage]
            self.add_module(f"layer{stage}", nn.Sequential(Block(before, width, 1 if stage == 1 else 2), Block(width, width, 1)))

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return x.mean((2, 3))


def resnet18(seed):
    torch.manual_seed(seed)
    network = ResNet18()
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(module, nn.BatchNorm2d):  # statistics that folding has to get right
            module.weight.data.uniform_(0.5, 1.0)
            module.bias.data.uniform_(-0.2, 0.2)
            module.running_mean.uniform_(-0.2, 0.2)
            module.running_var.uniform_(0.5, 1.5)
    return network.eval()


def write_package(folder, weights, facts):
    encoder = {"name": "ResNet-18 with random weights", "tile": 224, "mpp": 0.5, "mean": MEAN, "deviation": DEVIATION,
               "width": 512, "weights": weights, "sha256": hashlib.sha256((folder / weights).read_bytes()).hexdigest(), **facts}
    manifest = {"format": "geneglass-model", "format_version": 1, "name": "ResNet-18 for benchmarks", "version": "1",
                "statement": "an encoder with random weights, for measuring speed", "licence": "CC0-1.0", "label_unit": "",
                "recipe": "none", "minimum_tissue": 0.7, "encoder": encoder, "genes": []}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))


def main():
    folder = pathlib.Path(sys.argv[1])
    network = resnet18(1)
    (folder / "built-in").mkdir(parents=True, exist_ok=True)
    (folder / "script").mkdir(parents=True, exist_ok=True)
    with h5py.File(folder / "built-in" / "encoder.h5", "w") as file:
        for name, tensor in network.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                file[name] = tensor.numpy()
    write_package(folder / "built-in", "encoder.h5",
                  {"architecture": "resnet", "blocks": [2, 2, 2, 2], "channels": [64, 128, 256, 512]})
    torch.jit.save(torch.jit.trace(network, torch.zeros(1, 3, 224, 224)), folder / "script" / "encoder.pt")
    write_package(folder / "script", "encoder.pt", {"architecture": "torchscript"})


if __name__ == "__main__":
    main()
