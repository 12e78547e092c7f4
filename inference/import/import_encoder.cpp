// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/import_encoder.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/encoder/convolution_network.h"
#include "inference/encoder/encoder_self_test.h"
#include "inference/import/mobilenet_weights.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/npz_file.h"
#include "viewer/foundation/own_threads.h"

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

Result<ForeignEncoder> readForeign(const ImportRequest& request) {
  Result<TensorFile> tensors = readNpz(request.source);
  if (!tensors) return tl::unexpected(tensors.error());
  for (const ForeignFamily& family : {numberedMobileNet()}) {
    if (!family.recognises(*tensors)) continue;
    Result<ForeignEncoder> encoder = family.read(std::move(*tensors), request.lastBlock);
    return encoder ? encoder : cannotImport(request, encoder.error().sentence);
  }
  return cannotImport(request, "its tensors are named as in no architecture that is known here");
}

ModelPackage describe(const ImportRequest& request, const EncoderFacts& facts) {
  ModelPackage package;
  package.name = request.out.filename().string();
  package.version = "1";
  package.statement = fmt::format("{}, imported from '{}'", facts.name, request.source.filename().string());
  package.licence = request.licence;
  package.recipe = "imported";
  package.encoder = facts;
  return package;
}

}  // namespace

Result<ModelPackage> importEncoder(const ImportRequest& request) {
  if (Result<void> free = checkFree(request.out); !free) return tl::unexpected(free.error());
  Result<ForeignEncoder> encoder = readForeign(request);
  if (!encoder) return tl::unexpected(encoder.error());
  encoder->facts.mpp = request.mpp;
  encoder->facts.tile = request.tile.value_or(encoder->facts.tile);
  encoder->facts.weights = "encoder.h5";
  Result<PackageWriter> writer = PackageWriter::begin(request.out);
  if (!writer) return tl::unexpected(writer.error());
  Result<void> written = writer->addTensors(encoder->facts.weights, encoder->tensors);
  if (written) written = addSelfTest(*writer, encoder->facts, encoder->tensors);
  if (!written) return tl::unexpected(written.error());
  return writer->finish(describe(request, encoder->facts));
}

}  // namespace geneglass
