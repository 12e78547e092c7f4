#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of adversarial contrast in plain PyTorch: every gradient is automatic, the negatives' too. A test runs the same
steps from the same state and compares. Needs Debian's python3-torch and python3-h5py.

    pretrain_step.py STATE.h5 OUT.h5

STATE.h5: `query.NAME`, `key.NAME`, `velocity.NAME` (state_dict names), `bank.weights` and `bank.velocity` (a negative a
row), `views.queries` and `views.keys` (steps x N x 3 x side x side), and attributes-as-datasets `learning_rate`, `block`
(0 basic, 1 bottleneck). Adds `losses` to what it writes.
"""
import re
import sys

import h5py
import torch
from torch import nn
from torch.nn import functional

TEMPERATURE, KEY_MOMENTUM, MOMENTUM, DECAY = 0.12, 0.999, 0.9, 1e-4
BANK_TEMPERATURE, BANK_RATE = 0.02, 0.3


class Block(nn.Module):
    def __init__(self, before, width, stride, bottleneck):
        super().__init__()
        inner = width // 4 if bottleneck else width
        layers = [(before, inner, 1, 1), (inner, inner, 3, stride), (inner, width, 1, 1)]
        if not bottleneck:
            layers = [(before, width, 3, stride), (width, width, 3, 1)]
        self.count = len(layers)
        for number, (into, out, side, step) in enumerate(layers, 1):
            setattr(self, f"conv{number}", nn.Conv2d(into, out, side, step, side // 2, bias=False))
            setattr(self, f"bn{number}", nn.BatchNorm2d(out))
        self.downsample = None
        if stride != 1 or before != width:
            self.downsample = nn.Sequential(nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        for number in range(1, self.count + 1):
            x = getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(x))
            x = torch.relu(x) if number < self.count else torch.relu(x + shortcut)
        return x


class Encoder(nn.Module):
    """torchvision's layers and names, without the classifier."""

    def __init__(self, blocks, channels, bottleneck):
        super().__init__()
        before = channels[0] // 4 if bottleneck else channels[0]
        self.conv1, self.bn1 = nn.Conv2d(3, before, 7, 2, 3, bias=False), nn.BatchNorm2d(before)
        self.stages = len(blocks)
        for stage, (count, width) in enumerate(zip(blocks, channels)):
            layers = []
            for index in range(count):
                layers.append(Block(before, width, 2 if stage and not index else 1, bottleneck))
                before = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in range(1, self.stages + 1):
            x = getattr(self, f"layer{stage}")(x)
        return x.mean((2, 3))


class Network(nn.Module):
    def __init__(self, blocks, channels, bottleneck, projection):
        super().__init__()
        self.encoder = Encoder(blocks, channels, bottleneck)
        self.hidden, self.out = nn.Linear(channels[-1], channels[-1]), nn.Linear(channels[-1], projection)

    def forward(self, x):
        return functional.normalize(self.out(torch.relu(self.hidden(self.encoder(x)))))


class Learner:
    def __init__(self, query, key, bank, learning_rate):
        self.query, self.key, self.bank = query, key, nn.Parameter(bank)
        self.sgd = torch.optim.SGD(query.parameters(), learning_rate, MOMENTUM, weight_decay=DECAY)
        self.velocity = torch.zeros_like(bank)

    def loss(self, q, k, bank, temperature):
        logits = torch.cat([q @ k.t(), q @ functional.normalize(bank).t()], 1) / temperature
        return functional.cross_entropy(logits, torch.arange(len(q)))

    def step(self, queries, keys):
        with torch.no_grad():
            k = self.key(keys)
        q = self.query(queries)
        loss = self.loss(q, k, self.bank.detach(), TEMPERATURE)
        self.sgd.zero_grad()
        loss.backward()
        self.sgd.step()
        (up,) = torch.autograd.grad(self.loss(q.detach(), k, self.bank, BANK_TEMPERATURE), self.bank)
        with torch.no_grad():
            for mine, other in zip(self.key.parameters(), self.query.parameters()):
                mine.mul_(KEY_MOMENTUM).add_(other, alpha=1 - KEY_MOMENTUM)
            self.velocity.mul_(MOMENTUM).add_(-up).add_(self.bank, alpha=DECAY)
            self.bank.sub_(BANK_RATE * self.velocity)
        return loss.item()


def shape_of(tensors, bottleneck):
    blocks, channels = [], []
    last = "conv3" if bottleneck else "conv2"
    for stage in range(1, 9):
        found = [name for name in tensors if re.fullmatch(rf"encoder\.layer{stage}\.\d+\.{last}\.weight", name)]
        if found:
            blocks.append(len(found))
            channels.append(tensors[found[0]].shape[0])
    return blocks, channels


def main():
    with h5py.File(sys.argv[1]) as file:
        state = {name: torch.from_numpy(file[name][()]) for name in file}
    part = lambda prefix: {n[len(prefix):]: t for n, t in state.items() if n.startswith(prefix)}
    bottleneck = bool(state["block"].item())
    blocks, channels = shape_of(part("query."), bottleneck)
    bank = state["bank.weights"]
    networks = {}
    for name in ("query", "key"):
        networks[name] = Network(blocks, channels, bottleneck, bank.shape[1])
        networks[name].load_state_dict(part(name + "."), strict=False)
    learner = Learner(networks["query"], networks["key"], bank.clone(), state["learning_rate"].item())
    losses = [learner.step(q, k) for q, k in zip(state["views.queries"], state["views.keys"])]
    with h5py.File(sys.argv[2], "w") as file:
        for name, network in networks.items():
            for key, tensor in network.state_dict().items():
                if not key.endswith("num_batches_tracked"):
                    file[f"{name}.{key}"] = tensor.numpy()
        file["bank.weights"], file["bank.velocity"] = learner.bank.detach().numpy(), learner.velocity.numpy()
        file["losses"] = torch.tensor(losses).numpy()


if __name__ == "__main__":
    main()
