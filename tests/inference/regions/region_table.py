# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of `geneglass-cli compare --json`, computed once more with NumPy and SciPy from the maps that
`predict` wrote: region_table.py TABLE.json NAME.prediction.json NAME.maps.h5 REGIONS.geojson A [B]
Prints the largest difference of every figure; exit status 1 where one is above 1e-6, 77 without NumPy.
Shares no code with the program: its own point in polygon, its own Mersenne twister of 64 bits."""
import json
import sys

try:
    import h5py
    import numpy as np
    from scipy import stats
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

MASK = (1 << 64) - 1


class Twister:
    """MT19937-64 (Nishimura and Matsumoto 2004)."""

    def __init__(self, seed):
        self.state = [seed & MASK]
        for i in range(1, 312):
            last = self.state[-1]
            self.state.append((6364136223846793005 * (last ^ (last >> 62)) + i) & MASK)
        self.next = 312

    def __call__(self):
        s = self.state
        if self.next == 312:
            for i in range(312):
                x = (s[i] & 0xFFFFFFFF80000000) | (s[(i + 1) % 312] & 0x7FFFFFFF)
                s[i] = s[(i + 156) % 312] ^ (x >> 1) ^ (0xB5026F5AA96619E9 if x & 1 else 0)
            self.next = 0
        x = s[self.next]
        self.next += 1
        x ^= (x >> 29) & 0x5555555555555555
        x ^= (x << 17) & 0x71D67FFFEDA60000 & MASK
        x ^= (x << 37) & 0xFFF7EEE000000000 & MASK
        return x ^ (x >> 43)


def in_rings(rings, x, y):
    """Even-odd over all rings."""
    inside = np.zeros(len(x), bool)
    for ring in rings:
        points = np.array(ring, float)
        for (x1, y1), (x2, y2) in zip(points, np.roll(points, -1, axis=0)):
            if y1 == y2:
                continue
            crosses = (y1 > y) != (y2 > y)
            inside ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return inside


def in_region(features, name, x, y):
    inside = np.zeros(len(x), bool)
    for feature in features:
        if feature["properties"].get("classification", {}).get("name") != name:
            continue
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for rings in parts:
            inside |= in_rings(rings, x, y)
    return inside


class Squares:
    def __init__(self, cells, side, draws, random):
        step = side // 5
        self.lattices = []
        worth = []
        for origin in range(25):
            keys = {}
            number = []
            for column, row in cells:
                key = ((row + origin // 5 * step) // side, (column + origin % 5 * step) // side)
                number.append(keys.setdefault(key, len(keys)))
            count = np.bincount(number).astype(float)
            self.lattices.append((np.array(number), count))
            worth.append(len(cells) ** 2 / (count**2).sum())
        self.worth = float(np.mean(worth))
        self.draws = []
        for _ in range(draws):
            origin = random() % 25
            squares = len(self.lattices[origin][1])
            taken = np.bincount([random() % squares for _ in range(squares)], minlength=squares)
            self.draws.append((origin, taken))

    def deviation(self, values):
        """values: genes x tiles."""
        sums = []
        for number, count in self.lattices:
            sums.append(np.stack([np.bincount(number, row, len(count)) for row in values]))
        means = np.stack(
            [sums[origin] @ taken / (self.lattices[origin][1] @ taken) for origin, taken in self.draws]
        )
        worth = max(2.0, self.worth)
        return means.std(axis=0, ddof=1) * np.sqrt(worth / (worth - 1))


def error_of_mean(values, small, large):
    s5, s10 = small.deviation(values), large.deviation(values)
    return np.maximum(s5, 2 * s10 - s5), max(1.0, large.worth - 1)


def benjamini_hochberg(p):
    order = np.argsort(p, kind="stable")
    q = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.minimum.accumulate(q[::-1])[::-1]
    result = np.empty(len(p))
    result[order] = np.minimum(q, 1)
    return result


def main():
    table = json.load(open(sys.argv[1]))
    facts = json.load(open(sys.argv[2]))
    features = json.load(open(sys.argv[4]))["features"]
    grid, genes = facts["grid"], facts["genes"]
    maps = h5py.File(sys.argv[3])
    coords = maps["coords"][:]
    reliable = [i for i, gene in enumerate(genes) if gene["well_predicted"]]
    expression = maps["expression"][:].astype(float)[reliable]
    attention = maps["attention"][:].astype(float)[reliable]
    x, y = coords[:, 0] + grid["tile"] / 2, coords[:, 1] + grid["tile"] / 2
    drawn_a = in_region(features, sys.argv[5], x, y)
    drawn_b = in_region(features, sys.argv[6], x, y) if len(sys.argv) > 6 else ~drawn_a
    in_a, in_b = drawn_a & ~drawn_b, drawn_b & ~drawn_a
    a, b = expression[:, in_a], expression[:, in_b]
    cells = coords // grid["stride"]

    expected = {"mean_a": a.mean(1), "mean_b": b.mean(1), "difference": a.mean(1) - b.mean(1)}
    pooled = np.sqrt(
        ((a.shape[1] - 1) * a.var(1, ddof=1) + (b.shape[1] - 1) * b.var(1, ddof=1)) / (a.shape[1] + b.shape[1] - 2)
    )
    expected["effect"] = expected["difference"] / pooled
    side = table["side"] * max(1, round(grid["tile"] / grid["stride"]))
    random = Twister(table["seed"])
    squares = [Squares(cells[tiles], width, table["draws"], random) for tiles in (in_a, in_b) for width in (side, 2 * side)]
    if min(squares[0].worth, squares[2].worth) >= 8:
        (sa, fa), (sb, fb) = error_of_mean(a, *squares[:2]), error_of_mean(b, *squares[2:])
        deviation = np.hypot(sa, sb)
        freedom = deviation**4 / (sa**4 / fa + sb**4 / fb)
        reach = stats.t.ppf(0.975, freedom) * deviation
        expected["low"], expected["high"] = expected["difference"] - reach, expected["difference"] + reach
        expected["p"] = 2 * stats.t.sf(np.abs(expected["difference"]) / deviation, freedom)
        expected["q"] = benjamini_hochberg(expected["p"])
    # A head that weighs tiles by one softmax, or not at all: Y = sum a E / sum a.
    left = ~drawn_a
    expected["without_a"] = (attention * expression)[:, left].sum(1) / attention[:, left].sum(1)
    expected["slide"] = (attention * expression).sum(1)
    for key, tiles in () if table["withheld"] else (("hotspot_a", in_a), ("hotspot_b", in_b)):
        share = []
        for number in reliable:
            hot = np.zeros(len(x), bool)
            for hotspot in facts["hotspots"]:
                if hotspot["gene"] == genes[number]["symbol"]:
                    hot |= in_rings(hotspot["polygon"], x, y)
            share.append(hot[tiles].mean())
        expected[key] = np.array(share)

    for key in ("heldout_r", "ci_low", "ci_high"):
        expected[key] = np.array([genes[i][key] for i in reliable])

    worst = max(
        abs(table["a"]["tiles"] - in_a.sum()),
        abs(table["b"]["tiles"] - in_b.sum()),
        abs(table["shared_tiles"] - (drawn_a & drawn_b).sum()),
        abs(table["a"]["squares"] - squares[0].worth),
        abs(table["b"]["squares"] - squares[2].worth),
    )
    print(f"{in_a.sum()} and {in_b.sum()} tiles, {len(reliable)} genes; counts and squares differ by {worst:.1e}")
    for key in table["genes"][0]:
        if key == "symbol":
            continue
        told = [gene[key] for gene in table["genes"]]
        if key not in expected:
            if any(value is not None for value in told):
                print(f"{key}: told where there is none")
                worst = np.inf
            continue
        difference = np.abs(np.array(told, float) - expected[key]).max()
        print(f"{key:10} differs by at most {difference:.1e}")
        worst = np.inf if np.isnan(difference) else max(worst, difference)
    return 0 if worst <= 1e-6 else 1


if __name__ == "__main__":
    sys.exit(main())
