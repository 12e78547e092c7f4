// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "inference/package/model_package.h"

namespace geneglass {

/// A network that contrast can train.
struct EncoderNetwork {
  std::string name;
  std::string words;  ///< for people who choose
  ResidualBlock block = ResidualBlock::Basic;
  std::vector<int> blocks;    ///< of each stage
  std::vector<int> channels;  ///< of each stage; the last is the width of the features

  EncoderFacts facts() const;
  bool isThatOf(const EncoderFacts& facts) const;
};

/// All of them. A new one is a row.
const std::vector<EncoderNetwork>& encoderNetworks();
std::vector<std::string> encoderNames();

/// Error: there is none of this name; the sentence lists those that are there.
Result<EncoderNetwork> encoderNamed(const std::string& name);

}  // namespace geneglass
