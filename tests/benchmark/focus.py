#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Can blur be told from the tissue itself? Of tiles of 112 um at 1 um a pixel: the log of the energy of the Laplacian of optical
density over that of the same blurred by 2 pixels, sharp as scanned and after Gaussian blurs of known width (planted truth on
real tissue). Needs Debian's python3-scipy and python3-pil.

    focus.py SLIDE.tif:MPP[:LEFT,TOP,RIGHT,BOTTOM]...
"""
import sys

import numpy
import PIL.Image
from scipy import ndimage

SIDE = 112
WIDTHS = [0, 1, 2, 3, 4, 6]  # um


def score(density):
    fine, coarse = ndimage.laplace(density), ndimage.laplace(ndimage.gaussian_filter(density, 2))
    return numpy.log((fine ** 2).mean() / ((coarse ** 2).mean() + 1e-12))


def scores(picture, mpp, width):
    if width:
        planes = numpy.asarray(picture).astype(numpy.float32)
        planes = numpy.stack([ndimage.gaussian_filter(planes[..., plane], width / mpp) for plane in range(3)], -1)
        picture = PIL.Image.fromarray(planes.round().clip(0, 255).astype(numpy.uint8))
    picture = picture.resize((int(picture.width * mpp), int(picture.height * mpp)), PIL.Image.BOX)
    density = -numpy.log10((numpy.asarray(picture).astype(numpy.float32).mean(-1) + 1) / 256)
    found = {}
    for top in range(0, density.shape[0] - SIDE, SIDE):
        for left in range(0, density.shape[1] - SIDE, SIDE):
            tile = density[top:top + SIDE, left:left + SIDE]
            if (tile > 0.08).mean() > 0.5:
                found[top, left] = score(tile)
    return found


def main():
    PIL.Image.MAX_IMAGE_PIXELS = None
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for word in sys.argv[1:]:
        file, mpp, *box = word.split(":")
        picture = PIL.Image.open(file).convert("RGB")
        if box:
            picture = picture.crop([int(side) for side in box[0].split(",")])
        sharp = scores(picture, float(mpp), 0)
        for width in WIDTHS:
            found = scores(picture, float(mpp), width) if width else sharp
            values = [value for place, value in found.items() if place in sharp]
            low, middle, high = numpy.percentile(values, [1, 50, 99])
            print(f"{file}, {len(values)} tiles, blurred by {width} um: 1st percentile {low:.2f}, median {middle:.2f}, "
                  f"99th {high:.2f}", flush=True)


if __name__ == "__main__":
    main()
