// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/random_package.h"

#include <cmath>
#include <random>

#include "viewer/foundation/tensor_file.h"

namespace geneglass::testing {
namespace {

constexpr int kWidth = 16;      ///< D
constexpr int kEmbedding = 16;  ///< H
constexpr int kAttention = 8;   ///< A

/// Draws tensors one after another from one seed.
class Draw final {
 public:
  StoredTensor tensor(std::vector<int64_t> shape, double deviation) {
    std::normal_distribution<float> normal(0, float(deviation));
    return filled(std::move(shape), [&] { return normal(m_random); });
  }
  static StoredTensor constant(std::vector<int64_t> shape, float value) {
    return filled(std::move(shape), [value] { return value; });
  }

 private:
  template <typename Next>
  static StoredTensor filled(std::vector<int64_t> shape, Next next) {
    StoredTensor tensor{std::move(shape), {}};
    int64_t count = 1;
    for (const int64_t length : tensor.shape) count *= length;
    for (int64_t index = 0; index < count; ++index) tensor.values.push_back(next());
    return tensor;
  }

  std::mt19937 m_random{20240521};
};

TensorFile encoderTensors(Draw& draw) {
  TensorFile tensors;
  const auto norm = [&](const std::string& name) {
    tensors[name + ".weight"] = Draw::constant({kWidth}, 1);
    tensors[name + ".bias"] = Draw::constant({kWidth}, 0);
    tensors[name + ".running_mean"] = Draw::constant({kWidth}, 0);
    tensors[name + ".running_var"] = Draw::constant({kWidth}, 1);
  };
  tensors["conv1.weight"] = draw.tensor({kWidth, 3, 7, 7}, 0.1);
  norm("bn1");
  for (const std::string part : {"1", "2"}) {
    tensors["layer1.0.conv" + part + ".weight"] = draw.tensor({kWidth, kWidth, 3, 3}, 0.1);
    norm("layer1.0.bn" + part);
  }
  return tensors;
}

TensorFile headTensors(Draw& draw, int genes) {
  return {{"embedding.weight", draw.tensor({kEmbedding, kWidth}, 0.4)},
          {"embedding.bias", draw.tensor({kEmbedding}, 0.1)},
          {"value.weight", draw.tensor({genes, kEmbedding}, 0.2)},
          {"value.bias", draw.tensor({genes}, 0.1)},
          {"attention.hidden.weight", draw.tensor({genes, kAttention, kEmbedding}, 0.2)},
          {"attention.hidden.bias", draw.tensor({genes, kAttention}, 0.1)},
          {"attention.out.weight", draw.tensor({genes, kAttention}, 0.5)},
          {"attention.out.bias", Draw::constant({genes}, 0)}};
}

GeneFacts factsOf(const PanelGene& panel, size_t index) {
  GeneFacts gene;
  gene.symbol = panel.symbol;
  gene.subtype = panel.subtype;
  gene.trainingMean = 6;
  gene.trainingDeviation = 1.5;
  gene.wellPredicted = panel.subtype != Subtype::Driver;
  gene.heldOutR = gene.wellPredicted ? 0.55 + 0.006 * double(index) : 0.05;
  gene.ciLow = gene.heldOutR - 0.1;
  gene.ciHigh = gene.heldOutR + 0.07;
  for (int percent = 0; percent <= 100; ++percent)
    gene.predictionQuantiles.push_back(float(3 + 0.06 * percent));
  return gene;
}

}  // namespace

Result<ModelPackage> writeRandomPackage(const std::filesystem::path& folder, int tilePixels) {
  std::filesystem::create_directories(folder);
  ModelPackage package;
  package.folder = folder;
  package.name = "random";
  package.version = "1";
  package.statement = "random weights for tests, predicts nothing";
  package.licence = "GPL-3.0-or-later";
  package.labelUnit = "log2 expression";
  package.recipe = "geneglass";
  package.encoder.name = "random";
  package.encoder.tile = tilePixels;
  package.encoder.width = kWidth;
  package.encoder.architecture = "resnet";
  package.encoder.blocks = {1};
  package.encoder.channels = {kWidth};
  package.encoder.weights = "encoder.h5";
  for (const PanelGene& gene : colorectalPanel())
    package.genes.push_back(factsOf(gene, package.genes.size()));
  Draw draw;
  if (auto written = writeTensors(folder / "encoder.h5", encoderTensors(draw)); !written)
    return tl::unexpected(written.error());
  const auto head = headTensors(draw, static_cast<int>(package.genes.size()));
  if (auto written = writeTensors(folder / "head.h5", head); !written) return tl::unexpected(written.error());
  return writeManifest(std::move(package));
}

}  // namespace geneglass::testing
