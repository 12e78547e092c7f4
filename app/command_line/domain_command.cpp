// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/cohort/slide_list.h"
#include "inference/learning/packages/package_domain.h"

namespace geneglass {
namespace {

struct DomainCall {
  std::string package;
  std::vector<std::string> slides;
  DomainOptions options;
};

Outcome describeDomain(const DomainCall& asked, std::stop_token stop) {
  const Result<ModelPackage> package = openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const std::vector<std::filesystem::path> files(asked.slides.begin(), asked.slides.end());
  const Result<Cohort> slides = readSlideList(files);
  if (!slides) return tl::unexpected(slides.error());
  const Result<ModelPackage> written = storeDomain(*package, *slides, asked.options, stop, progressLine());
  if (!written) return tl::unexpected(written.error());
  endProgressLine();
  fmt::print("The tissue is described by {} tiles, and by {} slides held out in turn.\n{} written, {}\n",
             written->domain->tiles, written->domain->slides, asked.package, written->hash);
  return {};
}

}  // namespace

void addDomainCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<DomainCall>();
  CLI::App* command = program.add_subcommand("domain",
                                             "Stores in a model what the tissue it learnt from looks like, "
                                             "as training does, so that slides of another "
                                             "kind are told; changes no weights");
  command->add_option("MODEL", asked->package, "Folder of the model package")->required();
  command
      ->add_option(
          "SLIDE", asked->slides,
          "The slides it learnt from, of three patients at least; a cohort (.csv) stands for those of "
          "its train split")
      ->required();
  command->add_option("--bags", asked->options.bags,
                      "Folder for features; otherwise where predictions keep them");
  command->add_option("--folds", asked->options.folds, "By patient; each is judged by the others")
      ->check(CLI::Range(2, 1000))
      ->capture_default_str();
  command->add_option("--seed", asked->options.seed, "Draws folds and the sample of tiles")
      ->capture_default_str();
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return describeDomain(*asked, stop); }; });
}

}  // namespace geneglass
