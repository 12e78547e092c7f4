// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/command_line/learning_commands.h"
#include "generated/version.h"
#include "inference/features/feature_store.h"
#include "inference/package/installed_models.h"
#include "inference/package/model_package.h"
#include "inference/package/processor_precision.h"
#include "viewer/foundation/machine.h"
#include "viewer/foundation/program_module.h"

namespace geneglass {
namespace {

using Json = nlohmann::ordered_json;

/// What was looked at, and how it is.
struct Finding {
  std::string what;
  bool isFine = true;
  std::string text;
};

Finding processorFinding() {
  const Machine& machine = thisMachine();
  std::vector<std::string> precisions{"float32"};
  if (processorHasInt8()) precisions.emplace_back("int8");
  if (processorHasBfloat16()) precisions.emplace_back("bfloat16");
  return {"processor", true,
          fmt::format("{}, {} of them for this process; computes in {}",
                      machine.processor.empty() ? "of unknown name" : machine.processor, machine.processors,
                      fmt::join(precisions, ", "))};
}

Finding memoryFinding() {
  constexpr double kGib = 1024.0 * 1024 * 1024;
  constexpr double kLeastGib = 4;
  const double gib = static_cast<double>(thisMachine().memoryBytes) / kGib;
  if (gib == 0) return {"memory", true, "how much this process may have is not known"};
  return {"memory", gib >= kLeastGib,
          fmt::format("{:.1f} GiB for this process{}", gib,
                      gib >= kLeastGib ? "" : fmt::format("; {:.0f} are needed", kLeastGib))};
}

Finding cacheFinding() {
  const FeatureStore store;
  if (const Result<void> ready = store.prepare(); !ready) return {"cache", false, ready.error().sentence};
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(store.folder(), error);
  constexpr double kMib = 1024.0 * 1024;
  return {"cache", true,
          fmt::format("features are kept in '{}'{}", store.folder().string(),
                      error ? "" : fmt::format(", {:.0f} MiB free", double(space.available) / kMib))};
}

std::vector<Finding> modelFindings() {
  std::vector<Finding> found;
  for (const std::filesystem::path& folder : installedModels()) {
    const Result<ModelPackage> package = openModelPackage(folder);
    found.push_back(package ? Finding{"model", true, fmt::format("{}: {}", package->name, folder.string())}
                            : Finding{"model", false, package.error().sentence});
  }
  if (found.empty()) found.push_back({"model", false, "No model is installed."});
  return found;
}

/// A program or a module of our own that runs beside this one.
Finding partFinding(const std::string& what, const std::string& name, const std::string& purpose) {
  const std::filesystem::path file = libraryPlace(name);
  const bool isThere = ::access(file.c_str(), X_OK) == 0;
  return {what, isThere,
          isThere ? purpose : fmt::format("'{}' is missing: {} is not to be had.", file.string(), purpose)};
}

Finding learningFinding() {
  const Result<void*> found = functionOfModule(kLearningModule, kFindLearningCommands);
  return {"learning", bool(found),
          found ? "train, pretrain and evaluate are there"
                : fmt::format("train, pretrain and evaluate are not to be had ({})", found.error().sentence)};
}

struct DoctorCall {
  bool json = false;
};

Outcome look(const DoctorCall& asked) {
  std::vector<Finding> all{processorFinding(), memoryFinding(), cacheFinding()};
  for (Finding& model : modelFindings()) all.push_back(std::move(model));
  all.push_back(partFinding("opening", "slide_probe", "opening a slide in a process of its own first"));
  all.push_back(
      partFinding("TorchScript", "script_worker", "running other people's TorchScript, closed off"));
  all.push_back(learningFinding());
  Json json{{"version", GENEGLASS_VERSION}, {"findings", Json::array()}};
  std::string text = fmt::format("Geneglass {}\n", GENEGLASS_VERSION);
  std::vector<std::string> wrong;
  for (const Finding& finding : all) {
    json["findings"].push_back({{"what", finding.what}, {"fine", finding.isFine}, {"text", finding.text}});
    text += fmt::format("{:<5} {:<12} {}\n", finding.isFine ? "fine" : "WRONG", finding.what, finding.text);
    if (!finding.isFine) wrong.push_back(finding.what);
  }
  fmt::print("{}", asked.json ? json.dump(2) + "\n" : text);
  if (wrong.empty()) return {};
  return fail(fmt::format("Not all is as it should be: {}.", fmt::join(wrong, ", ")));
}

}  // namespace

void addDoctorCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<DoctorCall>();
  CLI::App* command = program.add_subcommand(
      "doctor", "Says what this machine can do and whether all that belongs to the program is there");
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback([asked, &run] { run = [asked](std::stop_token) { return look(*asked); }; });
}

}  // namespace geneglass
