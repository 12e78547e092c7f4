#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a Geneglass package of an encoder in PyTorch: encoder.pt, manifest.json and self_test.h5. Needs Debian's
python3-torch, python3-h5py and python3-numpy, and whatever the encoder itself needs.

From another script:

    import timm, export_encoder
    module = timm.create_model("vit_base_patch16_224", pretrained=True, num_classes=0)
    export_encoder.export(module, "my-encoder", name="ViT-B/16, ImageNet", tile=224, mpp=0.5)

The module takes [B, 3, tile, tile], RGB in 0..1 less `mean` over `deviation`, and gives [B, D].
"""
import hashlib
import json
import pathlib

import h5py
import numpy
import torch


def export(module, folder, name, tile, mpp, mean=(0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225),
           licence="not stated", statement="", minimum_tissue=0.7, tolerance=1e-3):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    module = module.eval()
    pixels = numpy.random.default_rng(1).integers(0, 256, (4, tile, tile, 3), dtype=numpy.uint8)
    planes = torch.from_numpy((pixels / 255 - mean) / deviation).float().permute(0, 3, 1, 2).contiguous()
    with torch.inference_mode():
        outputs = module(planes)
        traced = torch.jit.trace(module, planes[:2], check_trace=False)
    if outputs.dim() != 2:
        raise ValueError(f"the module gives {list(outputs.shape)}, not [B, D]")
    torch.jit.save(traced, str(folder / "encoder.pt"))
    with h5py.File(folder / "self_test.h5", "w") as file:
        file["inputs"] = pixels
        file["outputs"] = outputs.numpy()
        file.attrs["tolerance"] = float(tolerance)
    encoder = {"name": name, "tile": tile, "mpp": mpp, "mean": list(mean), "deviation": list(deviation),
               "width": outputs.shape[1], "architecture": "torchscript", "weights": "encoder.pt",
               "sha256": hashlib.sha256((folder / "encoder.pt").read_bytes()).hexdigest()}
    manifest = {"format": "geneglass-model", "format_version": 1, "name": name, "version": "1",
                "statement": statement or f"the encoder {name}", "licence": licence, "label_unit": "", "recipe": "none",
                "minimum_tissue": minimum_tissue, "encoder": encoder, "genes": []}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
