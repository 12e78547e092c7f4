#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of models on real tissue: each of four HER2+ sections (her2st C2 to C5, one patient) left out in turn.
Makes what bench_spot_models wants of the folder of test data and runs it. Needs what imagenet_package.py needs.

    spot_models.py BENCH_SPOT_MODELS DATA_FOLDER WORK_FOLDER [options of bench_spot_models]
"""
import pathlib
import subprocess
import sys

MICROMETRES_PER_PIXEL = 0.735  # her2st's images, which do not say so


def main():
    bench, data, work = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    work.mkdir(parents=True, exist_ok=True)
    package = work / "imagenet"
    if not package.exists():
        script = pathlib.Path(__file__).with_name("imagenet_package.py")
        subprocess.run([sys.executable, script, data / "weights/resnet18_imagenet_npy", package], check=True)
    sections = work / "sections.csv"
    rows = ["section,slide,counts,spots,mpp"]
    for name in ("C2", "C3", "C4", "C5"):
        folder = data / "st" / f"her2st-{name}"
        rows.append(f"{name},{folder / 'slide.tif'},{folder / 'counts.tsv.gz'},{folder / 'spots.tsv'},{MICROMETRES_PER_PIXEL}")
    sections.write_text("\n".join(rows) + "\n")
    sys.exit(subprocess.run([bench, sections, package, work / "features", *sys.argv[4:]]).returncode)


if __name__ == "__main__":
    main()
