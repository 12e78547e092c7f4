#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what tests/inference/prediction/morans_i_test.cpp and hotspot_overlap_test.cpp expect, by other means than
the product's: Moran's I from the dense matrix of weights, its p from 9,999 orders of blocks, components by
scipy.ndimage.label, Dice from sets. Needs NumPy and SciPy. Call: spatial_statistics.py"""
import numpy
from scipy import ndimage

COLUMNS, ROWS, SIDE = 34, 27, 5


def there(column, row):
    return (column * column + 3 * row) % 7 != 0


def noise(column, row):
    return (7 * column + 13 * row + 5 * column * row) % 17


def step(column, row):
    return noise(column, row) + (9 if column > 15 else 0)


def weak(column, row):
    return noise(column, row) + 3 * (column // 9 % 2)


def board(column, row):
    return (column + row) % 2


cells = [(c, r) for r in range(ROWS) for c in range(COLUMNS) if there(c, r)]
def moran(values):
    """The test adds a cell far from all others: without neighbours it must not count."""
    places = numpy.array(cells)
    apart = numpy.abs(places[:, None, :] - places[None, :, :]).max(axis=2)
    weights = (apart == 1).astype(float)
    assert weights.sum(axis=1).min() > 0
    z = values - values.mean()
    return len(z) / weights.sum() * (z @ weights @ z) / (z @ z)


def chance(values, draws=9999, seed=7):
    """Blocks as lists of places; what finds no place in its new block fills the gaps in order."""
    blocks = {}
    for number, (c, r) in enumerate(cells):
        blocks.setdefault((r // SIDE, c // SIDE), {})[(r % SIDE, c % SIDE)] = number
    blocks = list(blocks.values())
    z = values - values.mean()
    picture = numpy.zeros((ROWS + 2, COLUMNS + 2))
    at = numpy.array([(r + 1, c + 1) for c, r in cells])

    def total(of):
        picture[at[:, 0], at[:, 1]] = of
        core = picture[1:-1, 1:-1]
        around = picture[1:-1, 2:] + picture[2:, 1:-1] + picture[2:, 2:] + picture[2:, :-2]
        return (core * around).sum()

    generator = numpy.random.default_rng(seed)
    observed, high = total(z), 0
    for _ in range(draws):
        source = numpy.empty(len(z), dtype=int)
        gaps, left = [], []
        for target, other in zip(blocks, generator.permutation(len(blocks))):
            other = blocks[other]
            for slot in sorted(set(target) | set(other)):
                if slot in target and slot in other:
                    source[target[slot]] = other[slot]
                elif slot in target:
                    gaps.append(target[slot])
                else:
                    left.append(other[slot])
        source[gaps] = left
        high += total(z[source]) >= observed - 1e-9
    return (1 + high) / (1 + draws)


def hotspots(rule):
    picture = numpy.array([[there(c, r) and rule(c, r) for c in range(COLUMNS)] for r in range(ROWS)])
    labels, count = ndimage.label(picture, structure=numpy.ones((3, 3)))
    return picture, sorted((labels == i + 1).sum() for i in range(count))


counts = {}
for c, r in cells:
    counts[(c // SIDE, r // SIDE)] = counts.get((c // SIDE, r // SIDE), 0) + 1
worth = len(cells) ** 2 / sum(n * n for n in counts.values())
print(f"{len(cells)} cells, worth {worth:.6f} blocks")
for rule in (noise, step, weak, board):
    values = numpy.array([rule(c, r) for c, r in cells], dtype=float)
    print(f"{rule.__name__}: I {moran(values):.12f}, p {chance(values):.4f}")
first, sizes = hotspots(lambda c, r: noise(c, r) > 11)
print(f"noise > 11: {len(sizes)} components, sizes {sizes}")
second, sizes = hotspots(lambda c, r: step(c, r) > 14)
print(f"step > 14: {len(sizes)} components, sizes {sizes}")
print(f"Dice {2 * (first & second).sum() / (first.sum() + second.sum()):.12f}")
