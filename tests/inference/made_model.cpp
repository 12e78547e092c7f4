// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/inference/made_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>

#include "inference/package/panel_manifest.h"

namespace geneglass::testing {
namespace {

class Maker final {
 public:
  explicit Maker(unsigned seed) : m_seed(seed) {}
  void add(const std::string& name, std::vector<int64_t> shape, float factor = 1, float offset = 0) {
    const auto count = std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
    StoredTensor tensor{std::move(shape), madeNumbers(static_cast<size_t>(count), m_seed++)};
    for (float& value : tensor.values) value = value * factor + offset;
    tensors[name] = std::move(tensor);
  }
  void addConvolution(const std::string& name, int out, int in, int side) {
    add(name + ".weight", {out, in, side, side}, 1.0f / std::sqrt(float(in * side * side)));
  }
  void addNorm(const std::string& name, int channels) {
    add(name + ".weight", {channels}, 0.3f, 1);
    add(name + ".bias", {channels}, 0.2f);
    add(name + ".running_mean", {channels}, 0.2f);
    add(name + ".running_var", {channels}, 0.3f, 1);
  }
  void addNormed(const std::string& convolution, const std::string& norm, int out, int in, int side) {
    addConvolution(convolution, out, in, side);
    addNorm(norm, out);
  }
  TensorFile tensors;

 private:
  unsigned m_seed;
};

/// Well predicted; predictions are within a deviation of the mean.
GeneFacts factsOf(std::string symbol, int group, double mean, double deviation) {
  GeneFacts facts;
  facts.symbol = std::move(symbol);
  facts.group = group;
  facts.trainingMean = mean;
  facts.trainingDeviation = deviation;
  facts.heldOutR = 0.6;
  facts.ciLow = 0.4;
  facts.ciHigh = 0.7;
  facts.wellPredicted = true;
  for (int percent = 0; percent <= 100; ++percent)
    facts.predictionQuantiles.push_back(static_cast<float>(mean + deviation * (percent * 0.02 - 1)));
  return facts;
}

struct Stages {
  std::vector<int> blocks;
  std::vector<int> channels;
};

Result<ModelPackage> writeModel(const std::filesystem::path& folder, const Stages& stages, int tile,
                                std::vector<GeneFacts> genes) {
  std::filesystem::create_directories(folder);
  ModelPackage package;
  package.folder = folder;
  package.name = "made";
  package.version = "1";
  package.statement = "made for a test, predicts nothing";
  package.licence = "CC0-1.0";
  package.labelUnit = "z-score";
  package.recipe = "geneglass";
  package.encoder.name = "small resnet";
  package.encoder.tile = tile;
  package.encoder.mpp = 1;
  package.encoder.width = stages.channels.back();
  package.encoder.architecture = "resnet";
  package.encoder.blocks = stages.blocks;
  package.encoder.channels = stages.channels;
  package.encoder.weights = "encoder.h5";
  const TensorFile encoder = madeResNet(stages.blocks, stages.channels, 7);
  if (auto written = writeTensors(folder / "encoder.h5", encoder); !written)
    return tl::unexpected(written.error());
  const auto count = static_cast<int>(genes.size());
  if (std::ranges::any_of(genes, [](const GeneFacts& gene) { return gene.group >= 0; }))
    package.panel = colorectalPanel();
  package.genes = std::move(genes);
  if (count == 0) return writeManifest(std::move(package));
  const TensorFile head = madeHead(package.encoder.width, 5, 4, count, 99);
  if (auto written = writeTensors(folder / "head.h5", head); !written) return tl::unexpected(written.error());
  return writeManifest(std::move(package));
}

}  // namespace

std::vector<float> madeNumbers(size_t count, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<float> numbers(count);
  for (float& number : numbers) number = static_cast<float>(double(generator()) / 2147483648.0 - 1);
  return numbers;
}

TensorFile madeResNet(const std::vector<int>& blocks, const std::vector<int>& channels, unsigned seed,
                      ResidualBlock kind) {
  Maker maker(seed);
  int in = stemChannels(kind, channels);
  maker.addNormed("conv1", "bn1", in, 3, 7);
  for (size_t stage = 0; stage < blocks.size(); ++stage)
    for (int block = 0; block < blocks[stage]; ++block) {
      const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(block);
      const int out = channels[stage];
      const bool basic = kind == ResidualBlock::Basic;
      const int inner = basic ? out : out / kBottleneck;
      maker.addNormed(name + ".conv1", name + ".bn1", inner, in, basic ? 3 : 1);
      maker.addNormed(name + ".conv2", name + ".bn2", inner, inner, 3);
      if (!basic) maker.addNormed(name + ".conv3", name + ".bn3", out, inner, 1);
      if (in != out || (block == 0 && stage > 0))
        maker.addNormed(name + ".downsample.0", name + ".downsample.1", out, in, 1);
      in = out;
    }
  return maker.tensors;
}

TensorFile madeHead(int features, int embedding, int attention, int genes, unsigned seed) {
  Maker maker(seed);
  maker.add("embedding.weight", {embedding, features});
  maker.add("embedding.bias", {embedding});
  maker.add("value.weight", {genes, embedding});
  maker.add("value.bias", {genes});
  maker.add("attention.hidden.weight", {genes, attention, embedding});
  maker.add("attention.hidden.bias", {genes, attention});
  maker.add("attention.out.weight", {genes, attention});
  maker.add("attention.out.bias", {genes});
  return maker.tensors;
}

TensorFile madeGatedHead(const GatedSides& sides, unsigned seed) {
  const auto [d, h, a, g, o, extremes] = sides;
  Maker maker(seed);
  maker.add("embedding.weight", {h, d});
  maker.add("embedding.bias", {h});
  maker.add("attention.tanh.weight", {g, a, h});
  maker.add("attention.tanh.bias", {g, a});
  maker.add("attention.sigmoid.weight", {g, a, h});
  maker.add("attention.sigmoid.bias", {g, a});
  maker.add("attention.out.weight", {g, a});
  maker.add("attention.out.bias", {g});
  maker.add("value.weight", {g, o, extremes ? 2 * h : h});
  maker.add("value.bias", {g, o});
  return maker.tensors;
}

ModelPackage madeModel(const std::filesystem::path& folder, int genes) {
  std::vector<GeneFacts> facts;
  for (int gene = 0; gene < genes; ++gene)
    facts.push_back(factsOf("GENE" + std::to_string(gene), -1, 5 + gene, 0.5));
  const Result<ModelPackage> written = writeModel(folder, {{1, 1}, {4, 6}}, 32, std::move(facts));
  if (!written) throw std::runtime_error(written.error().sentence);
  return *written;
}

Result<ModelPackage> writeRandomPackage(const std::filesystem::path& folder, int tilePixels, int channels) {
  std::vector<GeneFacts> genes;
  const GenePanel& panel = colorectalPanel();
  for (const GeneGroup& group : panel.groups)
    for (const PanelGene& gene : group.genes) {
      genes.push_back(factsOf(gene.symbol, panel.groupNamed(group.name), 6, 1.5));
      genes.back().wellPredicted = group.name != "driver";
      if (!genes.back().wellPredicted) genes.back().heldOutR = 0.05;
    }
  return writeModel(folder, {{1}, {channels}}, tilePixels, std::move(genes));
}

}  // namespace geneglass::testing
