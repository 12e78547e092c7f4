#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Features of a slide's tiles the way scripts of the field compute them: OpenSlide in loader processes, a TorchScript
encoder in batches. Timed beside `geneglass-cli` on the same tiles by compare_predict.py. Needs Debian's python3-torch,
python3-openslide, python3-h5py and python3-numpy.

    peer_predict.py SLIDE BAG.h5 ENCODER.pt [--threads N] [--workers N] [--batch N] [--tiles N] [--out FEATURES.npy]

BAG.h5 gives the tiles' positions and their side in level-0 pixels, which must be the encoder's. Prints one JSON object.
"""
import argparse
import json
import time

import h5py
import numpy
import openslide
import torch
from torch.utils.data import DataLoader, Dataset

MEAN = numpy.float32([0.485, 0.456, 0.406])
DEVIATION = numpy.float32([0.229, 0.224, 0.225])


class Tiles(Dataset):
    def __init__(self, slide, coords, side):
        self.file, self.coords, self.side, self.slide = slide, coords, side, None

    def __len__(self):
        return len(self.coords)

    def __getitem__(self, index):
        if self.slide is None:  # one handle a loader process
            self.slide = openslide.OpenSlide(self.file)
        x, y = (int(value) for value in self.coords[index])
        tile = self.slide.read_region((x, y), 0, (self.side, self.side)).convert("RGB")
        pixels = (numpy.asarray(tile, dtype=numpy.float32) / 255 - MEAN) / DEVIATION
        return torch.from_numpy(pixels.transpose(2, 0, 1).copy())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("slide")
    parser.add_argument("bag")
    parser.add_argument("encoder")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--tiles", type=int, default=0)
    parser.add_argument("--out")
    asked = parser.parse_args()
    if asked.threads:
        torch.set_num_threads(asked.threads)
    with h5py.File(asked.bag) as bag:
        coords, side = bag["coords"][:], int(bag.attrs["tile"])
    if asked.tiles:
        first = (len(coords) - asked.tiles) // 2
        coords = coords[max(0, first):][: asked.tiles]
    module = torch.jit.freeze(torch.jit.load(asked.encoder).eval())
    loader = DataLoader(Tiles(asked.slide, coords, side), batch_size=asked.batch, num_workers=asked.workers)
    with torch.inference_mode():
        for _ in range(2):
            module(torch.zeros(asked.batch, 3, side, side))  # the profiling runs of TorchScript
        begin = time.perf_counter()
        features = torch.cat([module(batch) for batch in loader])
        seconds = time.perf_counter() - begin
    if asked.out:
        numpy.save(asked.out, features.numpy())
    print(json.dumps({"tiles": len(coords), "threads": torch.get_num_threads(), "tiles_per_s": len(coords) / seconds}))


if __name__ == "__main__":
    main()
