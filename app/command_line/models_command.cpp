// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/model_fit.h"
#include "inference/package/holds_program.h"
#include "inference/package/installed_models.h"
#include "inference/package/model_package.h"
#include "viewer/slide/open_slide.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

using Json = nlohmann::ordered_json;

struct ModelsCall {
  std::string slide;
  std::vector<std::string> models;
  std::optional<double> mpp;
  int threads = 0;
  bool json = false;
};

Json jsonOf(const ModelFits& compared) {
  Json models = Json::array();
  for (const ModelFit& fit : compared.fits)
    models.push_back({{"model", fit.folder.string()},
                      {"name", fit.name},
                      {"outside", fit.domain.outside},
                      {"share_outside", fit.domain.shareOutside},
                      {"p", fit.domain.p},
                      {"training_slides", fit.domain.slides},
                      {"tiles", fit.domain.distance.size()}});
  const ModelFit* suited = compared.suited();
  return {{"suited", suited ? Json(suited->folder.string()) : Json(nullptr)}, {"models", models}};
}

std::string textOf(const ModelFits& compared) {
  std::string text;
  for (const ModelFit& fit : compared.fits)
    text += fmt::format("{:<8}  {}: {}\n          {}\n", fit.domain.outside ? "unlike" : "like", fit.name,
                        inWords(fit.domain), fit.folder.string());
  for (const std::string& name : compared.unknown)
    text += fmt::format("unknown   {}: it does not know the tissue it learnt from\n", name);
  if (!compared.suited()) text += "No model learnt from tissue like this slide's.\n";
  return text;
}

/// Each on a line: all that is known without a slide.
Outcome listModels(const std::vector<std::filesystem::path>& folders) {
  for (const std::filesystem::path& folder : folders) {
    const Result<ModelPackage> package = openModelPackage(folder);
    if (!package) return tl::unexpected(package.error());
    fmt::print("{} {}: {}\n          {} genes, {} calls, licence {}\n          {}\n", package->name,
               package->version, package->statement, package->genes.size(), package->calls.size(),
               package->licence.empty() ? "not stated" : package->licence, folder.string());
    if (holdsProgram(*package)) fmt::print("          {}\n", kHoldsProgram);
  }
  return {};
}

Outcome showModels(const ModelsCall& asked, std::stop_token stop) {
  const std::vector<std::filesystem::path> folders =
      asked.models.empty() ? installedModels()
                           : std::vector<std::filesystem::path>(asked.models.begin(), asked.models.end());
  if (asked.slide.empty()) return listModels(folders);
  const Result<OpenedSlide> opened = openSlide(asked.slide, asked.mpp);
  if (!opened) return tl::unexpected(opened.error());
  const Result<TissueMask> tissue = findTissue(*opened, {}, asked.threads, stop);
  if (!tissue) return tl::unexpected(tissue.error());
  const Result<ModelFits> compared =
      compareModels(*opened, *tissue, folders, asked.threads, stop, progressLine());
  endProgressLine();
  if (!compared) return tl::unexpected(compared.error());
  fmt::print("{}", asked.json ? jsonOf(*compared).dump(2) + "\n" : textOf(*compared));
  if (!compared->refusals.empty()) return tl::unexpected(compared->refusals.front());
  return {};
}

}  // namespace

void addModelsCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<ModelsCall>();
  CLI::App* command =
      program.add_subcommand("models",
                             "Lists the installed models; of a slide, which of them learnt from "
                             "tissue like it, judged by some of its tiles");
  command->add_option("SLIDE", asked->slide, "A slide that they are compared with");
  command->add_option("--model", asked->models, "These instead of the installed ones, folders of packages");
  command->add_option("--mpp", asked->mpp, "Micrometres per pixel, where the slide does not say")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command->add_option("--threads", asked->threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->add_flag("--json", asked->json, "As JSON, of a slide")->needs("SLIDE");
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return showModels(*asked, stop); }; });
}

}  // namespace geneglass
