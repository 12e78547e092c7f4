#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares one large snapshot with small ones of its parts, laid side by side.

usage: large_snapshot.py GENEGLASS SLIDE [--side 20000] [--screen 2000] [--downsample D] [--memory MIB] [--format png]

The large one is drawn by `geneglass SLIDE --snapshot FILE --size SIDExSIDE --plain`; each small one by a call of its own with
`--region`. Prints the largest difference in 8-bit steps and how many pixels differ, the seconds, the peak memory of the
large call (the kernel's ru_maxrss), and the size of its file. Needs a display (xvfb-run) and PIL, NumPy.
"""
import argparse
import os
import subprocess
import tempfile
import time

import numpy
from PIL import Image

Image.MAX_IMAGE_PIXELS = None


def draw(program, slide, file, size, region, memory):
    words = [program, slide, "--snapshot", file, "--size", "%dx%d" % size, "--plain", "--region", "%r,%r,%r,%r" % region]
    if memory:
        words += ["--memory", str(memory)]
    begin = time.monotonic()
    child = subprocess.Popen(words)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        raise SystemExit("%s ended with %d" % (" ".join(words), status))
    return time.monotonic() - begin, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("slide")
    parser.add_argument("--side", type=int, default=20000)
    parser.add_argument("--screen", type=int, default=2000)
    parser.add_argument("--downsample", type=float, default=0.5, help="level-0 pixels per pixel; below 1 is magnified")
    parser.add_argument("--left", type=float, default=0)
    parser.add_argument("--top", type=float, default=0)
    parser.add_argument("--memory", type=int)
    parser.add_argument("--format", default="png", choices=["png", "tif"])
    parser.add_argument("--parts", type=int, default=0, help="only so many parts, evenly spread; 0: all")
    asked = parser.parse_args()
    side, screen, step = asked.side, asked.screen, asked.downsample
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as folder:
        large = os.path.join(folder, "large." + asked.format)
        whole = (asked.left, asked.top, side * step, side * step)
        seconds, peak, busy = draw(asked.program, asked.slide, large, (side, side), whole, asked.memory)
        print("large: %.1f s, %.1f s of processor, peak %.0f MiB, file %.0f MiB"
              % (seconds, busy, peak, os.path.getsize(large) / 2**20), flush=True)
        pixels = numpy.asarray(Image.open(large).convert("RGB"))
        if pixels.shape != (side, side, 3):
            raise SystemExit("the large snapshot is %s" % (pixels.shape,))
        places = [(x, y) for y in range(0, side, screen) for x in range(0, side, screen)]
        if asked.parts:
            places = places[::max(1, len(places) // asked.parts)]
        most, different, compared = 0, 0, 0
        for x, y in places:
            wide, high = min(screen, side - x), min(screen, side - y)
            part = os.path.join(folder, "part.png")
            region = (asked.left + x * step, asked.top + y * step, wide * step, high * step)
            draw(asked.program, asked.slide, part, (wide, high), region, None)
            given = numpy.asarray(Image.open(part).convert("RGB")).astype(int)
            off = numpy.abs(given - pixels[y:y + high, x:x + wide]).max(axis=2)
            most, different, compared = max(most, int(off.max())), different + int((off > 0).sum()), compared + off.size
        print("%d parts of %d x %d: largest difference %d, %d of %d pixels differ"
              % (len(places), screen, screen, most, different, compared))


if __name__ == "__main__":
    main()
