// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <memory>

#include "app/command_line/command.h"
#include "inference/import/import_encoder.h"
#include "inference/package/holds_program.h"

namespace geneglass {
namespace {

Outcome importIt(const ImportRequest& request) {
  const Result<ModelPackage> package = importEncoder(request);
  if (!package) return tl::unexpected(package.error());
  const EncoderFacts& facts = package->encoder;
  for (const CallFacts& call : package->calls) {
    std::vector<std::string> names;
    for (const ClassFacts& each : call.classes) names.push_back(each.name);
    fmt::print("Classes of tiles: {}\n", fmt::join(names, ", "));
  }
  fmt::print("{}: {} numbers a tile of {} px of {} um, licence {}\n{} written, {}\n", facts.name, facts.width,
             facts.tile, facts.mpp, package->licence, request.out.string(), package->hash);
  if (holdsProgram(*package)) fmt::print("{}\n", kHoldsProgram);
  return {};
}

std::map<std::string, TokenPool> poolsByName() {
  std::map<std::string, TokenPool> pools;
  for (const TokenPool pool : {TokenPool::Class, TokenPool::Mean, TokenPool::ClassAndMean})
    pools[toString(pool)] = pool;
  return pools;
}

}  // namespace

void addImportEncoderCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<ImportRequest>();
  CLI::App* command = program.add_subcommand(
      "import-encoder",
      "Makes a package of an encoder that other software trained: ResNet, ResNet v2, MobileNetV2, vision "
      "transformers, WSInfer's models; of a classifier of tiles with its classes");
  command
      ->add_option(
          "SOURCE", asked->source,
          "Its weights: .npz, .safetensors, .bin or .pth of PyTorch, or a folder with config.json and "
          "model.safetensors, pytorch_model.bin or WSInfer's torchscript_model.pt")
      ->required();
  command->add_option("--out", asked->out, "Folder of the package, which must not exist yet")->required();
  command
      ->add_option("--mpp", asked->mpp,
                   "Micrometres a pixel of the tiles that it shall see, where SOURCE does not say")
      ->check(CLI::Range(0.05, 50.0));
  command->add_option("--licence", asked->licence,
                      "Of the weights, for example Apache-2.0, where SOURCE does not say; stored with them");
  command->add_option("--tile", asked->tile, "Pixels a side of its tiles; else what SOURCE says, else 224")
      ->check(CLI::Range(16, 4096));
  command
      ->add_option(
          "--blocks", asked->lastBlock,
          "Cuts the network after this block, counted from 0 over all stages; of MobileNetV2 from the first "
          "that expands: 11 gives 96 numbers")
      ->check(CLI::Range(0, 1000));
  command
      ->add_option("--mean", asked->mean,
                   "Of colours from 0 to 1, three numbers R G B, where SOURCE does not say; ImageNet's for "
                   "convolutions")
      ->expected(3)
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--deviation", asked->deviation, "Likewise")
      ->expected(3)
      ->check(CLI::Range(0.001, 1.0));
  command
      ->add_option(
          "--heads", asked->heads,
          "Of a transformer's attention, where SOURCE does not say; else what is usual for its width")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--pool", asked->pool,
                   "Which tokens of a transformer become features: class, mean (of those of patches) or "
                   "class+mean, where SOURCE does not say")
      ->transform(CLI::CheckedTransformer(poolsByName()));
  command
      ->add_option("--classes", asked->classes,
                   "What the outputs of its classifier of tiles are, in their order: tumour,stroma,...; else "
                   "what SOURCE says, and those of TIAToolbox's Kather100K")
      ->delimiter(',');
  command->callback([asked, &run] { run = [asked](std::stop_token) { return importIt(*asked); }; });
}

}  // namespace geneglass
