#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a cohort costs: predicts the slides of a folder as one run, calls it again, and collects; seconds, peak memory,
files and bytes of each. Makes the slides first where they are not there.

    cohort_run.py GENEGLASS-CLI FOLDER [--slides N] [--size WxH] [--threads T]
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import time


def call(what, words, out):
    begin = time.monotonic()
    child = subprocess.Popen([str(word) for word in words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read().decode()
    _, status, used = os.wait4(child.pid, 0)
    files = [file for file in pathlib.Path(out).rglob("*") if file.is_file()]
    print(
        "%-34s %7.1f s  %6.1f s of processors  %5.0f MiB at most  %5d files, %6.1f MiB  status %d"
        % (what, time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, len(files),
           sum(file.stat().st_size for file in files) / 2**20, os.waitstatus_to_exitcode(status)), flush=True)
    return said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--slides", type=int, default=1000)
    parser.add_argument("--size", default="1536x1536")
    parser.add_argument("--threads", type=int, default=0)
    asked = parser.parse_args()
    subprocess.run([asked.program, "synth", asked.folder, "--slides", str(asked.slides), "--seed", "11", "--size",
                    asked.size], check=True, stdout=subprocess.DEVNULL)
    out, cache, table = (asked.folder / name for name in ("results", "cache", "table"))
    for old in (out, cache):
        shutil.rmtree(old, ignore_errors=True)
    os.environ["GENEGLASS_CACHE"] = str(cache)
    manifest = asked.folder / "manifest.csv"
    manifest.write_text("slide\n" + "".join(file.name + "\n" for file in sorted(asked.folder.glob("*.tif"))))
    predict = [asked.program, "predict", "--slides", manifest, "--out", out, "--threads", asked.threads]
    said = call("predict --slides", predict, out)
    call("the same again", predict, out)
    call("collect", [asked.program, "collect", out, "--out", table], out)
    counts = json.loads((asked.folder / "table.report.json").read_text())["counts"]
    print("made %(made)d, failed %(failed)d" % counts)
    print("\n".join(said.splitlines()[:2]))
    print("cache %.1f MiB" % (sum(file.stat().st_size for file in cache.rglob("*") if file.is_file()) / 2**20))


main()
