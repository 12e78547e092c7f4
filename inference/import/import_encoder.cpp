// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/import_encoder.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/encoder_self_test.h"
#include "inference/import/encoder_config.h"
#include "inference/import/mobilenet_weights.h"
#include "inference/import/resnet_weights.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/npz_file.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/safetensors_file.h"

namespace geneglass {
namespace {

constexpr size_t kTestTiles = 2;

tl::unexpected<Error> cannotImport(const ImportRequest& request, const std::string& why) {
  return fail(fmt::format("Cannot import '{}': {}.", request.source.string(), why));
}

/// Waves of the colours of stained tissue, of other lengths in each tile and channel.
Image wavyTile(int side, size_t number) {
  Image tile = Image::unset(side, side);
  const auto wave = [number](double place, double length) {
    return std::sin(place / (length * (1 + double(number))));
  };
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      tile.at(x, y) =
          opaque(static_cast<int>(180 + 70 * wave(x + 2 * y, 3)), static_cast<int>(130 + 90 * wave(x - y, 7)),
                 static_cast<int>(170 + 60 * wave(3 * x + y, 13)));
  return tile;
}

/// Errors, to follow "...: ".
Result<void> addSelfTest(const PackageWriter& writer, const EncoderFacts& facts, const TensorFile& tensors) {
  const Result<ConvolutionNetwork> network = ConvolutionNetwork::make(facts, tensors);
  if (!network) return tl::unexpected(network.error());
  std::vector<Image> tiles;
  Matrix features(kTestTiles, static_cast<size_t>(facts.width));
  const OneOpenMpThread oneThread;
  ConvolutionNetwork::Lane lane = network->lane();
  for (size_t i = 0; i < kTestTiles; ++i) {
    tiles.push_back(wavyTile(facts.tile, i));
    network->run(lane, tiles.back(),
                 std::span(features.values).subspan(i * features.columns, features.columns));
  }
  return writeSelfTest(writer.place("self_test.h5"), tiles, features);
}

/// Errors are whole sentences.
Result<TensorFile> readWeights(const ImportRequest& request) {
  if (request.source.extension() == ".npz") return readNpz(request.source);
  if (request.source.extension() == ".safetensors") return readSafetensors(request.source);
  std::error_code error;
  if (!std::filesystem::is_directory(request.source, error))
    return cannotImport(request, "it is no folder, .npz or .safetensors file");
  if (std::filesystem::exists(request.source / "model.safetensors", error))
    return readSafetensors(request.source / "model.safetensors");
  return cannotImport(request, "there is no model.safetensors in it");
}

Result<ForeignEncoder> readForeign(const ImportRequest& request) {
  Result<TensorFile> tensors = readWeights(request);
  if (!tensors) return tl::unexpected(tensors.error());
  for (const ForeignFamily& family : {numberedMobileNet(), numberedResNetV2(), namedResNet()}) {
    if (!family.recognises(*tensors)) continue;
    Result<ForeignEncoder> encoder = family.read(std::move(*tensors), request.lastBlock);
    return encoder ? encoder : cannotImport(request, encoder.error().sentence);
  }
  return cannotImport(
      request,
      "its tensors are named as in no architecture that is known here: MobileNetV2 and ResNet v2 "
      "as NumPy files number them, ResNet as torchvision and timm name it");
}

/// What stands beside the weights of a folder.
Result<EncoderConfig> readConfig(const ImportRequest& request) {
  std::error_code error;
  const std::filesystem::path file = request.source / "config.json";
  return std::filesystem::exists(file, error) ? readEncoderConfig(file) : EncoderConfig();
}

/// What the request says goes before what the source says, and that before what is usual.
EncoderFacts settle(EncoderFacts facts, const ImportRequest& request, const EncoderConfig& config) {
  if (!config.mean.empty()) facts.mean = config.mean;
  if (!config.deviation.empty()) facts.deviation = config.deviation;
  facts.mpp = request.mpp;
  facts.tile = request.tile ? *request.tile : config.tile.value_or(facts.tile);
  facts.weights = "encoder.h5";
  return facts;
}

/// A folder's too where its path ends with a slash.
std::string lastNameOf(const std::filesystem::path& path) {
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

ModelPackage describe(const ImportRequest& request, const EncoderFacts& facts, const std::string& licence) {
  ModelPackage package;
  package.name = lastNameOf(request.out);
  package.version = "1";
  package.statement = fmt::format("{}, imported from '{}'", facts.name, lastNameOf(request.source));
  package.licence = licence;
  package.recipe = "imported";
  package.encoder = facts;
  return package;
}

}  // namespace

Result<ModelPackage> importEncoder(const ImportRequest& request) {
  if (Result<void> free = checkFree(request.out); !free) return tl::unexpected(free.error());
  const Result<EncoderConfig> config = readConfig(request);
  if (!config) return tl::unexpected(config.error());
  const std::string& licence = request.licence.empty() ? config->licence : request.licence;
  if (licence.empty())
    return cannotImport(request, "it does not say under which licence it is; --licence does");
  Result<ForeignEncoder> encoder = readForeign(request);
  if (!encoder) return tl::unexpected(encoder.error());
  encoder->facts = settle(encoder->facts, request, *config);
  Result<PackageWriter> writer = PackageWriter::begin(request.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<void> written = writer->addTensors(encoder->facts.weights, encoder->tensors);
  if (written) written = addSelfTest(*writer, encoder->facts, encoder->tensors);
  if (!written) return tl::unexpected(written.error());
  return writer->finish(describe(request, encoder->facts, licence));
}

}  // namespace geneglass
