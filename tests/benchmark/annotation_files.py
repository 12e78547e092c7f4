#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times `geneglass-cli convert` on many polygons, from and to each format that needs no slide.

usage: annotation_files.py GENEGLASS_CLI [POLYGONS [POINTS]]     needs nothing but Python
"""
import json
import math
import os
import random
import resource
import sys
import tempfile
import time


def make(file, polygons, points):
    """Cells of 10 to 30 pixels on a slide of 100,000 x 80,000, as QuPath 0.5 writes them."""
    chance = random.Random(1)
    with open(file, "w") as out:
        out.write('{"type": "FeatureCollection", "features": [')
        for number in range(polygons):
            x, y, radius = chance.uniform(0, 1e5), chance.uniform(0, 8e4), chance.uniform(10, 30)
            ring = []
            for corner in range(points):
                r, angle = radius * chance.uniform(0.9, 1.1), 2 * math.pi * corner / points
                ring.append([round(x + r * math.cos(angle), 2), round(y + r * math.sin(angle), 2)])
            feature = {"type": "Feature", "id": f"{number:032x}",
                       "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]},
                       "properties": {"objectType": "annotation",
                                      "classification": {"name": f"Class {number % 5}", "color": [200, number % 5, 0]}}}
            out.write(("," if number else "") + json.dumps(feature))
        out.write("]}")


def run(program, source, dialect, out):
    """Seconds, and the most memory in MiB, of one call."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(program, [program, "convert", source, "--to", dialect, "--out", out])
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"convert --to {dialect} ended with {status}")
    return time.monotonic() - began, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    polygons = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    points = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with tempfile.TemporaryDirectory() as folder:
        given = os.path.join(folder, "given.geojson")
        make(given, polygons, points)
        print(f"{polygons} polygons of {points} points, {os.path.getsize(given) / 2**20:.0f} MiB of GeoJSON")
        for dialect in ("geojson", "asap", "imagescope", "histomics"):
            there, back = os.path.join(folder, "there." + dialect), os.path.join(folder, "back.geojson")
            for source, to, out in ((given, dialect, there), (there, "geojson", back)):
                timed = sorted(run(sys.argv[1], source, to, out) for _ in range(3))[1]
                print(f"{'geojson' if source == given else dialect:>10} -> {to:<10} {timed[0]:6.2f} s "
                      f"({timed[2]:.2f} s of processor) {timed[1]:6.0f} MiB")


if __name__ == "__main__":
    main()
