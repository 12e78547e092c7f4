// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/package/model_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

#include "inference/package/call_manifest.h"
#include "inference/package/int8_manifest.h"
#include "inference/package/manifest_reader.h"
#include "inference/package/panel_manifest.h"
#include "inference/package/transformer_manifest.h"
#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/shipped_file.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/foundation/sha256.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "geneglass-model";
constexpr int kFormatVersion = 1;
constexpr size_t kQuantiles = 101;
constexpr size_t kMobileNetStages = 7;
constexpr const char* kHead = "head.h5";
constexpr const char* kDiagnosis = "diagnosis.h5";

tl::unexpected<Error> unusable(const std::filesystem::path& folder, const std::string& why) {
  return fail(fmt::format("Cannot use the model package '{}': {}.", folder.string(), why));
}

void checkFormat(const ManifestReader& manifest) {
  if (manifest.text("format") != kFormat) manifest.refuse("format", fmt::format("is not '{}'", kFormat));
  const int version = manifest.integer("format_version", 1, 1'000'000);
  if (version != kFormatVersion)
    manifest.refuse("format_version",
                    fmt::format("is {}; this program reads version {}", version, kFormatVersion));
}

ResidualBlock readBlock(const ManifestReader& from) {
  if (!from.has("block")) return ResidualBlock::Basic;
  const std::string text = from.text("block");
  for (ResidualBlock block : {ResidualBlock::Basic, ResidualBlock::Bottleneck})
    if (text == toString(block)) return block;
  from.refuse("block", fmt::format("is '{}'; known are 'basic' and 'bottleneck'", text));
}

void checkWidth(const ManifestReader& from, const EncoderFacts& encoder) {
  if (encoder.channels.back() != encoder.width)
    from.refuse("width", fmt::format("is {}, but the last of 'channels' is {}", encoder.width,
                                     encoder.channels.back()));
}

void readResNetShape(const ManifestReader& from, EncoderFacts& encoder) {
  encoder.blocks = from.integers("blocks", 1, 100);
  encoder.channels = from.integers("channels", 1, 8192);
  if (encoder.blocks.size() != encoder.channels.size())
    from.refuse("channels", "must be as many as 'blocks'");
  checkWidth(from, encoder);
  encoder.block = readBlock(from);
  if (encoder.architecture == "resnetv2" && encoder.block != ResidualBlock::Bottleneck)
    from.refuse("block", "must be 'bottleneck' for the architecture 'resnetv2'");
  for (const int channels : encoder.channels)
    if (encoder.block == ResidualBlock::Bottleneck && channels % kBottleneck != 0)
      from.refuse("channels",
                  fmt::format("must be multiples of {} for bottlenecks, not {}", kBottleneck, channels));
}

void readMobileNetShape(const ManifestReader& from, EncoderFacts& encoder) {
  encoder.blocks = from.integers("blocks", 1, 100);
  encoder.channels = from.integers("channels", 1, 8192);
  if (encoder.blocks.size() > kMobileNetStages)
    from.refuse("blocks", fmt::format("must be of 1 to {} stages", kMobileNetStages));
  const size_t more = encoder.channels.size() - encoder.blocks.size();
  if (more != 1 && more != 2)
    from.refuse("channels", "must be one more than 'blocks', or two with the last convolution");
  checkWidth(from, encoder);
}

TileView readView(const ManifestReader& from) {
  TileView view{from.reals("sizes", TileView::kSmallest, TileView::kLargest)};
  if (const std::string wrong = whyNot(view); !wrong.empty()) from.refuse("sizes", wrong);
  return view;
}

