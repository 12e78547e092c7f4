#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are genes of larger fold change predicted better (Huang et al. 2022), where fold changes are planted?

    planted_fold_change.py GENEGLASS-CLI SYNTHETIC ENCODER OUT [--genes 60] [--noise 0.6] [--seed 1] [-- TRAIN OPTIONS]

SYNTHETIC is a folder that `geneglass-cli synth` wrote. Counts of a tumour and of a matched normal sample of each patient
are drawn: the normal one around a base of the gene; in the tumour the gene is 2^s times as high (or low) in the cells of
one tissue, s evenly from 0 to 3, and as in the normal sample elsewhere. Both samples carry the same noise for every gene.
A control has the same sizes, but of the whole sample, whatever its tissue: nothing in the slide tells them apart.
Trains and judges out of fold by `train --fold-change`, then ranks size of change against held-out r, over the planted
genes and over the control; p by permutation (20,000). Needs numpy and h5py."""
import argparse
import csv
import json
import pathlib
import subprocess
import sys

import h5py
import numpy

DRIVERS = [["lymphoid"], ["tumour"], ["goblet", "mucin"], ["stroma"]]


def shares(folder, slides):
    """Slides x driver sets: share of the tissue."""
    all_shares = []
    for slide in slides:
        with h5py.File(folder / slide.replace(".tif", ".truth.h5")) as file:
            names = [name.decode() for name in file["classes"][:]]
            parts = file["composition"][:].mean(axis=(1, 2))
        area = dict(zip(names, parts))
        tissue = sum(part for name, part in area.items() if name not in ("background", "pen"))
        all_shares.append([sum(area[name] for name in drivers) / tissue for drivers in DRIVERS])
    return numpy.array(all_shares)


def draw(random, share, genes, noise):
    """Tumour and normal counts, patients x (planted and control genes), and the planted sizes in log2."""
    sizes = numpy.linspace(0, 3, genes)
    random.shuffle(sizes)
    signs = random.choice([-1, 1], genes)
    patients = len(share)
    tumour, normal = [], []
    for control in (False, True):
        for gene in range(genes):
            base = 2 ** random.uniform(8, 12)
            change = 2.0 ** (signs[gene] * sizes[gene])
            of_tissue = share[:, gene % len(DRIVERS)]
            factor = numpy.full(patients, change) if control else 1 + of_tissue * (change - 1)
            patient = base * 2 ** random.normal(0, 0.5, patients)  # shared by both samples
            tumour.append(patient * factor * 2 ** random.normal(0, noise / 2**0.5, patients))
            normal.append(patient * 2 ** random.normal(0, noise / 2**0.5, patients))
    return numpy.rint(tumour).T, numpy.rint(normal).T, sizes


def write_table(file, names, symbols, counts):
    with open(file, "w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["patient", *symbols])
        for name, row in zip(names, counts):
            writer.writerow([name, *(f"{value:.0f}" for value in row)])


def ranks(values):
    order = numpy.argsort(values, kind="stable")
    place = numpy.empty(len(values))
    place[order] = numpy.arange(len(values))
    for value in numpy.unique(values):
        place[values == value] = place[values == value].mean()
    return place


def rank_correlation(random, x, y, draws=20000):
    x, y = ranks(x), ranks(y)
    rho = numpy.corrcoef(x, y)[0, 1]
    drawn = [abs(numpy.corrcoef(random.permutation(x), y)[0, 1]) for _ in range(draws)]
    return rho, (1 + sum(value >= abs(rho) for value in drawn)) / (draws + 1)


def train(asked, options):
    """The package's out-of-fold scores by symbol."""
    package = asked.out / "model"
    if not package.exists():
        subprocess.run([asked.cli.resolve(), "train", asked.out / "cohort.csv", "--fold-change", "log10",
                        "--tumour", asked.out / "tumour.csv", "--normal", asked.out / "normal.csv", "--encoder",
                        asked.encoder, "--out", package, *(options or ["--recipe", "geneglass", "--head", "gated"])],
                       check=True, stdout=subprocess.DEVNULL)
    with open(package / "out-of-fold.json") as stream:
        return {gene["symbol"]: gene for gene in json.load(stream)["genes"]}


def main():
    words = sys.argv[1:]
    own, options = (words[: words.index("--")], words[words.index("--") + 1 :]) if "--" in words else (words, [])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cli", "synthetic", "encoder", "out"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--genes", type=int, default=60)
    parser.add_argument("--noise", type=float, default=0.6, help="standard deviation of log2 fold changes")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(own)
    random = numpy.random.default_rng(asked.seed)

    with open(asked.synthetic / "cohort.csv") as stream:
        rows = [(row["slide"], row["case"]) for row in csv.DictReader(stream)]
    share = shares(asked.synthetic, [slide for slide, _ in rows])
    tumour, normal, sizes = draw(random, share, asked.genes, asked.noise)
    symbols = [f"{kind}{gene:03d}" for kind in ("PLANTED", "CONTROL") for gene in range(asked.genes)]
    asked.out.mkdir(parents=True, exist_ok=True)
    write_table(asked.out / "tumour.csv", [case for _, case in rows], symbols, tumour)
    write_table(asked.out / "normal.csv", [case for _, case in rows], symbols, normal)
    with open(asked.out / "cohort.csv", "w") as stream:
        stream.write("slide,case,split\n")
        for slide, case in rows:
            stream.write(f"{(asked.synthetic / slide).resolve()},{case},train\n")

    scores = train(asked, options)
    held_out = numpy.array([scores[symbol]["r"] for symbol in symbols], dtype=float)
    believed = numpy.array([scores[symbol]["well_predicted"] for symbol in symbols])
    measured = numpy.abs(numpy.median(numpy.log2(tumour / normal), axis=0))
    for kind, chosen in (("planted", slice(0, asked.genes)), ("control", slice(asked.genes, None))):
        r = held_out[chosen]
        rho, p = rank_correlation(random, sizes, r)
        rho_measured, p_measured = rank_correlation(random, measured[chosen], r)
        thirds = [r[numpy.argsort(sizes)[i * asked.genes // 3 : (i + 1) * asked.genes // 3]] for i in range(3)]
        print(f"{kind}: {asked.genes} genes, rank correlation of planted |log2 fold change| and held-out r "
              f"{rho:.3f} (p {p:.2g}), of measured |median log2 fold change| {rho_measured:.3f} (p {p_measured:.2g}); "
              f"median r by thirds of size " + ", ".join(f"{numpy.median(third):.3f}" for third in thirds)
              + f"; {believed[chosen].sum()} well predicted")


if __name__ == "__main__":
    main()
