#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sweep.py BIN LIBFAULTS WORK KIND COMMAND [PLACES [LEAST]]: one command with a fault at each of so many places.

KIND: memory1 (one allocation of LEAST bytes and more gets nothing), memory (that one and all that follow), disk (each
change of a file from there on finds no space), read (each read of the slide from there on fails). COMMAND: a line of
commands() below. A run is right where it ends with status 0 and the files of a sound run, or with status 1, one
sentence, and no file or the files that were there before. All else is printed; the last line counts.
"""
import hashlib, io, os, re, struct, subprocess, sys, tempfile

import h5py

PATIENCE = 120
BIN, FAULTS, WORK, KIND, NAME = sys.argv[1:6]
PLACES = int(sys.argv[6]) if len(sys.argv) > 6 else 100
LEAST = int(sys.argv[7]) if len(sys.argv) > 7 else 1024
CLI = os.path.join(BIN, "geneglass-cli")
SHOW = os.path.join(BIN, "geneglass")


def commands(place, slide, model):
    out = os.path.join(place, "out")
    drawn = os.path.join(WORK, "drawn.geojson")
    cohort = os.path.join(WORK, "slides", "cohort.csv")
    case = os.path.join(place, "out", "a.geneglass")
    return {
        "info": [CLI, "info", slide],
        "predict": [CLI, "predict", slide, "--model", model, "--out", out, "--threads", "1"],
        "extract": [CLI, "extract", slide, "--model", model, "--out", out, "--threads", "1"],
        "others": [CLI, "predict", slide, "--model", model, "--out", out, "--threads", "1", "--h5ad", "--geojson",
                   "--ome-tiff"],
        "convert": [CLI, "convert", drawn, "--to", "geojson", "--out", os.path.join(out, "c.geojson")],
        "compare": [CLI, "compare", slide, "--model", model, "--regions", drawn, "--csv", os.path.join(out, "t.csv")],
        "train": [CLI, "train", cohort, "--recipe", "geneglass", "--encoder", model, "--out",
                  os.path.join(out, "trained"), "--folds", "2", "--threads", "1"],
        "evaluate": [CLI, "evaluate", os.path.join(WORK, "trained"), cohort, "--out", out, "--threads", "1"],
        "snapshot": [SHOW, slide, "--model", model, "--snapshot", os.path.join(out, "a.png"), "--size", "400x300"],
        "svg": [SHOW, slide, "--model", model, "--snapshot", os.path.join(out, "a.svg"), "--size", "400x300"],
        "jpg": [SHOW, slide, "--model", model, "--snapshot", os.path.join(out, "a.jpg"), "--size", "400x300"],
        "tif": [SHOW, slide, "--model", model, "--snapshot", os.path.join(out, "a.tif"), "--size", "400x300"],
        "pdf": [SHOW, slide, "--model", model, "--report", os.path.join(out, "a.pdf")],
        "html": [SHOW, slide, "--model", model, "--report", os.path.join(out, "a.html")],
    }


def files_of(folder):
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                found[os.path.relpath(os.path.join(path, name), folder)] = content_of(name, file.read())
    return found


def content_of(name, content):
    """Without what is another in each run: seconds, days, folders."""
    if name.endswith((".json", ".html", ".pdf")):
        content = re.sub(rb'"(total|read|encode|heads|tissue|aggregate)": *[-0-9.e]+', b"", content)
        content = re.sub(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?Z?|D:\d+", b"", content)
    content = re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"", content)
    if name.endswith(".prediction.json"):
        return [part for part in re.split(rb"[\s,]+", content) if part]
    if name.endswith((".maps.h5", ".h5ad")):
        return len(content)
    if name.endswith(".h5"):  # a bag: HDF5 writes the second into it
        found = []
        with h5py.File(io.BytesIO(content)) as bag:
            found += [(key, str(value)) for key, value in sorted(bag.attrs.items())]
            bag.visititems(lambda at, of: found.append((at, of[()].tobytes())) if isinstance(of, h5py.Dataset) else None)
        return hashlib.sha256(repr(found).encode()).hexdigest()
    if name.endswith(".pdf"):
        return "pdf" if content.rstrip().endswith(b"%%EOF") else "torn"
    if name.endswith((".curve.csv", ".csv")) and b"seconds" in content:
        return "csv"
    return hashlib.sha256(content).hexdigest()


def is_same(one, other):
    """Half a batch, where memory was refused, gives the same numbers but for their last digits."""
    if not isinstance(one, list) or not isinstance(other, list):
        return one == other
    return len(one) == len(other) and all(is_same_word(*words) for words in zip(one, other))


def is_same_word(one, other):
    try:
        return one == other or abs(float(one) - float(other)) <= 1e-4 * max(1, abs(float(one)))
    except ValueError:
        return False


def run(schedule, before=None):
    """Status, what it said, the files it left."""
    with tempfile.TemporaryDirectory(dir=WORK) as place:
        os.makedirs(os.path.join(place, "out"))
        for name in before or {}:
            path = os.path.join(place, "out", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            open(path, "w").write("before")
        slide = os.path.join(WORK, "slide", "synthetic-1-0001.tif")
        model = os.path.join(WORK, "model")
        words = commands(place, slide, model)[NAME]
        variables = dict(os.environ, GENEGLASS_CACHE=os.path.join(place, "cache"), HOME=place, XDG_RUNTIME_DIR=place,
                         FAULTS_COUNTS=os.path.join(place, "counts"), QT_LOGGING_RULES="qt.qpa.*=false",
                         GENEGLASS_CASES=os.path.join(place, "cases"), **schedule)
        variables["LD_PRELOAD"] = FAULTS
        try:
            done = subprocess.run(words, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=PATIENCE)
            status, said = done.returncode, done.stderr.decode(errors="replace").strip()
        except subprocess.TimeoutExpired:
            status, said = "hang", ""
        counts = struct.unpack("3Q", open(os.path.join(place, "counts"), "rb").read()[:24])
        return status, said.replace(place, "PLACE"), files_of(os.path.join(place, "out")), counts


def judge(status, said, files, whole, before):
    if status == 0:
        wrong = sorted(name for name in set(whole) | set(files) if not is_same(whole.get(name), files.get(name)))
        return "another output with status 0: " + " ".join(wrong) if wrong else ""
    if status != 1:
        return "status %s" % status
    if not said.endswith(".") or "bad_alloc" in said:
        return "no sentence"
    if KIND != "disk":
        return ""
    torn = sorted(name for name in files if name in whole and not is_same(files[name], whole[name]) and
                  files[name] != before.get(name))
    return "torn: " + " ".join(torn) if torn else ""


def main():
    status, said, whole, counts = run({"FAULTS_MEMORY": "%d:0:1" % LEAST, "FAULTS_DISK": "28:999999999",
                                       "FAULTS_READ": "5:999999999:slide"})
    assert status == 0, (status, said)
    kinds = {"memory1": 0, "memory": 0, "disk": 1, "read": 2}
    most = counts[kinds[KIND]]
    before = {}
    if KIND == "disk":
        before = {name: hashlib.sha256(b"before").hexdigest() for name in whole if name.endswith(
            (".h5ad", ".geojson", ".png", ".jpg", ".svg", ".tif", ".html", ".csv"))}
    places = sorted({1 + i * (most - 1) // max(1, PLACES - 1) for i in range(PLACES)}) if most else []
    print("%s %s: %d places of %d" % (KIND, NAME, len(places), most), flush=True)
    counted, sentences = {}, {}
    for place in places:
        schedule = {"memory1": {"FAULTS_MEMORY": "%d:%d:1" % (LEAST, place)},
                    "memory": {"FAULTS_MEMORY": "%d:%d:0" % (LEAST, place)},
                    "disk": {"FAULTS_DISK": "28:%d" % place},
                    "read": {"FAULTS_READ": "5:%d:slide/" % place}}[KIND]
        status, said, files, _ = run(schedule, before)
        wrong = judge(status, said, files, whole, before)
        key = wrong.split(":")[0] or "status %s" % status
        counted[key] = counted.get(key, 0) + 1
        sentences.setdefault(re.sub(r"\d+", "N", said), []).append(place)
        if wrong:
            print("  %d: %s | %s" % (place, wrong, said[-300:]), flush=True)
    for sentence, at in sorted(sentences.items(), key=lambda each: -len(each[1])):
        print("  %4d x %s" % (len(at), sentence[:240]))
    print("  ".join("%s: %d" % each for each in sorted(counted.items())), flush=True)


main()