EncoderFacts readEncoder(const ManifestReader& from) {
  EncoderFacts encoder;
  encoder.name = from.text("name");
  encoder.tile = from.integer("tile", 16, 4096);
  encoder.mpp = from.number("mpp", 0.05, 50);
  encoder.mean = from.numbers("mean", 3);
  encoder.deviation = from.numbers("deviation", 3);
  if (std::any_of(encoder.deviation.begin(), encoder.deviation.end(), [](float d) { return !(d > 0); }))
    from.refuse("deviation", "must be above 0");
  encoder.width = from.integer("width", 1, 1 << 16);
  encoder.architecture = from.text("architecture");
  encoder.weights = from.text("weights");
  if (std::filesystem::path(encoder.weights).filename() != encoder.weights || encoder.weights.empty())
    from.refuse("weights", "must name a file in the package's folder");
  if (encoder.architecture == "resnet" || encoder.architecture == "resnetv2")
    readResNetShape(from, encoder);
  else if (encoder.architecture == "mobilenetv2")
    readMobileNetShape(from, encoder);
  else if (encoder.architecture == "vit")
    encoder.transformer = readTransformer(from.object("transformer"), encoder.tile);
  else if (encoder.architecture != "torchscript")
    from.refuse("architecture",
                fmt::format("is '{}'; known are 'torchscript', 'resnet', 'resnetv2', 'mobilenetv2' and 'vit'",
                            encoder.architecture));
  return encoder;
}

int readGroupOf(const ManifestReader& from, const GenePanel& panel) {
  const std::string name = from.text("subtype");
  const int group = panel.groupNamed(name);
  if (group < 0 && !name.empty())
    from.refuse("subtype", fmt::format("is '{}', which is no group of its panel", name));
  return group;
}

GeneFacts readGene(const ManifestReader& from, const GenePanel& panel) {
  GeneFacts gene;
  gene.symbol = from.text("symbol");
  if (gene.symbol.empty()) from.refuse("symbol", "is empty");
  gene.group = readGroupOf(from, panel);
  gene.trainingMean = from.number("training_mean", -1e9, 1e9);
  gene.trainingDeviation = from.number("training_deviation", 1e-12, 1e9);
  gene.heldOutR = from.number("heldout_r", -1, 1);
  gene.ciLow = from.number("ci_low", -1, 1);
  gene.ciHigh = from.number("ci_high", gene.ciLow, 1);
  gene.wellPredicted = from.flag("well_predicted");
  gene.predictionQuantiles = from.numbers("prediction_quantiles", kQuantiles);
  if (!std::is_sorted(gene.predictionQuantiles.begin(), gene.predictionQuantiles.end()))
    from.refuse("prediction_quantiles", "must not fall");
  return gene;
}

bool standsAsDiagnosis(const ModelPackage& package, size_t call) {
  return call == 0 && package.calls[call].isDiagnosis();
}

void readCalls(const ManifestReader& manifest, ModelPackage& package) {
  if (manifest.has("diagnosis")) package.calls.push_back(readDiagnosis(manifest.object("diagnosis")));
  if (!manifest.has("calls")) return;
  for (const ManifestReader& from : manifest.objects("calls")) {
    package.calls.push_back(readCall(from));
    if (standsAsDiagnosis(package, package.calls.size() - 1))
      from.refuse("classes", "are two: a first call of two classes stands as 'diagnosis'");
    const auto same = std::ranges::count(package.calls, package.calls.back().target, &CallFacts::target);
    if (same > 1) from.refuse("target", fmt::format("'{}' is there twice", package.calls.back().target));
  }
}

DomainFacts readDomainFacts(const ManifestReader& from) {
  if (from.text("file") != kDomainFile) from.refuse("file", fmt::format("is not '{}'", kDomainFile));
  return {.slides = from.integer("slides", 1, 1 << 30), .tiles = from.integer("tiles", 1, 1 << 30)};
}

int readFoldModels(const ManifestReader& from) {
  if (from.text("file") != kFoldHeads) from.refuse("file", fmt::format("is not '{}'", kFoldHeads));
  return from.integer("models", 2, 1000);
}

