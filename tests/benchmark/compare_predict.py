#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A ResNet-18-shaped encoder over one slide, Geneglass beside a PyTorch + OpenSlide script, in turn, with the same
weights and the same tiles; says how far the features agree. Needs what make_resnet18.py and peer_predict.py need.

    compare_predict.py GENEGLASS-CLI SLIDE [--tiles N] [--folder KEEP]
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy

HERE = pathlib.Path(__file__).parent


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("slide")
    parser.add_argument("--tiles", type=int, default=400)
    parser.add_argument("--folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(asked.folder or temporary)
        if not (folder / "script" / "manifest.json").exists():
            run(sys.executable, HERE / "make_resnet18.py", folder)
        bag = folder / "bags" / (pathlib.Path(asked.slide).stem + ".h5")
        if not bag.exists():
            run(asked.program, "extract", asked.slide, "--model", folder / "built-in", "--out", folder / "bags")
        ours = json.loads(run(asked.program, "bench", "predict", asked.slide, "--model", folder / "built-in", "--precision",
                              "float32", "--tiles", asked.tiles, "--json"))
        peer = [sys.executable, HERE / "peer_predict.py", asked.slide, bag, folder / "script" / "encoder.pt", "--tiles", asked.tiles]
        usual = json.loads(run(*peer, "--out", folder / "peer.npy"))
        full = json.loads(run(*peer, "--threads", os.cpu_count()))
        with h5py.File(bag) as file:
            features = file["features"][:]
        first = max(0, (len(features) - asked.tiles) // 2)
        theirs = numpy.load(folder / "peer.npy")
        difference = numpy.abs(features[first:][: len(theirs)] - theirs).max() / numpy.abs(theirs).max()
        print(json.dumps({
            "tiles": ours["tiles"],
            "geneglass_tiles_per_s": ours["tiles_per_s"],
            "geneglass_encode_only_tiles_per_s": ours["encode_only_tiles_per_s"],
            "script_tiles_per_s": usual["tiles_per_s"],
            "script_threads": usual["threads"],
            "script_all_threads_tiles_per_s": full["tiles_per_s"],
            "ratio": ours["tiles_per_s"] / usual["tiles_per_s"],
            "ratio_all_threads": ours["tiles_per_s"] / full["tiles_per_s"],
            "largest_relative_difference": float(difference),
        }, indent=2))


if __name__ == "__main__":
    main()
