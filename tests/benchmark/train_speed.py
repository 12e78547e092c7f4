# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps that train_speed.cpp times, in Python with PyTorch: the same model, loss, optimiser and bags a step.

    train_speed.py [BAGS 8] [TILES 8000] [FEATURES 512] [GENES 45] [THREADS 0]
"""

import sys
import time

import torch
from torch.nn import functional

EMBEDDING, ATTENTION, BAGS_PER_STEP, PENALTY, FOLLOWS = 128, 64, 4, 1.0, 0.5


class AttentionRegression(torch.nn.Module):
    def __init__(self, features, genes):
        super().__init__()
        self.embedding = torch.nn.Linear(features, EMBEDDING)
        self.value = torch.nn.Linear(EMBEDDING, genes)
        self.hidden = torch.nn.Linear(EMBEDDING, genes * ATTENTION)
        self.out = torch.nn.Parameter(torch.zeros(genes, ATTENTION))
        self.bias = torch.nn.Parameter(torch.zeros(genes))

    def forward(self, features):
        h = self.embedding(features)
        values = self.value(functional.dropout(h, 0.2)).clamp(-10, 10)
        hidden = torch.tanh(self.hidden(h)).view(len(h), *self.out.shape)
        return values, (hidden * self.out).sum(2) + self.bias


def loss_of(model, bags, labels):
    values, logits = model(torch.cat(bags))
    loss, first = 0, 0
    for bag, label in zip(bags, labels):
        y, e = values[first : first + len(bag)], logits[first : first + len(bag)]
        first += len(bag)
        log_attention = e.log_softmax(0)
        attention = log_attention.exp()
        with torch.no_grad():
            centred = y - y.mean(0)
            prior = (FOLLOWS * centred / centred.square().mean(0).sqrt().clamp_min(1e-6)).log_softmax(0)
        pooled = (attention * y).sum(0).clamp(-10, 10)
        divergence = (attention * (log_attention - prior)).sum(0).mean()
        loss = loss + ((pooled - label).square().mean() + PENALTY * divergence) / len(bags)
    return loss


def main():
    given = [int(value) for value in sys.argv[1:]]
    bags, tiles, width, genes, threads = given + [8, 8000, 512, 45, 0][len(given) :]
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(1)
    features = [torch.randn(tiles, width) for _ in range(bags)]
    labels = torch.randn(bags, genes)
    model = AttentionRegression(width, genes)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
    mean, deviation = torch.zeros(width), torch.ones(width)
    for epoch in range(3):
        if epoch == 1:
            start = time.perf_counter()
        for first in range(0, bags, BAGS_PER_STEP):
            chosen = slice(first, first + BAGS_PER_STEP)
            adam.zero_grad()
            loss_of(model, [(bag - mean) / deviation for bag in features[chosen]], labels[chosen]).backward()
            adam.step()
    seconds = (time.perf_counter() - start) / (2 * bags)
    print(f"{bags} bags of {tiles} x {width}: {genes} genes together {seconds:.4f} s a bag")


main()
