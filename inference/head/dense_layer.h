// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the .cpp files of the heads only: oneDNN's types are in it.
#include <cstdint>
#include <functional>
#include <vector>

#include "inference/encoder/convolution_layers.h"

namespace geneglass {

enum class After { Nothing, Relu, Tanh };

class SlicedLayer;

/// How oneDNN multiplies kTogether rows of `in` numbers by weights that lie as `weights` says.
dnnl::matmul::primitive_desc chooseDense(int64_t in, int64_t out, After after,
                                         dnnl::memory::format_tag weights);
dnnl::memory::desc biasesOf(int64_t columns);

/// Rows x in -> rows x out: rows . weight^T + bias, then what comes after. Always kTogether rows a call, so
/// that oneDNN always takes the same path and a row's outcome does not depend on the others. Made under
/// OneOpenMpThread, constant afterwards: any thread. Throws dnnl::error.
class DenseLayer final {
 public:
  static constexpr size_t kTogether = 64;

  /// The weight holds out x in numbers, the bias out.
  DenseLayer(const StoredTensor& weight, const StoredTensor& bias, int64_t in, int64_t out, After after);

 private:
  friend class DenseLane;
  dnnl::matmul::primitive_desc m_chosen;
  dnnl::matmul m_primitive;
  dnnl::memory m_weights;
  dnnl::memory m_biases;
};

/// One thread's activations: kTogether rows in each of several places.
class DenseLane final {
 public:
  /// `widths`: columns of each place; place 0 is zero at first.
  explicit DenseLane(const std::vector<int64_t>& widths);

  /// Waits until it is done.
  void run(const DenseLayer& layer, size_t from, size_t to);
  /// One slice: its rows lie in `to` one after the other, as wide as the slice.
  void run(const SlicedLayer& layer, size_t slice, size_t from, size_t to);
  float* rows(size_t place) const;

 private:
  /// What a primitive reads and writes in this lane; kept, since making it anew costs as much as a small
  /// layer.
  struct Call {
    const void* primitive = nullptr;
    size_t from = 0, to = 0;
    dnnl::memory weights, biases;
    LayerArguments arguments;
  };
  Call& callOf(const dnnl::matmul::primitive_desc& chosen, const void* primitive, size_t from, size_t to);
  std::vector<Call> m_calls;
  std::vector<dnnl::memory> m_places;
  dnnl::stream m_stream;
};

/// Cuts `rows` into runs of at most DenseLayer::kTogether and hands them out to all processors, each with a
/// lane of its own of such `widths`: work(lane, begin, end). Throws what one of them threw.
void inLanes(size_t rows, const std::vector<int64_t>& widths,
             const std::function<void(DenseLane&, size_t begin, size_t end)>& work);

/// sum_i a_i b_i, sixteen sums at a time, in an order that does not depend on the compiler.
float dotOf(const float* a, const float* b, size_t count);

}  // namespace geneglass
