// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/built_in_network.h"

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/fold_batch_norm.h"
#include "inference/encoder/transformer_network.h"

namespace geneglass {
namespace {

class ConvolutionTiles final : public TileNetwork {
 public:
  explicit ConvolutionTiles(ConvolutionNetwork network) : m_network(std::move(network)) {}

  /// More are no faster, and a stop has to wait for them.
  size_t together() const override { return 1; }
  void prepare(size_t threads) override {
    while (m_lanes.size() < threads) m_lanes.push_back(m_network.lane());
  }
  void compute(size_t thread, std::span<const Image> tiles, std::span<float> features,
               const std::stop_token&) override {
    const size_t width = features.size() / tiles.size();
    for (size_t i = 0; i < tiles.size(); ++i)
      m_network.run(m_lanes[thread], tiles[i], features.subspan(i * width, width));
  }

 private:
  ConvolutionNetwork m_network;
  std::vector<ConvolutionNetwork::Lane> m_lanes;
};

}  // namespace

Result<std::unique_ptr<TileNetwork>> makeBuiltInNetwork(const EncoderFacts& facts, TensorFile tensors,
                                                        Precision precision, const Int8Scales* int8) {
  if (facts.architecture == "vit") return makeTransformer(facts, std::move(tensors), precision);
  if (hasBatchNorm(tensors)) {
    Result<TensorFile> folded = foldBatchNorm(std::move(tensors));
    if (!folded) return tl::unexpected(folded.error());
    tensors = std::move(*folded);
  }
  Result<ConvolutionNetwork> network =
      ConvolutionNetwork::make(facts, tensors, precision == Precision::Int8 ? int8 : nullptr);
  if (!network) return tl::unexpected(network.error());
  return std::make_unique<ConvolutionTiles>(std::move(*network));
}

}  // namespace geneglass
