#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a pyramid as Hamamatsu's NDPI: each level one JPEG with restart markers, as long as the rows are wide.

usage: made_ndpi.py PYRAMID.tif OUT.ndpi [--every 2] [--interval 304] [--hole BYTES]

--every: of the pyramid's levels, each so many-th is taken. --interval: MCUs of 8 x 8 pixels; they must divide
every level's rows. --hole: bytes of nothing before the pictures, so that they lie beyond 4 GiB (a sparse file).
Needs vips and cjpeg (Debian: libvips-tools, libjpeg-turbo-progs).
"""
import argparse
import struct
import subprocess
import tempfile
from pathlib import Path

SHORT, LONG, RATIONAL, SLONG, FLOAT, ASCII = 3, 4, 5, 9, 11, 2


def encode(source, page, interval, folder):
    """The level as one JPEG, its size, and where its intervals begin."""
    ppm, jpeg = folder / "level.ppm", folder / "level.jpg"
    subprocess.run(["vips", "copy", f"{source}[page={page}]", str(ppm)], check=True)
    header = [line for line in ppm.open("rb").read(200).split(b"\n")[:4] if not line.startswith(b"#")]
    width, height = map(int, b" ".join(header).split()[1:3])
    blocks = (width + 7) // 8
    interval = min(interval, blocks)
    while blocks % interval:
        interval -= 1
    subprocess.run(["cjpeg", "-quality", "80", "-sample", "1x1", "-restart", f"{interval}B", "-outfile", str(jpeg),
                    str(ppm)], check=True)
    data = jpeg.read_bytes()
    at = 2
    while data[at + 1] != 0xDA:
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    starts = [at + 2 + struct.unpack_from(">H", data, at + 2)[0]]
    at = starts[0]
    while (at := data.find(b"\xff", at)) >= 0:
        if 0xD0 <= data[at + 1] <= 0xD7:
            starts.append(at + 2)
        at += 2
    assert len(starts) == blocks // interval * ((height + 7) // 8), (len(starts), blocks, interval, height)
    return data, (width, height), starts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("out")
    parser.add_argument("--levels", type=int, default=3)
    parser.add_argument("--every", type=int, default=2)
    parser.add_argument("--interval", type=int, default=304)
    parser.add_argument("--hole", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=Path(args.out).resolve().parent) as folder, open(args.out, "wb") as out:
        out.write(struct.pack("<2sHQ", b"II", 42, 0))
        link = 4
        out.seek(max(out.tell(), args.hole))
        for level in range(args.levels):
            data, (width, height), starts = encode(args.source, level * args.every, args.interval, Path(folder))
            stream = out.tell()
            out.write(data)
            place = out.tell()
            out.write(struct.pack(f"<{len(starts)}I", *starts))
            resolution = out.tell()
            out.write(struct.pack("<2I", round(40000 / 2 ** (level * args.every)), 1))
            make = out.tell()
            out.write(b"Hamamatsu\0")
            lens = struct.unpack("<I", struct.pack("<f", 40 / 2 ** (level * args.every)))[0]
            tags = [(256, LONG, 1, width), (257, LONG, 1, height), (259, SHORT, 1, 7), (262, SHORT, 1, 6),
                    (271, ASCII, 10, make), (273, LONG, 1, stream), (277, SHORT, 1, 3), (278, LONG, 1, height),
                    (279, LONG, 1, len(data)), (282, RATIONAL, 1, resolution), (283, RATIONAL, 1, resolution),
                    (296, SHORT, 1, 3), (65420, SHORT, 1, 1), (65421, FLOAT, 1, lens), (65422, SLONG, 1, 0),
                    (65423, SLONG, 1, 0), (65424, SLONG, 1, 0), (65426, LONG, len(starts), place)]
            directory = out.tell()
            out.write(struct.pack("<H", len(tags)))
            for tag, kind, count, value in tags:
                out.write(struct.pack("<HHII", tag, kind, count, value & 0xffffffff))
            after = out.tell()
            out.write(struct.pack("<Q", 0))
            out.write(struct.pack(f"<{len(tags)}I", *(value >> 32 for *_, value in tags)))
            end = out.tell()
            out.seek(link)
            out.write(struct.pack("<Q", directory))
            out.seek(end)
            link = after
            print(f"level {level}: {width} x {height}, {len(starts)} intervals, {len(data)} bytes at {stream}")


main()
