// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "inference/encoder/convolution_layers.h"

namespace geneglass {

/// Bytes of what layers read, write and need while they run.
struct BufferSizes {
  std::vector<size_t> buffers;
  size_t scratch = 1;

  void cover(int buffer, size_t bytes) {
    size_t& size = buffers[static_cast<size_t>(buffer)];
    size = std::max(size, bytes);
  }
  void cover(const Layer& layer) {
    cover(layer.fromBuffer, layer.from.get_size());
    cover(layer.toBuffer, layer.toOffset + layer.to.get_size());
    scratch = std::max(scratch, layer.scratch.get_size());
  }
};

/// One thread's activations and scratch memory, allocated once. Throws std::bad_alloc.
struct LaneBuffers {
  dnnl::stream stream{processor()};
  std::vector<dnnl::memory> buffers;
  dnnl::memory scratch;

  explicit LaneBuffers(const BufferSizes& sizes) : scratch(bytes(sizes.scratch)) {
    for (const size_t size : sizes.buffers) buffers.push_back(bytes(size));
  }
  static dnnl::memory bytes(size_t count) {
    return {
        {{static_cast<dnnl::memory::dim>(count)}, dnnl::memory::data_type::u8, dnnl::memory::format_tag::x},
        processor()};
  }
  void* at(int buffer, size_t offset = 0) const {
    return static_cast<char*>(buffers[static_cast<size_t>(buffer)].get_data_handle()) + offset;
  }
  float* floats(int buffer) const { return static_cast<float*>(at(buffer)); }
  uint16_t* halves(int buffer) const { return static_cast<uint16_t*>(at(buffer)); }
  LayerArguments argumentsOf(const Layer& layer) const {
    LayerArguments all = layer.constants;
    all.insert({DNNL_ARG_SRC, {layer.from, processor(), at(layer.fromBuffer)}});
    all.insert({DNNL_ARG_DST, {layer.to, processor(), at(layer.toBuffer, layer.toOffset)}});
    all.insert({DNNL_ARG_SCRATCHPAD, {layer.scratch, processor(), scratch.get_data_handle()}});
    return all;
  }
};

}  // namespace geneglass