void readFacts(const ManifestReader& manifest, ModelPackage& package) {
  checkFormat(manifest);
  package.name = manifest.text("name");
  package.version = manifest.text("version");
  package.statement = manifest.text("statement");
  package.licence = manifest.text("licence");
  package.labelUnit = manifest.text("label_unit");
  package.recipe = manifest.text("recipe");
  if (manifest.has("normalisation")) package.normalisation = manifest.text("normalisation");
  if (manifest.has("training")) package.training = manifest.text("training");
  package.minimumTissue = manifest.number("minimum_tissue", 0, 1);
  package.encoder = readEncoder(manifest.object("encoder"));
  if (manifest.has("view")) package.view = readView(manifest.object("view"));
  if (manifest.has("int8")) package.int8 = readInt8(manifest.object("int8"));
  if (manifest.has("bfloat16")) package.bfloat16 = readBfloat16(manifest.object("bfloat16"));
  if (manifest.has("domain")) package.domain = readDomainFacts(manifest.object("domain"));
  if (manifest.has("folds")) package.foldModels = readFoldModels(manifest.object("folds"));
  readCalls(manifest, package);
  package.panel = manifest.has("panel") ? readPanel(manifest.object("panel")) : colorectalPanel();
  package.isUngrouped = package.panel.groups.empty();
  std::set<std::string> symbols;
  for (const ManifestReader& from : manifest.objects("genes")) {
    package.genes.push_back(readGene(from, package.panel));
    if (!symbols.insert(package.genes.back().symbol).second)
      from.refuse("symbol", fmt::format("'{}' is there twice", package.genes.back().symbol));
  }
}

std::string hashOf(const std::filesystem::path& file) {
  const Result<std::string> hash = sha256OfFile(file);
  if (!hash)
    throw std::runtime_error(
        fmt::format("its file '{}' is missing or not readable", file.filename().string()));
  return *hash;
}

void checkFile(const std::filesystem::path& folder, const std::string& name, const std::string& stored) {
  if (hashOf(folder / name) != stored)
    throw std::runtime_error(fmt::format("its file '{}' is not the one the manifest was written for", name));
}

void checkCalls(const ManifestReader& manifest, const ModelPackage& package) {
  const bool diagnosis = manifest.has("diagnosis");
  if (diagnosis) checkFile(package.folder, kDiagnosis, manifest.object("diagnosis").text("sha256"));
  size_t call = diagnosis ? 1 : 0;
  if (manifest.has("calls"))
    for (const ManifestReader& from : manifest.objects("calls"))
      checkFile(package.folder, callFile(package, call++), from.text("sha256"));
}

void readHead(const ManifestReader& from, ModelPackage& package) {
  checkFile(package.folder, kHead, from.text("sha256"));
  const std::string kind = from.has("kind") ? from.text("kind") : toString(HeadKind::AttentionRegression);
  for (const HeadKind known : kHeadKinds) {
    package.head = known;
    if (kind == toString(known)) return;
  }
  from.refuse("kind",
              fmt::format("is '{}'; known are 'attention regression', 'gated attention' and 'linear'", kind));
}

/// The encoder without its name: what decides which features come out.
std::string encoderHash(const json& encoder) {
  json facts = encoder;
  facts.erase("name");
  return sha256(facts.dump());
}

void readPackage(const json& document, ModelPackage& package) {
  const ManifestReader manifest(document, "");
  readFacts(manifest, package);
  checkFile(package.folder, package.encoder.weights, manifest.object("encoder").text("sha256"));
  if (!package.genes.empty()) readHead(manifest.object("head"), package);
  if (package.foldModels > 0) checkFile(package.folder, kFoldHeads, manifest.object("folds").text("sha256"));
  if (package.domain) checkFile(package.folder, kDomainFile, manifest.object("domain").text("sha256"));
  checkCalls(manifest, package);
  package.encoderHash = encoderHash(document["encoder"]);
  package.hash = sha256(document.dump());
}

json toJson(const GeneFacts& gene, const GenePanel& panel) {
  return {{"symbol", gene.symbol},
          {"subtype", panel.nameOf(gene.group)},
          {"training_mean", gene.trainingMean},
          {"training_deviation", gene.trainingDeviation},
          {"heldout_r", gene.heldOutR},
          {"ci_low", gene.ciLow},
          {"ci_high", gene.ciHigh},
          {"well_predicted", gene.wellPredicted},
          {"prediction_quantiles", gene.predictionQuantiles}};
}

json toJson(const EncoderFacts& encoder) {
  json object = {{"name", encoder.name},
                 {"tile", encoder.tile},
                 {"mpp", encoder.mpp},
                 {"mean", encoder.mean},
                 {"deviation", encoder.deviation},
                 {"width", encoder.width},
                 {"weights", encoder.weights},
                 {"architecture", encoder.architecture}};
  if (encoder.architecture == "vit") object["transformer"] = toJson(encoder.transformer);
  if (encoder.architecture == "vit" || encoder.architecture == "torchscript") return object;
  object["blocks"] = encoder.blocks;
  object["channels"] = encoder.channels;
  if (encoder.block != ResidualBlock::Basic) object["block"] = toString(encoder.block);
  return object;
}

