// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/benchmark/convolution_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "inference/encoder/convolution_layers.h"
#include "inference/encoder/onednn_version.h"
#include "inference/package/processor_precision.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

using dnnl::memory;
using Clock = std::chrono::steady_clock;

constexpr double kSeconds = 0.03;  ///< of each try

memory filled(const memory::desc& layout) {
  memory values(layout, processor());
  auto* bytes = static_cast<uint8_t*>(values.get_data_handle());
  std::fill_n(bytes, layout.get_size(), uint8_t{0});
  if (onednn::typeOf(layout) == memory::data_type::f32)
    std::fill_n(reinterpret_cast<float*>(bytes), layout.get_size() / sizeof(float), 0.01f);
  return values;
}

/// One step with what is fused to it, in the layouts that oneDNN likes best.
struct Try {
  Try(const ConvolutionStep& step, Precision precision, int batch, dnnl::algorithm algorithm)
      : chosen(choose(step, precision, batch, algorithm)),
        primitive(chosen),
        constants{{DNNL_ARG_WEIGHTS, filled(chosen.weights_desc())},
                  {DNNL_ARG_BIAS, filled(chosen.bias_desc())}} {
    if (precision == Precision::Int8) onednn::addSizes(constants, processor(), sizesOf(step));
  }

  static std::vector<float> sizesOf(const ConvolutionStep& step) {
    return std::vector<float>(static_cast<size_t>(step.out), 0.01f);
  }

  static dnnl::convolution_forward::primitive_desc choose(const ConvolutionStep& step, Precision precision,
                                                          int batch, dnnl::algorithm algorithm) {
    using type = memory::data_type;
    const bool whole = precision == Precision::Int8;
    const auto picture = [&](int channels, int side) {
      return pictures(batch, channels, side, whole ? type::u8 : type::f32, memory::format_tag::any);
    };
    dnnl::post_ops after;
    if (step.adds) after.append_sum(1);
    if (step.rectifies) onednn::appendActivation(after, dnnl::algorithm::eltwise_relu, 0, 0);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    attributes.set_post_ops(after);
    if (whole) onednn::setSizes(attributes, sizesOf(step));
    const memory::dims strides(2, step.stride), borders(2, step.kernel / 2);
    return onednn::convolution(processor(), algorithm, picture(step.in, step.side),
                               {{step.out, step.in, step.kernel, step.kernel},
                                whole ? type::s8 : type::f32,
                                memory::format_tag::any},
                               {{step.out}, type::f32, memory::format_tag::x},
                               picture(step.out, step.sideOut()), strides, borders, attributes);
  }

  /// Seconds a call, every thread calling on memory of its own.
  double seconds(size_t threads) const {
    std::vector<double> each(threads);
    inOwnThreads(threads, 1, static_cast<int>(threads), [&](size_t, size_t thread, size_t) {
      const memory from = filled(chosen.src_desc()), to = filled(chosen.dst_desc()),
                   scratch(chosen.scratchpad_desc(), processor());
      dnnl::stream stream(processor());
      LayerArguments arguments = constants;
      arguments.insert({{DNNL_ARG_SRC, from}, {DNNL_ARG_DST, to}, {DNNL_ARG_SCRATCHPAD, scratch}});
      const auto call = [&] { primitive.execute(stream, arguments); };
      call();
      int calls = 0;
      const auto begin = Clock::now();
      double spent = 0;
      for (; spent < kSeconds; ++calls) {
        call();
        spent = std::chrono::duration<double>(Clock::now() - begin).count();
      }
      each[thread] = spent / calls;
    });
    double sum = 0;
    for (const double one : each) sum += one;
    return sum / double(threads);
  }

  dnnl::convolution_forward::primitive_desc chosen;
  dnnl::convolution_forward primitive;
  LayerArguments constants;
};

std::optional<double> secondsOf(const ConvolutionStep& step, Precision precision, int batch,
                                dnnl::algorithm algorithm, size_t threads) {
  try {
    std::optional<Try> once;
    {
      const OneOpenMpThread alone;
      once.emplace(step, precision, batch, algorithm);
    }
    return once->seconds(threads);
  } catch (const dnnl::error&) {  // not for this shape or processor
    return {};
  }
}

LayerRate fastest(const ConvolutionStep& step, Precision precision, size_t threads) {
  LayerRate rate{step.name, step.operations(), 0, 1, false};
  for (const int batch : {1, 2, 4, 8})
    for (const bool winograd : {false, true}) {
      if (winograd && (precision == Precision::Int8 || step.kernel != 3 || step.stride != 1)) continue;
      const auto seconds = secondsOf(
          step, precision, batch,
          winograd ? dnnl::algorithm::convolution_winograd : dnnl::algorithm::convolution_direct, threads);
      if (!seconds) continue;
      const double milliseconds = 1000 * *seconds / batch / double(threads);
      if (rate.milliseconds == 0 || milliseconds < rate.milliseconds) {
        rate.milliseconds = milliseconds;
        rate.batch = batch;
        rate.winograd = winograd;
      }
    }
  return rate;
}

}  // namespace

Result<ConvolutionRates> measureConvolutions(const ModelPackage& package, Precision precision, int threads) {
  if (package.encoder.architecture != "resnet")
    return fail(fmt::format("The encoder of '{}' is no residual network.", package.folder.string()));
  if (precision == Precision::Int8 && !processorHasInt8())
    return fail("This processor lacks the instructions for int8 (AVX-512 VNNI).");
  ConvolutionRates rates;
  double milliseconds = 0;
  for (const ConvolutionStep& step : planResNet(package.encoder).steps) {
    rates.layers.push_back(fastest(step, precision, ownThreads(threads)));
    rates.operations += rates.layers.back().operations;
    milliseconds += rates.layers.back().milliseconds;
  }
  rates.limit = rates.operations / milliseconds / 1e6;
  return rates;
}

}  // namespace geneglass
