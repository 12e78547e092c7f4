// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/import_encoder.h"

#include <fmt/format.h>

#include <cmath>

#include "inference/encoder/built_in_network.h"
#include "inference/encoder/encoder_self_test.h"
#include "inference/encoder/script_network.h"
#include "inference/import/mobilenet_weights.h"
#include "inference/import/read_encoder_config.h"
#include "inference/import/resnet_weights.h"
#include "inference/import/tile_classifier.h"
#include "inference/import/transformer_weights.h"
#include "inference/package/package_writer.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"
#include "viewer/foundation/tensors/npz_file.h"
#include "viewer/foundation/tensors/safetensors_file.h"
#include "viewer/foundation/tensors/torch_file.h"

namespace geneglass {
namespace {

constexpr size_t kTestTiles = 2;
constexpr const char* kScript = "torchscript_model.pt";

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
Result<std::unique_ptr<TileNetwork>> networkOf(PackageWriter& writer, const ForeignEncoder& encoder) {
  if (encoder.script.empty()) return makeBuiltInNetwork(encoder.facts, encoder.tensors);
  ModelPackage package;
  const Result<std::filesystem::path> place = writer.place({});
  if (!place) return tl::unexpected(place.error());
  package.folder = *place;
  package.encoder = encoder.facts;
  return loadScriptNetwork(package);
}

/// Throws what TileNetwork::compute() does.
Result<void> addSelfTest(PackageWriter& writer, const EncoderFacts& facts, TileNetwork& network) {
  std::vector<Image> tiles;
  for (size_t i = 0; i < kTestTiles; ++i) tiles.push_back(wavyTile(facts.tile, i));
  Matrix features(kTestTiles, static_cast<size_t>(facts.width));
  const OneOpenMpThread oneThread;
  network.prepare(1);
  network.compute(0, tiles, features.values, {});
  return writer.place("self_test.h5").and_then([&](const std::filesystem::path& file) {
    return writeSelfTest(file, tiles, features);
  });
}

/// Errors are whole sentences.
Result<TensorFile> readWeights(const ImportRequest& request) {
  const std::filesystem::path& source = request.source;
  const std::string ending = source.extension().string();
  std::error_code error;
  if (std::filesystem::is_directory(source, error)) {
    if (std::filesystem::exists(source / "model.safetensors", error))
      return readSafetensors(source / "model.safetensors");
    if (std::filesystem::exists(source / "pytorch_model.bin", error))
      return readTorchFile(source / "pytorch_model.bin");
    return cannotImport(request,
                        "there is no model.safetensors, pytorch_model.bin or torchscript_model.pt in it");
  }
  if (ending == ".npz") return readNpz(source);
  if (ending == ".safetensors") return readSafetensors(source);
  if (ending == ".bin" || ending == ".pth" || ending == ".pt") return readTorchFile(source);
  return cannotImport(request, "it is no folder, .npz, .safetensors, .bin, .pth or .pt file");
}

/// WSInfer's TorchScript module: it gives the logits of its classes.
Result<ForeignEncoder> readScript(const ImportRequest& request, const ForeignHints& hints) {
  const EncoderConfig& said = hints.said;
  if (said.classes.empty() || !said.tile || said.mean.empty())
    return cannotImport(
        request,
        fmt::format("its config.json is not WSInfer's, so that nothing says what '{}' takes and gives",
                    kScript));
  if (hints.lastBlock) return cannotImport(request, "a TorchScript module cannot be cut after a block");
  ForeignEncoder encoder;
  encoder.script = request.source / kScript;
  encoder.facts.architecture = "torchscript";
  encoder.facts.name = said.architecture.empty() ? "TorchScript" : said.architecture;
  encoder.facts.width = int(said.classes.size());
  encoder.classifier = logitsAsTheyAre(said.classes);
  return encoder;
}

Result<ForeignEncoder> readForeign(const ImportRequest& request, const ForeignHints& hints) {
  std::error_code error;
  const bool scripted = std::filesystem::exists(request.source / kScript, error);
  if (scripted && !std::filesystem::exists(request.source / "model.safetensors", error))
    return readScript(request, hints);
  Result<TensorFile> tensors = readWeights(request);
  if (!tensors) return tl::unexpected(tensors.error());
  for (const ForeignFamily& family :
       {numberedMobileNet(), numberedResNetV2(), namedResNet(), namedTransformer()}) {
    if (!family.recognises(*tensors)) continue;
    Result<ForeignEncoder> encoder = family.read(std::move(*tensors), hints);
    return encoder ? encoder : cannotImport(request, encoder.error().sentence);
  }
  if (scripted) return readScript(request, hints);
  return cannotImport(
      request,
      "its tensors are named as in no architecture that is known here: MobileNetV2 and ResNet v2 "
      "as NumPy files number them, ResNet as torchvision and timm name it, vision transformers as timm and "
      "transformers do");
}

/// What stands beside the weights of a folder; what the request says goes before it.
Result<ForeignHints> readHints(const ImportRequest& request) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(request.source, error);
  Result<EncoderConfig> said = folder ? readEncoderConfig(request.source) : EncoderConfig();
  if (!said) return tl::unexpected(said.error());
  if (!request.mean.empty()) said->mean = request.mean;
  if (!request.deviation.empty()) said->deviation = request.deviation;
  if (request.tile) said->tile = request.tile;
  if (request.heads) said->heads = request.heads;
  if (request.pool) said->pool = request.pool;
  if (!request.licence.empty()) said->licence = request.licence;
  if (request.mpp > 0) said->mpp = request.mpp;
  if (!request.classes.empty()) said->classes = request.classes;
  return ForeignHints{std::move(*said), request.lastBlock};
}

/// What is said goes before what is usual.
EncoderFacts settle(const ForeignEncoder& encoder, const EncoderConfig& said) {
  EncoderFacts facts = encoder.facts;
  if (!said.mean.empty()) facts.mean = said.mean;
  if (!said.deviation.empty()) facts.deviation = said.deviation;
  facts.mpp = said.mpp ? *said.mpp : encoder.mpp.value_or(0);
  facts.tile = said.tile.value_or(facts.tile);
  facts.weights = encoder.script.empty() ? "encoder.h5" : "encoder.pt";
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

/// Adds the call of a classifier whose classes have names.
Result<void> addClasses(const ImportRequest& request, const ForeignEncoder& encoder,
                        const EncoderConfig& said, ModelPackage& package, PackageWriter& writer) {
  if (!encoder.classifier || encoder.classifier->classes.empty()) {
    if (said.classes.empty()) return {};
    return cannotImport(request,
                        "classes are named, but it has no classifier of them that is understood here");
  }
  Result<CallFacts> call = callOf(*encoder.classifier);
  if (!call) return cannotImport(request, call.error().sentence);
  package.calls = {std::move(*call)};
  package.labelUnit = package.calls.front().target;
  return writer.addTensors(callFile(package, 0), headOf(*encoder.classifier));
}

Result<void> addFiles(const ImportRequest& request, const ForeignEncoder& encoder, PackageWriter& writer) {
  Result<void> written = encoder.script.empty() ? writer.addTensors(encoder.facts.weights, encoder.tensors)
                                                : writer.addCopy(encoder.script, encoder.facts.weights);
  if (!written) return written;
  Result<std::unique_ptr<TileNetwork>> network = networkOf(writer, encoder);
  if (!network) return cannotImport(request, network.error().sentence);
  try {
    return addSelfTest(writer, encoder.facts, **network);
  } catch (const std::exception& error) {
    return cannotImport(request, reasonOf(error));
  }
}

}  // namespace

Result<ModelPackage> importEncoder(const ImportRequest& request) {
  Result<PackageWriter> writer = PackageWriter::begin(request.out);
  if (!writer) return tl::unexpected(writer.error());
  const Result<ForeignHints> hints = readHints(request);
  if (!hints) return tl::unexpected(hints.error());
  const std::string& licence = hints->said.licence;
  if (licence.empty())
    return cannotImport(request, "it does not say under which licence it is; --licence does");
  Result<ForeignEncoder> encoder = readForeign(request, *hints);
  if (!encoder) return tl::unexpected(encoder.error());
  encoder->facts = settle(*encoder, hints->said);
  if (!(encoder->facts.mpp > 0))
    return cannotImport(request, "it does not say how many micrometres a pixel of its tiles is; --mpp does");
  ModelPackage package = describe(request, encoder->facts, licence);
  Result<void> added = addClasses(request, *encoder, hints->said, package, *writer);
  if (added) added = addFiles(request, *encoder, *writer);
  if (!added) return tl::unexpected(added.error());
  return writer->finish(std::move(package));
}

}  // namespace geneglass
