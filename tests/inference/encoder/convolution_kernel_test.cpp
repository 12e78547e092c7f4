// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "inference/encoder/convolution_layers.h"
#include "tests/inference/encoder/plain_mobilenet.h"
#include "tests/support/test_program.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass::convolution_kernel_test {

using namespace geneglass::testing;

/// oneDNN's reference computes all that its kernels do, a thousand times as slow.
class ConvolutionKernelTest final : public QObject {
  Q_OBJECT

  static std::string kernelOf(const Layer& layer) {
    const char* name = "";
    dnnl_primitive_desc_query(layer.primitive.get_primitive_desc(), dnnl_query_impl_info_str, 0, &name);
    return name;
  }

 private Q_SLOTS:
  void noStepOfAMobileNetIsLeftToTheReference() {
    const EncoderFacts facts = mobileNetFacts(224, {1, 2, 3, 4, 3}, {32, 16, 24, 32, 64, 96});
    const TensorFile tensors = madeMobileNet(facts, 7);
    const ConvolutionPlan plan = planOf(facts);
    const OneOpenMpThread oneThread;
    using dnnl::memory;
    std::vector<memory::desc> lies(size_t(plan.buffers));
    lies[0] = pictures(1, 3, facts.tile, memory::data_type::f32, memory::format_tag::nchw);
    for (const ConvolutionStep& step : plan.steps) {
      memory::desc& to = lies[size_t(step.to)];
      const memory::desc any =
          pictures(1, step.out, step.sideOut(), memory::data_type::f32, memory::format_tag::any);
      const Layer layer = floatConvolution(step, lies[size_t(step.from)], step.adds ? to : any, tensors);
      to = layer.to;
      QVERIFY2(!kernelOf(layer).starts_with("ref"), step.name.c_str());
    }
  }
};

}  // namespace geneglass::convolution_kernel_test

GENEGLASS_TEST(geneglass::convolution_kernel_test::ConvolutionKernelTest)
#include "convolution_kernel_test.moc"
