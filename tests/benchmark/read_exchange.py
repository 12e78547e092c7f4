#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what `geneglass-cli predict --h5ad --geojson --ome-tiff` wrote as other programs would, and compares it with the
prediction's own files. Needs Debian's python3-h5py, python3-numpy and python3-pil.

    read_exchange.py FOLDER NAME        says what each file holds; exit status 1 at the first thing that is not right

The AnnData part follows the format's own description (fileformat-prose, 0.8 and later): every element must say what it is,
in a version known to it, and is turned into what Python has for it. The GeoJSON part holds to RFC 7946 and to what
QuPath 0.4 and later read: an object type, a class with a colour of three numbers, measurements by name. The OME-TIFF part
reads the pages by Pillow and the facts by an XML parser.
"""
import json
import pathlib
import re
import sys
import uuid
import xml.etree.ElementTree as xml

import h5py
import numpy
from PIL import Image, ImageSequence


def need(holds, what):
    if not holds:
        sys.exit(f"not right: {what}")


# AnnData ---------------------------------------------------------------------------------------------------------------

def text_of(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def read_array(item):
    need(isinstance(item, h5py.Dataset), f"{item.name} is no array")
    return item[()]


def read_texts(item):
    need(h5py.check_string_dtype(item.dtype) is not None, f"{item.name} holds no texts")
    kind = h5py.check_string_dtype(item.dtype)
    need(kind.length is None and kind.encoding == "utf-8", f"{item.name}: texts must be of any length, in UTF-8")
    return numpy.array([text_of(one) for one in item[()]], dtype=object)


def read_text(item):
    kind = h5py.check_string_dtype(item.dtype)
    need(item.shape == () and kind is not None and kind.length is None, f"{item.name} is no text")
    return text_of(item[()])


def read_number(item):
    need(item.shape == () and item.dtype.kind in "biuf", f"{item.name} is no number")
    return item[()]


def read_mapping(group):
    need(isinstance(group, h5py.Group), f"{group.name} is no mapping")
    return {name: read_element(group[name]) for name in group}


def read_categories(group):
    codes, categories = read_element(group["codes"]), read_element(group["categories"])
    need(isinstance(group.attrs["ordered"], numpy.bool_) and not group.attrs["ordered"], f"{group.name}: ordered")
    need(codes.max(initial=-1) < len(categories), f"{group.name}: codes")
    return categories[codes]


def read_frame(group):
    names = text_of(group.attrs["_index"])
    index = read_element(group[names])
    order = [text_of(one) for one in group.attrs["column-order"]]
    need(sorted(order + [names]) == sorted(group), f"{group.name}: column-order is {order}, it holds {sorted(group)}")
    need(len(set(index)) == len(index), f"{group.name}: two rows of one name")
    columns = {name: read_element(group[name]) for name in order}
    for name, column in columns.items():
        need(len(column) == len(index), f"{group.name}/{name} is of another length")
    return index, columns


READERS = {("array", "0.2.0"): read_array, ("string-array", "0.2.0"): read_texts, ("string", "0.2.0"): read_text,
           ("numeric-scalar", "0.2.0"): read_number, ("dict", "0.1.0"): read_mapping,
           ("dataframe", "0.2.0"): read_frame, ("categorical", "0.2.0"): read_categories}


def read_element(item):
    kind = tuple(text_of(item.attrs.get(f"encoding-{part}", "")) for part in ("type", "version"))
    need(kind in READERS, f"{item.name} is of the unknown kind {kind}")
    return READERS[kind](item)


def check_anndata(stem, facts, maps):
    with h5py.File(f"{stem}.h5ad", "r") as file:
        kind = (text_of(file.attrs["encoding-type"]), text_of(file.attrs["encoding-version"]))
        need(kind == ("anndata", "0.1.0"), f"the file says it is {kind}")
        data = {name: read_element(file[name]) for name in file}
    tiles, genes = facts["grid"]["tiles"], [gene["symbol"] for gene in facts["genes"]]
    (tile_names, obs), (symbols, var), x = data["obs"], data["var"], data["X"]
    need(x.shape == (tiles, len(genes)) and x.dtype == numpy.float32, f"X is {x.dtype} {x.shape}")
    need(list(symbols) == genes, "other genes")
    predictable = numpy.array([gene["well_predicted"] for gene in facts["genes"]], bool)
    need(var["predictable"].dtype == bool and (var["predictable"] == predictable).all(), "predictable")
    need(numpy.isnan(x[:, ~predictable]).all(), "a gene that is not predicted shows values")
    need((x[:, predictable] == maps["expression"][:].T[:, predictable]).all(), "X is not the maps' expression")
    for column, key in (("heldout_r", "heldout_r"), ("ci_low", "ci_low"), ("ci_high", "ci_high"), ("value", "value")):
        need(numpy.allclose(var[column], [gene[key] for gene in facts["genes"]]), column)
    corners, side = maps["coords"][:], facts["grid"]["tile"]
    need((obs["x"] == corners[:, 0]).all() and (obs["y"] == corners[:, 1]).all(), "corners")
    need((obs["width"] == side).all() and (obs["height"] == side).all(), "sides")
    need(numpy.array_equal(data["obsm"]["spatial"], corners + side / 2), "spatial is not the tiles' middles")
    need(numpy.allclose(data["obsm"]["spatial_um"], data["obsm"]["spatial"] * facts["slide"]["mpp"]), "spatial_um")
    for target in maps.get("classes", ()):
        names = numpy.array([text_of(name) for name in maps[f"classes/{target}/names"][:]], dtype=object)
        need((obs[f"class_{target}"] == names[maps[f"classes/{target}/of_tile"][:]]).all(), f"classes of {target}")
    own = data["uns"]["geneglass"]
    need(own["slide_hash"] == facts["slide"]["hash"] and own["model_hash"] == facts["model"]["hash"], "hashes")
    need("research use only" in own["use"], "use")
    # What scanpy's pl.spatial and squidpy's pl.spatial_scatter look for.
    (plot,) = data["uns"]["spatial"].values()
    picture, scales = plot["images"]["hires"], plot["scalefactors"]
    need(scales["spot_diameter_fullres"] == side and picture.dtype == numpy.uint8 and picture.shape[2] == 3, "plots")
    reach = data["obsm"]["spatial"].max(axis=0) * scales["tissue_hires_scalef"]
    need(reach[0] <= picture.shape[1] and reach[1] <= picture.shape[0], "tiles beside the picture")
    print(f"h5ad: {tiles} tiles x {len(genes)} genes, {predictable.sum()} predictable; obs {sorted(obs)}, "
          f"var {sorted(var)}, picture {picture.shape[1]} x {picture.shape[0]}")
    return len(set(tile_names))


# GeoJSON ---------------------------------------------------------------------------------------------------------------

def area_of(ring):
    need(len(ring) >= 4 and ring[0] == ring[-1], "a ring that is not closed")
    x, y = numpy.array(ring).T
    return abs(numpy.dot(x[:-1], y[1:]) - numpy.dot(x[1:], y[:-1])) / 2


def check_geojson(stem, facts):
    data = json.loads(pathlib.Path(f"{stem}.geojson").read_text())
    need(data["type"] == "FeatureCollection", "no FeatureCollection")
    hotspots = {(spot["gene"], spot["rank"]): spot for spot in facts["hotspots"]}
    seen = 0
    for feature in data["features"]:
        need(feature["type"] == "Feature" and uuid.UUID(feature["id"]), "no feature")
        own, geometry = feature["properties"], feature["geometry"]
        need(own["objectType"] == "annotation", "no annotation")
        colour = own["classification"]["color"]
        need(len(colour) == 3 and all(type(one) is int and 0 <= one <= 255 for one in colour), "colour")
        need(isinstance(own["classification"]["name"], str), "class")
        need(all(isinstance(one, (int, float)) for one in own["measurements"].values()), "measurements")
        parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
        area = sum(area_of(part[0]) - sum(area_of(hole) for hole in part[1:]) for part in parts)
        mm2 = area * facts["slide"]["mpp"] ** 2 / 1e6
        # Where tiles touch at a corner only, the parts are written a few thousandths of a pixel apart.
        need(abs(mm2 - own["measurements"]["Area mm^2"]) < mm2 * 1e-4, f"{own.get('name')}: area")
        if own["classification"]["name"] == "Hotspot":
            gene, rank = own["name"].rsplit(" ", 1)
            need(abs(hotspots[gene, int(rank)]["area_mm2"] - mm2) < mm2 * 1e-4, f"{own['name']}: another hotspot")
            seen += 1
    need(seen == len(hotspots), f"{seen} of {len(hotspots)} hotspots")
    print(f"geojson: {len(data['features'])} features, {seen} hotspots")


# OME-TIFF --------------------------------------------------------------------------------------------------------------

def check_ome(stem, facts, maps):
    image = Image.open(f"{stem}.maps.ome.tif")
    root = xml.fromstring(image.tag_v2[270])
    space = {"ome": re.match(r"\{(.*)\}OME", root.tag).group(1)}
    pixels = root.find("ome:Image/ome:Pixels", space)
    channels = [one.get("Name") for one in pixels.findall("ome:Channel", space)]
    need(pixels.get("Type") == "float" and int(pixels.get("SizeC")) == len(channels) == image.n_frames, "channels")
    need([int(one.get("IFD")) for one in pixels.findall("ome:TiffData", space)] == list(range(len(channels))), "pages")
    mpp, genes = facts["slide"]["mpp"], [gene["symbol"] for gene in facts["genes"]]
    step = float(pixels.get("PhysicalSizeX")) / mpp
    need(abs(step - facts["grid"]["stride"]) < 1e-6, "PhysicalSizeX")
    plane = pixels.find("ome:Plane", space)
    begin = numpy.array([float(plane.get("PositionX")), float(plane.get("PositionY"))]) / mpp
    corners, side = maps["coords"][:], facts["grid"]["tile"]
    cells = ((corners + side / 2 - begin) // step).astype(int)
    disjoint = "cells" not in facts["grid"]
    for page, name in zip(ImageSequence.Iterator(image), channels):
        values = numpy.array(page)
        need(values.dtype == numpy.float32, "no floats")
        need(values.shape == (int(pixels.get("SizeY")), int(pixels.get("SizeX"))), "size")
        under = values[cells[:, 1], cells[:, 0]]
        need(not numpy.isnan(under).any(), f"{name}: a tile without a value")
        if disjoint:
            need(numpy.isnan(values).sum() == values.size - len(corners), f"{name}: a value without a tile")
            if name.endswith(" expression"):
                row = maps["expression"][genes.index(name[:-len(" expression")])]
                need((under == row).all(), f"{name}: other values")
    print(f"ome-tiff: {len(channels)} channels of {pixels.get('SizeX')} x {pixels.get('SizeY')} cells of {step:g} px, "
          f"from ({begin[0]:g}, {begin[1]:g}) px")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    stem = pathlib.Path(sys.argv[1]) / sys.argv[2]
    facts = json.loads(pathlib.Path(f"{stem}.prediction.json").read_text())
    with h5py.File(f"{stem}.maps.h5", "r") as maps:
        check_anndata(stem, facts, maps)
        check_geojson(stem, facts)
        check_ome(stem, facts, maps)


if __name__ == "__main__":
    main()
