#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blur told from the tissue itself, by the rule of inference/tissue/focus.h written again in NumPy: tiles as scanned, and the same
after Gaussian blurs of known width (planted truth on real tissue) and a JPEG of quality 80, as a scanner would have stored them.
Needs Debian's python3-scipy and python3-pil.

    focus.py [--side UM] (SLIDE:MPP[:LEFT,TOP,RIGHT,BOTTOM] | FOLDER:MPP)...     FOLDER: of tiles
"""
import argparse
import io
import os
import random

import numpy
import PIL.Image
from scipy import ndimage

WIDTHS = [0, 1, 2, 3, 4, 6, 8]  # um
LIMITS = (-1.55, -1.2)
MOST = 600  # tiles of a slide


def energy(density):
    second = (density[1:-1, :-2] + density[1:-1, 2:] + density[:-2, 1:-1] + density[2:, 1:-1] - 4 * density[1:-1, 1:-1])
    return (second ** 2).mean() + 1e-12


def halved(density):
    even = density[:density.shape[0] // 2 * 2, :density.shape[1] // 2 * 2]
    return (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4


def focus(tile, mpp):
    if mpp < 1:
        tile = tile.resize((int(tile.width * mpp), int(tile.height * mpp)), PIL.Image.BOX)
    density = -numpy.log10((numpy.asarray(tile)[..., 1].astype(numpy.float32) + 1) / 256)
    energies = []
    for _ in range(3):
        density = halved(density)
        energies.append(energy(density))
    return numpy.log(energies[0] / energies[1]), numpy.log(energies[1] / energies[2])


def blurred(tile, pixels):
    planes = numpy.asarray(tile).astype(numpy.float32)
    planes = numpy.stack([ndimage.gaussian_filter(planes[..., plane], pixels) for plane in range(3)], -1)
    stored = io.BytesIO()
    PIL.Image.fromarray(planes.round().clip(0, 255).astype(numpy.uint8)).save(stored, "JPEG", quality=80)
    return PIL.Image.open(stored).convert("RGB")


def tiles_of(place, side, box):
    if os.path.isdir(place):
        return [PIL.Image.open(os.path.join(place, name)).convert("RGB") for name in sorted(os.listdir(place))]
    picture = PIL.Image.open(place).convert("RGB")
    if box:
        picture = picture.crop([int(edge) for edge in box[0].split(",")])
    tiles = [picture.crop((x, y, x + side, y + side)) for y in range(0, picture.height - side, side)
             for x in range(0, picture.width - side, side)]
    tiles = [tile for tile in tiles if (numpy.asarray(tile).mean(-1) < 211).mean() > 0.5]
    random.seed(1)
    return random.sample(tiles, MOST) if len(tiles) > MOST else tiles


def main():
    PIL.Image.MAX_IMAGE_PIXELS = None
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", type=float, default=112, help="of a tile, um")
    parser.add_argument("places", nargs="+")
    wish = parser.parse_args()
    for word in wish.places:
        place, mpp, *box = word.split(":")
        mpp = float(mpp)
        tiles = tiles_of(place, int(wish.side / mpp), box)
        for width in WIDTHS:
            found = numpy.array([focus(blurred(tile, width / mpp) if width else tile, mpp) for tile in tiles])
            told = (found < LIMITS).any(1)
            print(f"{place}, {len(tiles)} tiles, blurred by {width} um: told {told.sum()}; "
                  + "; ".join(f"{numpy.min(row):.2f} to {numpy.max(row):.2f}, {numpy.median(row):.2f}" for row in found.T),
                  flush=True)


if __name__ == "__main__":
    main()
