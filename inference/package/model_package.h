// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "inference/package/feature_domain.h"
#include "inference/package/head_kind.h"
#include "inference/package/int8_facts.h"
#include "inference/package/residual_block.h"
#include "inference/package/tile_view.h"
#include "inference/package/transformer_facts.h"
#include "inference/prediction/gene_panel.h"
#include "inference/prediction/slide_call.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// What an encoder wants and gives.
struct EncoderFacts {
  std::string name;
  int tile = 224;                                   ///< pixels a side at `mpp`
  double mpp = 1.0;                                 ///< micrometres per pixel of the tiles it was trained on
  std::vector<float> mean{0.485f, 0.456f, 0.406f};  ///< per channel R G B, of values 0..1
  std::vector<float> deviation{0.229f, 0.224f, 0.225f};
  int width = 0;              ///< D, features a tile
  std::string architecture;   ///< "torchscript", or built in: "resnet", "resnetv2", "mobilenetv2", "vit"
  std::vector<int> blocks;    ///< convolutions: blocks a stage, for example 2 2 2 2
  std::vector<int> channels;  ///< those a stage gives; mobilenetv2: convolution_plan.h
  ResidualBlock block = ResidualBlock::Basic;  ///< resnet: what the stages are made of
  TransformerFacts transformer;                ///< vit
  std::string weights;  ///< file in the package: encoder.pt (TorchScript) or encoder.h5 (named tensors)
};

/// One gene the heads predict, with how well it did on cases it was not trained on.
struct GeneFacts {
  std::string symbol;
  int group = -1;           ///< index into the panel's groups; -1: in none
  double trainingMean = 0;  ///< of the label over the training cases, in the label's unit; Ybar of methods.md
  double trainingDeviation = 1;  ///< what one unit of the head's z-score is in the label's unit
  double heldOutR = 0;           ///< Pearson, out of fold, by patient
  double ciLow = 0;              ///< bootstrap 95 % interval of heldOutR
  double ciHigh = 0;
  bool wellPredicted = false;  ///< the rule of methods.md section 4
  std::vector<float>
      predictionQuantiles;  ///< 101 percentiles of out-of-fold predictions, in the label's unit
};

/// The heads that judged the training, one a fold: an ensemble (head_ensemble.h) of the kind of head.h5.
inline constexpr const char* kFoldHeads = "folds.h5";

/// A folder: manifest.json, the encoder's weights, head.h5 where there are genes, kFoldHeads where those of
/// the folds were kept, a callFile() where there is a call, kDomainFile where it knows its training tissue.
/// Constant; any thread.
struct ModelPackage {
  std::filesystem::path folder;
  std::string name;
  std::string version;
  std::string statement;  ///< what it is, for people: "demonstration model, trained on synthetic tissue"
  std::string licence;
  std::string labelUnit;      ///< of every value: "log2 expression", ...
  std::string recipe;         ///< "geneglass"
  std::string normalisation;  ///< what made labels of the measured values, in words; empty where not recorded
  std::string training;       ///< how the heads were trained and judged, in words; empty where not recorded
  double minimumTissue = 0.7;  ///< part of a tile that must be tissue
  EncoderFacts encoder;
  TileView view;                      ///< how heads see a place
  std::optional<Int8Facts> int8;      ///< none where it was not calibrated
  std::optional<Agreement> bfloat16;  ///< of a transformer; none where it was not compared
  HeadKind head = HeadKind::AttentionRegression;
  GenePanel panel;               ///< the groups of its genes; where it carries none, colorectalPanel()
  bool isUngrouped = false;      ///< it says that its genes are in no groups
  std::vector<GeneFacts> genes;  ///< G, in the order of the head's outputs; empty for an encoder on its own
  int foldModels = 0;            ///< heads in kFoldHeads; 0: the package has none
  std::vector<CallFacts> calls;  ///< what it tells apart: tumour from normal, one of the CMS
  std::optional<DomainFacts> domain;  ///< of the tissue it learnt from; none where that was not described
  std::string encoderHash;  ///< SHA-256 of the encoder's weights file and facts, int8 not among them
  std::string hash;         ///< SHA-256 over manifest, encoder and head: names the model in every result
};

/// D: what is known of a place, in the order of its sizes.
inline size_t featuresATile(const ModelPackage& package) {
  return size_t(package.encoder.width) * package.view.sizes.size();
}

/// The file of one of its calls: "diagnosis.h5" of a first one of two classes, "call1.h5" of others.
std::string callFile(const ModelPackage& package, size_t call);

/// Reads and checks manifest.json and the files it names (their stored hashes too). Does not load Torch.
/// Errors name the folder and what is missing or does not fit.
Result<ModelPackage> openModelPackage(const std::filesystem::path& folder);

/// Writes manifest.json for the files already in `package.folder`, filling both hashes.
Result<ModelPackage> writeManifest(ModelPackage package);

/// Where the demonstration model shipped with the program is: beside the binary, in the source tree or where
/// it is installed. Reads nothing. The last of these places where it is in none.
std::filesystem::path shippedModelFolder();
Result<ModelPackage> openShippedModel();

}  // namespace geneglass
