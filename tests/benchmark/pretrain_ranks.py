#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pretraining by several processes beside one: losses step by step, tiles a second, and a rank that is killed.

  tests/benchmark/pretrain_ranks.py build/release/bin/geneglass-cli SOURCE... [--ranks 1 2 4] [--epochs 15]
      [--batch 128] [--encoder small] [--cores N] [--steps 50]

Each run has the same global batch, seed and reservoir; the processors (--cores, otherwise all) are shared out evenly.
The losses are those of the curve, a row a tenth of an epoch: with at most ten steps an epoch that is each step's.
At the end two ranks learn, one is killed, and both are called again: the curve must be that of one process.
Ends with status 1 where a run has fewer than --steps steps or a loss further than 1e-4 from the first run's.
"""
import argparse
import csv
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(words, rank, ranks, port):
    variables = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    if ranks > 1:
        variables |= {"RANK": str(rank), "WORLD_SIZE": str(ranks)}
    return subprocess.Popen(words, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def losses_of(out):
    with open(f"{out}.curve.csv", newline="") as file:
        return [(int(row["step"]), float(row["loss"])) for row in csv.DictReader(file) if row["neighbour_accuracy"] == ""]


def whole_run(words, ranks):
    """Seconds between the first and the last step as rank 0 tells them, all processes ended with 0."""
    port = free_port()
    processes = [start(words, rank, ranks, port) for rank in range(ranks)]
    begin = time.monotonic()
    said = [process.communicate()[1] for process in processes]
    if any(process.returncode for process in processes):
        sys.exit(f"{ranks} ranks failed: {said}")
    return time.monotonic() - begin


def killed_run(words, out, one):
    port = free_port()
    first, second = (start(words, rank, 2, port) for rank in range(2))
    curve = pathlib.Path(f"{out}.curve.csv")
    while not curve.exists() or curve.read_text().count("\n") < 6:
        time.sleep(0.1)
    second.kill()
    sentence = first.communicate()[1].strip().splitlines()[-1]
    before = curve.read_text().count("\n") - 1
    whole_run(words, 2)
    far = max(abs(a - b) for (_, a), (_, b) in zip(losses_of(out), one))
    print(f"rank 1 killed after {before} rows of the curve; rank 0, status {first.returncode}: {sentence}")
    print(f"called again: {len(losses_of(out))} rows of {len(one)}, losses at most {far:.1e} from those of one process")
    return far if len(losses_of(out)) == len(one) else float("inf")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("sources", nargs="+")
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--encoder", default="small")
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--steps", type=int, default=50)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        def words(name, ranks):
            return [call.program, "pretrain", *call.sources, "--recipe", "contrast", "--encoder", call.encoder,
                    "--epochs", str(call.epochs), "--batch", str(call.batch), "--negatives", "4096", "--seed", "1",
                    "--threads", str(max(1, call.cores // ranks)), "--out", f"{folder}/{name}"]

        one, least, furthest = None, call.steps, 0
        for ranks in call.ranks:
            seconds = whole_run(words(f"ranks{ranks}", ranks), ranks)
            losses = losses_of(f"{folder}/ranks{ranks}")
            one = one or losses
            steps = losses[-1][0]
            far = max(abs(a - b) for (_, a), (_, b) in zip(losses, one))
            print(f"{ranks} ranks of {max(1, call.cores // ranks)} threads: {steps} steps in {seconds:.1f} s, "
                  f"{steps * call.batch / seconds:.0f} tiles/s with start and end, last loss {losses[-1][1]:.5f}, "
                  f"at most {far:.1e} from the first run's", flush=True)
            least, furthest = min(least, steps), max(furthest, far)
        furthest = max(furthest, killed_run(words("killed", 2), f"{folder}/killed", one))
    if least < call.steps:
        sys.exit(f"{least} steps where {call.steps} are asked: more --epochs or a smaller --batch")
    if furthest > 1e-4:
        sys.exit(f"losses differ by {furthest:.1e}")


if __name__ == "__main__":
    main()
