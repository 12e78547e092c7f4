// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <memory>
#include <string>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/learning/spots/spot_cohort.h"

namespace geneglass {
namespace {

struct SpotCohortCall {
  std::string sections;
  std::string package;
  std::string out;
  std::string bags = "regions";
  SpotCohortOptions options;
};

Outcome makeCohort(const SpotCohortCall& asked, std::stop_token stop) {
  SpotCohortOptions options = asked.options;
  options.out = asked.out;
  options.bags = asked.bags == "spots" ? SpotBags::Spots : SpotBags::Regions;
  const Result<std::vector<SpotSection>> sections = readSections(asked.sections);
  if (!sections) return tl::unexpected(sections.error());
  const Result<ModelPackage> package =
      asked.package.empty() ? openShippedModel() : openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  if (options.sizes.empty() && package->view == TileView{}) options.sizes = kSpotSizes;
  const Result<SpotCohort> cohort = makeSpotCohort(*sections, *package, options, stop, progressLine());
  if (!cohort) return tl::unexpected(cohort.error());
  endProgressLine();
  fmt::print("{} written: {} bags of {} sections, {} genes", cohort->file.string(), cohort->cases,
             sections->size(), cohort->genes);
  if (cohort->leftOut > 0) fmt::print("; {} left out, without a tile or without counts", cohort->leftOut);
  fmt::print("\n");
  return {};
}

}  // namespace

void addSpotCohortCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<SpotCohortCall>();
  CLI::App* command =
      program.add_subcommand("spot-cohort", "Makes a cohort for 'train' from sections with measured spots");
  command
      ->add_option("SECTIONS.csv", asked->sections,
                   "section,slide,counts,spots and, where slides do not tell, mpp")
      ->required();
  command->add_option("--model", asked->package,
                      "The package whose encoder is used; default: the shipped one");
  command->add_option("--out", asked->out, "The cohort's folder; must not exist")->required();
  command->add_option("--bags", asked->bags, "What a bag is: regions (weak labels) or spots")
      ->check(CLI::IsMember({"regions", "spots"}))
      ->capture_default_str();
  command->add_option("--region-spots", asked->options.regionSpots, "Spots of a region, at most")
      ->check(CLI::Range(2, 100000))
      ->capture_default_str();
  command
      ->add_option("--cuts", asked->options.cuts,
                   "Ways in which a section is cut into regions; each gives bags of its own")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command
      ->add_option("--sizes", asked->options.sizes,
                   "Sides of the tiles about a place whose features lie side by side, over the encoder's "
                   "tile: 1 first, for example 1,0.5,2; default: as the package sees places, or 1,0.5,2,5 "
                   "where that is by one tile")
      ->delimiter(',');
  command->add_option("--genes", asked->options.genes, "So many of the most expressed genes")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command->add_option("--threads", asked->options.threads, "0: one a processor")->check(CLI::Range(0, 1024));
  command->callback(
      [asked, &run] { run = [asked](std::stop_token stop) { return makeCohort(*asked, stop); }; });
}

}  // namespace geneglass