void addCalls(const ModelPackage& package, json& document) {
  for (size_t call = 0; call < package.calls.size(); ++call) {
    const std::string file = callFile(package, call);
    const bool diagnosis = standsAsDiagnosis(package, call);
    json block = diagnosis ? diagnosisBlock(package.calls[call]) : callBlock(package.calls[call]);
    block["sha256"] = hashOf(package.folder / file);
    if (!diagnosis) block["file"] = file;
    if (diagnosis)
      document["diagnosis"] = std::move(block);
    else
      document["calls"].push_back(std::move(block));
  }
}

json toJson(const ModelPackage& package) {
  json document = {{"format", kFormat},
                   {"format_version", kFormatVersion},
                   {"name", package.name},
                   {"version", package.version},
                   {"statement", package.statement},
                   {"licence", package.licence},
                   {"label_unit", package.labelUnit},
                   {"recipe", package.recipe},
                   {"minimum_tissue", package.minimumTissue},
                   {"encoder", toJson(package.encoder)},
                   {"genes", json::array()}};
  if (!package.normalisation.empty()) document["normalisation"] = package.normalisation;
  if (!package.training.empty()) document["training"] = package.training;
  if (package.view != TileView{}) document["view"] = {{"sizes", package.view.sizes}};
  if (!package.panel.groups.empty() || package.isUngrouped) document["panel"] = toJson(package.panel);
  if (package.int8) document["int8"] = toJson(*package.int8);
  if (package.bfloat16) document["bfloat16"] = toJson(*package.bfloat16);
  if (package.domain)
    document["domain"] = {{"file", kDomainFile},
                          {"sha256", hashOf(package.folder / kDomainFile)},
                          {"slides", package.domain->slides},
                          {"tiles", package.domain->tiles}};
  if (package.foldModels > 0)
    document["folds"] = {{"file", kFoldHeads},
                         {"sha256", hashOf(package.folder / kFoldHeads)},
                         {"models", package.foldModels}};
  addCalls(package, document);
  for (const GeneFacts& gene : package.genes) document["genes"].push_back(toJson(gene, package.panel));
  document["encoder"]["sha256"] = hashOf(package.folder / package.encoder.weights);
  if (!package.genes.empty())
    document["head"] = {{"file", kHead}, {"sha256", hashOf(package.folder / kHead)}};
  if (!package.genes.empty() && package.head != HeadKind::AttentionRegression)
    document["head"]["kind"] = toString(package.head);
  return document;
}

}  // namespace

std::string callFile(const ModelPackage& package, size_t call) {
  return standsAsDiagnosis(package, call) ? kDiagnosis : fmt::format("call{}.h5", call);
}

Result<ModelPackage> openModelPackage(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "manifest.json";
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error) || !std::ifstream(file))
    return unusable(folder, "there is no readable manifest.json in it");
  const Result<json> document = readJsonFile(file, "its manifest.json");
  if (!document) return unusable(folder, document.error().sentence);
  ModelPackage package;
  package.folder = folder;
  try {
    readPackage(*document, package);
  } catch (const std::exception& reason) {
    return unusable(folder, reasonOf(reason));
  }
  return package;
}

Result<ModelPackage> writeManifest(ModelPackage package) {
  try {
    const Result<void> written = writeText(package.folder / "manifest.json", toJson(package).dump(1) + "\n");
    if (!written) return tl::unexpected(written.error());
  } catch (const std::exception& error) {
    return unusable(package.folder, reasonOf(error));
  }
  return openModelPackage(package.folder);
}

std::filesystem::path shippedModelFolder() {
  return shippedFile("models/demonstration/manifest.json").parent_path();
}

Result<ModelPackage> openShippedModel() {
  const std::filesystem::path folder = shippedModelFolder();
  std::error_code error;
  if (std::filesystem::exists(folder / "manifest.json", error)) return openModelPackage(folder);
  return fail(fmt::format("There is no shipped model: '{}' does not exist.", folder.string()));
}

}  // namespace geneglass
