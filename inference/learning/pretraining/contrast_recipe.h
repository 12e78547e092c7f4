// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inference/learning/pretraining/contrast_views.h"
#include "inference/package/model_package.h"

namespace geneglass {

/// How the bank of learnable negatives climbs (AdCo: Hu et al. 2021; methods.md section 2).
struct BankSettings {
  double temperature = 0.02;
  double learningRate = 0.3;
  double momentum = 0.9;
  double weightDecay = 1e-4;
};

/// What a step of contrast learning does.
struct ContrastSettings {
  int projection = 128;       ///< width of queries, keys and negatives
  double temperature = 0.12;  ///< of the encoder's loss
  double keyMomentum = 0.999;
  double momentum = 0.9;  ///< of SGD
  double weightDecay = 1e-4;
  int64_t negatives = 0;  ///< K
  BankSettings bank = {};
};

/// A whole way to pretrain an encoder by contrast.
struct ContrastRecipe {
  std::string name;
  EncoderFacts encoder;  ///< what is written; `tile` and `mpp` are those of the finished encoder
  int streamTile = 224;  ///< pixels a side, at encoder.mpp, of the tiles that views are cut from
  ViewRecipe views;
  ContrastSettings settings;
  int batch = 128;
  int part = 32;         ///< tiles whose batch norms are computed together; 0 = the whole batch
  int fillFraction = 1;  ///< the bank begins with the keys of this part of each batch: 1 / fillFraction
  int epochs = 20;
  double learningRate = 0;      ///< of SGD, highest
  double lastLearningRate = 0;  ///< where its cosine ends
  double warmUp = 0;            ///< part of all steps over which it rises
};

}  // namespace geneglass
