// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/encoder_self_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {
namespace {

struct SelfTest {
  std::vector<Image> inputs;
  Matrix outputs;
  double tolerance = 0.001;
};

Result<void> read(H5::H5File& file, const std::string& name, const EncoderFacts& facts, SelfTest& test) {
  const auto refused = [&](const std::string& why) {
    return fail(fmt::format("Cannot use '{}': {}.", name, why));
  };
  if (!file.nameExists("inputs") || !file.nameExists("outputs"))
    return refused("it needs 'inputs' and 'outputs'");
  const H5::DataSet inputs = soundDataSet(file, "inputs"), outputs = soundDataSet(file, "outputs");
  const std::vector<hsize_t> shape = shapeOf(inputs);
  const auto side = static_cast<hsize_t>(facts.tile), width = static_cast<hsize_t>(facts.width);
  if (shape.size() != 4 || shape[0] == 0 || shape[1] != side || shape[2] != side || shape[3] != 3)
    return refused(fmt::format("its 'inputs' are not n x {0} x {0} x 3", facts.tile));
  if (shapeOf(outputs) != std::vector<hsize_t>{shape[0], width})
    return refused(fmt::format("its 'outputs' are not {} x {}", shape[0], facts.width));
  const std::vector<float> values = readFloats(inputs);
  const auto channel = [&](size_t place) {
    return static_cast<int>(std::clamp(values[place], 0.0f, 255.0f));
  };
  for (hsize_t tile = 0; tile < shape[0]; ++tile) {
    Image& image = test.inputs.emplace_back(facts.tile, facts.tile);
    const size_t pixels = image.pixels.size();
    for (size_t i = 0; i < pixels; ++i) {
      const size_t place = 3 * (static_cast<size_t>(tile) * pixels + i);
      image.pixels[i] = opaque(channel(place), channel(place + 1), channel(place + 2));
    }
  }
  test.outputs = Matrix(static_cast<size_t>(shape[0]), static_cast<size_t>(width));
  test.outputs.values = readFloats(outputs);
  test.tolerance = readAttribute(file, "tolerance", test.tolerance);
  return {};
}

}  // namespace

Result<void> checkSelfTest(const ModelPackage& package,
                           const std::function<Result<Matrix>(std::span<const Image>)>& encode) {
  const std::filesystem::path file = package.folder / "self_test.h5";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  SelfTest test;
  const Result<void> stored =
      readHdf5(file, [&](H5::H5File& opened) { return read(opened, file.string(), package.encoder, test); });
  if (!stored) return stored;
  const Result<Matrix> features = encode(test.inputs);
  if (!features) return tl::unexpected(features.error());
  double largest = 0, difference = 0;
  for (size_t i = 0; i < features->values.size(); ++i) {
    largest = std::max(largest, std::abs(double(test.outputs.values[i])));
    difference = std::max(difference, std::abs(double(features->values[i]) - test.outputs.values[i]));
  }
  const double relative = difference / std::max(largest, 1e-12);
  if (relative <= test.tolerance) return {};
  return fail(fmt::format(
      "Cannot use the encoder of '{}': it gives other features here than its author stored: the largest "
      "difference is {:.3g} of the largest feature, {:.3g} is allowed.",
      package.folder.string(), relative, test.tolerance));
}

Result<void> writeSelfTest(const std::filesystem::path& file, std::span<const Image> tiles,
                           const Matrix& features) {
  return writeHdf5(file, [&](H5::H5File& opened) {
    std::vector<uint8_t> colours;
    for (const Image& tile : tiles)
      for (const uint32_t pixel : tile.pixels)
        for (const int channel : {redOf(pixel), greenOf(pixel), blueOf(pixel)})
          colours.push_back(static_cast<uint8_t>(channel));
    const auto side = static_cast<hsize_t>(tiles.front().width);
    const hsize_t shape[4] = {tiles.size(), side, side, 3}, chunk[4] = {1, side, side, 3};
    H5::DSetCreatPropList packed;
    packed.setChunk(4, chunk);
    packed.setDeflate(6);
    opened.createDataSet("inputs", H5::PredType::STD_U8LE, H5::DataSpace(4, shape), packed)
        .write(colours.data(), H5::PredType::NATIVE_UINT8);
    writeFloats(opened, "outputs", {features.rows, features.columns}, features.values);
  });
}

}  // namespace geneglass
