#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""soak_plot.py SOAK.csv OUT.svg [WARM_UP_MINUTES [ROUND_MINUTES]]: draws what bench_soak wrote, and prints the slope of
each column an hour after the warm-up with its 95 % interval (least squares; errors of Newey and West, so that neighbouring
samples, which resemble each other, do not count as many; lags up to a round over all slides)."""
import csv, math, sys

COLUMNS = [("resident_mib", "memory of the program, MiB"), ("heap_in_use_mib", "of it asked for and not given back, MiB"),
           ("threads", "threads"), ("files", "open files"), ("windows", "windows on the X server"),
           ("server_mib", "memory of the X server, MiB")]
WIDTH, HEIGHT, LEFT, GAP = 900, 110, 60, 34


def slope(times, values, lags):
    """Per unit of time, and half of its interval."""
    count = len(times)
    mean_t, mean_v = sum(times) / count, sum(values) / count
    spread = sum((t - mean_t) ** 2 for t in times)
    rise = sum((t - mean_t) * (v - mean_v) for t, v in zip(times, values)) / spread
    scores = [(t - mean_t) * (v - mean_v - rise * (t - mean_t)) for t, v in zip(times, values)]
    variance = sum(s * s for s in scores)
    for lag in range(1, min(lags, count - 1) + 1):
        weight = 1 - lag / (lags + 1)
        variance += 2 * weight * sum(scores[i] * scores[i - lag] for i in range(lag, count))
    return rise, 1.96 * math.sqrt(max(0, variance)) / spread


def panel(rows, column, title, top, warm_up):
    times = [row["seconds"] / 60 for row in rows]
    values = [row[column] for row in rows]
    low, high, last = min(values), max(values), times[-1]
    if high == low:
        high = low + 1
    x = lambda minute: LEFT + (WIDTH - LEFT - 10) * minute / last
    y = lambda value: top + HEIGHT - HEIGHT * (value - low) / (high - low)
    line = " ".join("%.1f,%.1f" % (x(t), y(v)) for t, v in zip(times, values))
    text = '<text x="%d" y="%d">%s</text>' % (LEFT, top - 6, title)
    text += '<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="#eee"/>' % (LEFT, top, x(warm_up) - LEFT, HEIGHT)
    for value in (low, high):
        text += '<text x="%d" y="%.1f" text-anchor="end">%g</text>' % (LEFT - 4, y(value) + 4, round(value, 1))
    return text + '<polyline points="%s" fill="none" stroke="#2060a0" stroke-width="1"/>' % line


def main():
    warm_up = float(sys.argv[3]) if len(sys.argv) > 3 else 8
    around = float(sys.argv[4]) if len(sys.argv) > 4 else 6
    with open(sys.argv[1]) as file:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(file)]
    after = [row for row in rows if row["seconds"] >= 60 * warm_up]
    height = GAP + len(COLUMNS) * (HEIGHT + GAP)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">' % (
        WIDTH, height)
    svg += '<rect width="100%" height="100%" fill="white"/>'
    for number, (column, title) in enumerate(COLUMNS):
        svg += panel(rows, column, title, GAP + number * (HEIGHT + GAP), warm_up)
        if len(after) > 10:
            lags = int(around * 60 / max(1e-9, rows[1]["seconds"] - rows[0]["seconds"]))
            rise, half = slope([row["seconds"] / 3600 for row in after], [row[column] for row in after], lags)
            values = [row[column] for row in after]
            print("%-16s %8.1f to %8.1f, %+8.2f an hour (95 %% interval %+.2f to %+.2f)" % (
                column, min(values), max(values), rise, rise - half, rise + half))
    svg += '<text x="%d" y="%d">minutes 0 to %.0f; grey: warm-up</text></svg>\n' % (LEFT, height - 8, rows[-1]["seconds"] / 60)
    with open(sys.argv[2], "w") as file:
        file.write(svg)
    last = rows[-1]
    print("%.0f minutes, %d rounds: %d slides opened, %d refused, %d annotations drawn, %d files saved, %d not" % (
        last["seconds"] / 60, last["rounds"], last["opened"], last["unopened"], last["drawn"], last["saved"],
        last["refused"]))


main()
