#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a model package of a ResNet-18 (ImageNet) whose tensors lie in a folder, one .npy each: conv1 to layer3, batch
norm folded into the convolutions; 256 features a tile. Needs Debian's python3-numpy and python3-h5py.

    imagenet_package.py FOLDER_OF_NPY PACKAGE
"""
import hashlib
import json
import pathlib
import sys

import h5py
import numpy


def main():
    source, package = map(pathlib.Path, sys.argv[1:])
    package.mkdir(parents=True)
    with h5py.File(package / "encoder.h5", "w") as file:
        for tensor in sorted(source.glob("*.npy")):
            file[tensor.stem] = numpy.load(tensor).astype("float32")
    encoder = {"name": "ResNet-18 (ImageNet), to layer3", "tile": 224, "mpp": 1.0, "mean": [0.485, 0.456, 0.406],
               "deviation": [0.229, 0.224, 0.225], "width": 256, "architecture": "resnet", "blocks": [2, 2, 2],
               "channels": [64, 128, 256], "weights": "encoder.h5",
               "sha256": hashlib.sha256((package / "encoder.h5").read_bytes()).hexdigest()}
    manifest = {"format": "geneglass-model", "format_version": 1, "name": "ImageNet ResNet-18", "version": "1",
                "statement": "ImageNet encoder, for comparison", "licence": "", "label_unit": "", "recipe": "none",
                "minimum_tissue": 0.7, "encoder": encoder, "genes": []}
    (package / "manifest.json").write_text(json.dumps(manifest, indent=1))


if __name__ == "__main__":
    main()
