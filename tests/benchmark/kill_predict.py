#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a prediction (SIGKILL) at random moments and lets the next run go on; at the end every number of the maps must
be that of an undisturbed run, bit for bit. Needs Debian's python3-h5py and python3-numpy.

    kill_predict.py GENEGLASS-CLI SLIDE [--kills N] [--seed S] [--model PACKAGE]
"""
import argparse
import glob
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import h5py
import numpy

os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"


def tiles_done(cache):
    done = 0
    for name in glob.glob(str(cache / "*.growing.h5")):
        with h5py.File(name) as bag:
            done += int((bag["state"][:] != 0).sum())
    return done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("slide")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model")
    asked = parser.parse_args()
    random.seed(asked.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)

        def words(out):
            return [asked.program, "predict", asked.slide, "--out", folder / out, "--threads", "1",
                    *(["--model", asked.model] if asked.model else [])]

        def environment(cache):
            return {**os.environ, "GENEGLASS_CACHE": str(folder / cache)}

        begin = time.time()
        subprocess.run(words("undisturbed"), env=environment("a"), check=True, capture_output=True)
        whole = time.time() - begin
        kills, kept, finished = 0, [], 0
        while kills < asked.kills:
            run = subprocess.Popen(words("killed"), env=environment("b"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                run.wait(random.uniform(0.02, 0.9) * whole)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                kills += 1
                kept.append(tiles_done(folder / "b"))
                continue
            finished += 1
            if run.returncode != 0:
                sys.exit(f"a run that was not killed ended with {run.returncode}")
            for name in glob.glob(str(folder / "b" / "*")):
                os.remove(name)
        subprocess.run(words("killed"), env=environment("b"), check=True, capture_output=True)
        stem = pathlib.Path(asked.slide).stem
        with h5py.File(folder / "undisturbed" / f"{stem}.maps.h5") as one, h5py.File(folder / "killed" / f"{stem}.maps.h5") as other:
            for name in ("coords", "attention", "expression", "contribution"):
                if not numpy.array_equal(one[name][:], other[name][:]):
                    sys.exit(f"'{name}' differs from the undisturbed run")
        print(f"{kills} kills, {finished} runs that ended before; tiles kept after each kill: {kept}")
        print("the final maps are those of the undisturbed run, bit for bit")


if __name__ == "__main__":
    main()
