#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that pretrain_speed.cpp times, the way scripts of the field do them: OpenSlide and Pillow in loader processes
(torchvision's augmentations, which on Pillow pictures are these calls), the network in PyTorch. The step is that of
pretrain_step.py with AdCo's own closed form of the negatives' gradient. Needs Debian's python3-torch, python3-openslide,
python3-pil, python3-h5py and python3-numpy.

    pretrain_speed.py small|resnet18|resnet50 BATCH NEGATIVES THREADS WORKERS STEPS SIDE MPP VIEW SLIDE...

Tiles of SIDE px at MPP um a pixel, views of VIEW px.
"""
import random
import sys
import time

import numpy
import openslide
import torch
from PIL import Image, ImageEnhance, ImageFilter
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from pretrain_step import BANK_RATE, BANK_TEMPERATURE, DECAY, KEY_MOMENTUM, MOMENTUM, TEMPERATURE, Network

SHAPES = {"small": ([1, 1, 1, 1], [16, 32, 64, 128], False, 64), "resnet18": ([2, 2, 2, 2], [64, 128, 256, 512], False, 64),
          "resnet50": ([3, 4, 6], [256, 512, 1024], True, 128)}
MEAN, DEVIATION = numpy.float32([0.485, 0.456, 0.406]), numpy.float32([0.229, 0.224, 0.225])


def hue(picture):
    turned = numpy.array(picture.convert("HSV"))
    turned[..., 0] += numpy.uint8(random.uniform(-0.1, 0.1) * 255 % 256)
    return Image.fromarray(turned, "HSV").convert("RGB")


def view(tile, side):
    width, height = tile.size
    for _ in range(10):
        area, aspect = random.uniform(0.2, 1) * width * height, numpy.exp(random.uniform(numpy.log(3 / 4), numpy.log(4 / 3)))
        w, h = round((area * aspect) ** 0.5), round((area / aspect) ** 0.5)
        if w <= width and h <= height:
            break
    else:
        w, h = width, height
    x, y = random.randint(0, width - w), random.randint(0, height - h)
    picture = tile.resize((side, side), Image.BILINEAR, (x, y, x + w, y + h))
    if random.random() < 0.8:
        changes = [lambda p, kind=kind: kind(p).enhance(random.uniform(0.6, 1.4))
                   for kind in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color)] + [hue]
        random.shuffle(changes)
        for change in changes:
            picture = change(picture)
    if random.random() < 0.2:
        picture = picture.convert("L").convert("RGB")
    if random.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.1, 2)))
    if random.random() < 0.5:
        picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
    pixels = (numpy.asarray(picture, dtype=numpy.float32) / 255 - MEAN) / DEVIATION
    return torch.from_numpy(pixels.transpose(2, 0, 1).copy())


class Views(Dataset):
    def __init__(self, slides, side, mpp, shown):
        self.slides, self.side, self.shown, self.open, self.tiles = slides, side, shown, {}, []
        for number, file in enumerate(slides):
            slide = openslide.OpenSlide(file)
            self.whole = round(side * mpp / float(slide.properties.get("openslide.mpp-x", 0.5)))
            columns, rows = (length // self.whole for length in slide.dimensions)
            self.tiles += [(number, x * self.whole, y * self.whole) for y in range(rows) for x in range(columns)]

    def __len__(self):
        return len(self.tiles)

    def __getitem__(self, index):
        number, x, y = self.tiles[index]
        if number not in self.open:  # one handle a loader process
            self.open[number] = openslide.OpenSlide(self.slides[number])
        tile = self.open[number].read_region((x, y), 0, (self.whole, self.whole)).convert("RGB")
        if self.whole != self.side:
            tile = tile.resize((self.side, self.side), Image.BOX)
        return view(tile, self.shown), view(tile, self.shown)


def main():
    encoder = sys.argv[1]
    batch, negatives, threads, workers, steps, side = map(int, sys.argv[2:8])
    mpp, shown, slides = float(sys.argv[8]), int(sys.argv[9]), sys.argv[10:]
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    blocks, channels, bottleneck, projection = SHAPES[encoder]
    query, key = (Network(blocks, channels, bottleneck, projection) for _ in range(2))
    key.load_state_dict(query.state_dict())
    bank = functional.normalize(torch.randn(projection, negatives), dim=0)
    velocity = torch.zeros_like(bank)
    sgd = torch.optim.SGD(query.parameters(), 1e-3, MOMENTUM, weight_decay=DECAY)
    loader = DataLoader(Views(slides, side, mpp, shown), batch, shuffle=True, num_workers=workers, drop_last=True,
                        persistent_workers=True)
    done, begin = 0, 0
    while done < steps + 2:
        for queries, keys in loader:
            with torch.no_grad():
                k = key(keys)
            q = query(queries)
            norms = bank.norm(dim=0, keepdim=True)
            unit = bank / norms
            l_pos, l_neg = q @ k.t(), q @ unit
            loss = functional.cross_entropy(torch.cat([l_pos, l_neg], 1) / TEMPERATURE, torch.arange(batch))
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            with torch.no_grad():
                p = (torch.cat([l_pos, l_neg], 1) / BANK_TEMPERATURE).softmax(1)[:, batch:]
                g = -(q.t() @ p / batch - (p * l_neg).mean(0) * unit) / (BANK_TEMPERATURE * norms)
                velocity.mul_(MOMENTUM).add_(g).add_(bank, alpha=DECAY)
                bank.sub_(velocity, alpha=BANK_RATE)
                for mine, other in zip(key.parameters(), query.parameters()):
                    mine.mul_(KEY_MOMENTUM).add_(other, alpha=1 - KEY_MOMENTUM)
            done += 1
            if done == 2:
                begin = time.perf_counter()
            if done == steps + 2:
                break
    seconds = time.perf_counter() - begin
    print(f"PyTorch {encoder}, batches of {batch}, {negatives} negatives, {threads} threads, {workers} workers: "
          f"{steps * batch / seconds:.1f} tiles/s, {seconds / steps:.3f} s a step")


if __name__ == "__main__":
    main()
