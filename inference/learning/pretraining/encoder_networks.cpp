// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/encoder_networks.h"

#include "viewer/foundation/files/named_rows.h"

namespace geneglass {

EncoderFacts EncoderNetwork::facts() const {
  EncoderFacts facts;
  facts.architecture = "resnet";
  facts.weights = "encoder.h5";
  facts.block = block;
  facts.width = channels.back();
  facts.blocks = blocks;
  facts.channels = channels;
  return facts;
}

bool EncoderNetwork::isThatOf(const EncoderFacts& facts) const {
  return block == facts.block && blocks == facts.blocks && channels == facts.channels;
}

const std::vector<EncoderNetwork>& encoderNetworks() {
  static const std::vector<EncoderNetwork> table{
      {"small", "128 features, for processors", ResidualBlock::Basic, {1, 1, 1, 1}, {16, 32, 64, 128}},
      {"resnet18", "512 features", ResidualBlock::Basic, {2, 2, 2, 2}, {64, 128, 256, 512}},
      {"resnet50",
       "1024 features, after its third stage",
       ResidualBlock::Bottleneck,
       {3, 4, 6},
       {256, 512, 1024}},
  };
  return table;
}

std::vector<std::string> encoderNames() {
  return namesOf(encoderNetworks());
}

Result<EncoderNetwork> encoderNamed(const std::string& name) {
  return rowNamed(encoderNetworks(), name, "encoder");
}

}  // namespace geneglass
