// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/read_encoder_config.h"
#include "inference/package/model_package.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parts.h"
#include "tests/inference/made_model.h"

// What model folders say of themselves: manifest.json of ours, config.json of other tools.
namespace geneglass::fuzzing {
namespace {

std::filesystem::path modelFolder() {
  return folderInMemory() / "model";
}

std::vector<std::string> packageSeeds() {
  std::filesystem::create_directories(modelFolder());
  testing::madeModel(modelFolder());
  std::vector<std::string> seeds{chosen(0, bytesOf(modelFolder() / "manifest.json"))};
  for (
      const char* text :
      {R"({"architecture":"vit_small_patch16_224","num_features":384,"global_pool":"token",)"
       R"("pretrained_cfg":{"input_size":[3,224,224],"mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5]}})",
       R"({"architecture":"resnet50","num_features":2048,"model_args":{"img_size":224,"init_values":1e-5}})",
       R"({"model_type":"dinov2","hidden_size":384,"num_attention_heads":6,"patch_size":14,"image_size":518})",
       R"({"spec_version":"1.0","architecture":"resnet34","num_classes":2,"class_names":["a","b"],)"
       R"("patch_size_pixels":350,"spacing_um_px":0.25,"transform":[{"name":"Resize","arguments":{"size":224}},)"
       R"({"name":"ToTensor"},{"name":"Normalize","arguments":{"mean":[0.7,0.6,0.7],"std":[0.2,0.2,0.1]}}]})"})
    seeds.push_back(chosen(1, text));
  return seeds;
}

/// The files that the manifest names are those of a sound package.
void putModel() {
  static const bool isThere = !packageSeeds().empty();
  (void)isThere;
}

void readPackage(std::string_view bytes) {
  putModel();
  if (choiceOf(bytes, 2) == 0) {
    fileInMemory("model/manifest.json", bytes);
    if (const auto package = openModelPackage(modelFolder()); !package)
      checkSentence(package.error().sentence, modelFolder());
  } else {
    std::filesystem::create_directory(folderInMemory() / "encoder");
    fileInMemory("encoder/config.json", bytes);
    if (const auto config = readEncoderConfig(folderInMemory() / "encoder"); !config)
      checkSentence(config.error().sentence, folderInMemory() / "encoder");
  }
}

const AddedTarget kTarget({.name = "packages",
                           .seeds = packageSeeds,
                           .read = readPackage,
                           .mostBytes = 16384,
                           .words = {"\"format_version\"",
                                     "\"architecture\"",
                                     "\"vit\"",
                                     "\"resnetv2\"",
                                     "\"mobilenetv2\"",
                                     "\"torchscript\"",
                                     "\"blocks\"",
                                     "\"channels\"",
                                     "\"transformer\"",
                                     "\"tile\"",
                                     "\"mpp\"",
                                     "\"view\"",
                                     "\"int8\"",
                                     "\"calls\"",
                                     "\"domain\"",
                                     "\"panel\"",
                                     "-1",
                                     "0",
                                     "1e308",
                                     "1e-308",
                                     "9223372036854775807",
                                     "2147483648",
                                     "null",
                                     "[]",
                                     "{}",
                                     "true",
                                     "\"../../x\"",
                                     "\"\"",
                                     "\"global_pool\":\"map\"",
                                     "\"vision_config\"",
                                     "\"pretrained_cfg\"",
                                     "\"crop_pct\""}});

}  // namespace
}  // namespace geneglass::fuzzing
