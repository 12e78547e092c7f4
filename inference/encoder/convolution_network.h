// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "inference/encoder/convolution_plan.h"
#include "inference/package/int8_facts.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// A built-in encoder on oneDNN's convolutions: bias, ReLU and the residual sum fused to each, memory layouts
/// chosen and weights reordered once. Constant: any number of threads at a time, each with a Lane of its own.
/// A tile's features are the same bit for bit whichever tiles, lanes or threads it is computed with.
class ConvolutionNetwork final {
 public:
  /// One thread's activations and scratch memory, allocated once.
  class Lane {
   public:
    Lane(Lane&&) noexcept;
    ~Lane();

   private:
    friend class ConvolutionNetwork;
    struct Memory;
    explicit Lane(std::unique_ptr<Memory> memory);
    std::unique_ptr<Memory> m_memory;
  };

  /// float32 only. Called with what a step wrote, in an order of oneDNN's choosing, padding (zeros) included.
  using Observer = std::function<void(size_t step, std::span<const float> values)>;

  /// In float32, or with `int8` in whole numbers (null: float32). Errors, to follow "...: ": tensors or
  /// scales that do not fit, a network oneDNN cannot run.
  static Result<ConvolutionNetwork> make(const EncoderFacts& facts, const TensorFile& folded,
                                         const Int8Scales* int8 = nullptr);

  ConvolutionNetwork(ConvolutionNetwork&&) noexcept;
  ConvolutionNetwork& operator=(ConvolutionNetwork&&) noexcept;
  ~ConvolutionNetwork();

  const ConvolutionPlan& plan() const;

  /// Throws std::bad_alloc.
  Lane lane() const;

  /// One tile of facts.tile pixels a side -> `features`, facts.width values. Transparent pixels count as
  /// white. Call where OpenMP is set to one thread (own_threads.h). Throws std::exception.
  void run(Lane& lane, const Image& tile, std::span<float> features, const Observer& observer = {}) const;

 private:
  struct Layers;
  void writeInput(const Lane::Memory& own, const Image& tile) const;
  explicit ConvolutionNetwork(std::unique_ptr<Layers> layers);
  std::unique_ptr<Layers> m_layers;
};

}  // namespace geneglass
