#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of models on real tissue, by the product's own commands alone: each of four HER2+ sections (her2st C2 to
C5, one patient) is left out in turn, a cohort is made of the others, a model trained on it, and its prediction compared
with the spots of the section left out. Prints r, mean over the genes, of each section, the mean of the four and the
seconds that it took.

    spot_models.py GENEGLASS_CLI DATA_FOLDER ENCODER_PACKAGE WORK_FOLDER [--bags spots|regions] [--head H] [...]

What follows WORK_FOLDER goes to spot-cohort where it begins with --bags, --cuts or --sizes, else to train.
"""
import json
import pathlib
import subprocess
import sys
import time

SECTIONS = ("C2", "C3", "C4", "C5")
OF_COHORT = ("--bags", "--cuts", "--sizes", "--region-spots")


def run(*words):
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return done.stdout


def main():
    cli, data, encoder, work = (pathlib.Path(word).resolve() for word in sys.argv[1:5])
    pairs = list(zip(sys.argv[5::2], sys.argv[6::2]))
    cohort_options = [word for pair in pairs if pair[0] in OF_COHORT for word in pair]
    train_options = [word for pair in pairs if pair[0] not in OF_COHORT for word in pair]
    if "--bags" not in cohort_options:
        cohort_options += ["--bags", "spots"]
    work.mkdir(parents=True)
    means, lows, highs = [], [], []
    for held_out in SECTIONS:
        began = time.time()
        rows = ["section,slide,counts,spots"]
        for name in SECTIONS:
            if name != held_out:
                folder = data / "st" / f"her2st-{name}"
                rows.append(f"{name},{folder / 'slide.tif'},{folder / 'counts.tsv.gz'},{folder / 'spots.tsv'}")
        sections = work / f"without-{held_out}.csv"
        sections.write_text("\n".join(rows) + "\n")
        cohort, model = work / f"cohort-{held_out}", work / f"model-{held_out}"
        run(cli, "spot-cohort", sections, "--model", encoder, "--out", cohort, *cohort_options)
        run(cli, "train", cohort / "cohort.csv", "--recipe", "geneglass", "--encoder", encoder, "--out", model,
            *train_options)
        seconds = time.time() - began
        folder = data / "st" / f"her2st-{held_out}"
        said = json.loads(run(cli, "spots", model, folder / "slide.tif", "--counts", folder / "counts.tsv.gz", "--spots",
                              folder / "spots.tsv", "--json"))
        means.append(said["mean_pearson"])
        lows.append(said["mean_pearson_low"])
        highs.append(said["mean_pearson_high"])
        how = json.loads((model / "manifest.json").read_text())["training"]
        print(f"{held_out}: {means[-1]:.3f} ({lows[-1]:.3f} to {highs[-1]:.3f}), {len(said['genes'])} genes, "
              f"{seconds:.0f} s; {how}", flush=True)
    print(f"mean of the four: {sum(means) / 4:.3f} (of the intervals' ends {sum(lows) / 4:.3f} to {sum(highs) / 4:.3f})")


if __name__ == "__main__":
    main()
