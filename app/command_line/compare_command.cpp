// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/command_line/command.h"
#include "app/progress_line.h"
#include "inference/predict_slide.h"
#include "inference/prediction/withheld.h"
#include "inference/regions/compare_regions.h"
#include "viewer/annotation/annotation_file.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/slide/pixel_size.h"

namespace geneglass {
namespace {

struct CompareCall {
  std::string slide;
  std::string annotations;
  std::string a;
  std::string b;
  std::string package;
  std::string csv;
  std::optional<double> mpp;
  int threads = 0;
  bool outsideToo = false;
  bool json = false;
};

struct RegionChoice {
  Region a;
  std::optional<Region> b;  ///< none: the rest of the tissue
};

/// "'Tumour', 'Stroma'"; or that there is none.
std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back('\'' + name + '\'');
  return fmt::format("{}", fmt::join(quoted, ", "));
}

/// Where the call names none: the only two classes, or the only one; without classes the only annotation.
Result<RegionChoice> onlyRegions(const AnnotationSet& set, const std::string& file) {
  const std::vector<std::string> classes = regionClasses(set);
  if (classes.size() == 1) return RegionChoice{regionNamed(set, classes[0]), {}};
  if (classes.size() == 2) return RegionChoice{regionNamed(set, classes[0]), regionNamed(set, classes[1])};
  std::vector<AnnotationPtr> areas;
  for (const AnnotationPtr& annotation : set.all())
    if (hasArea(*annotation)) areas.push_back(annotation);
  if (areas.size() == 1) {
    const std::string& name = areas.front()->name;
    return RegionChoice{regionOf(name.empty() ? std::filesystem::path(file).stem().string() : name, areas),
                        {}};
  }
  if (areas.empty()) return fail(fmt::format("'{}' holds no region: lines and points have no area.", file));
  std::vector<std::string> names = classes;
  for (const std::string& name : regionNames(set)) names.push_back(name);
  return fail(fmt::format(
      "'{}' does not say which regions to compare: name them by --a and --b; it has {}.", file,
      names.empty() ? fmt::format("{} areas without class or name", areas.size()) : listed(names)));
}

Result<Region> namedRegion(const AnnotationSet& set, const std::string& name, const std::string& file) {
  Region region = regionNamed(set, name);
  if (!region.area.parts.empty()) return region;
  std::vector<std::string> names = regionClasses(set);
  for (const std::string& other : regionNames(set)) names.push_back(other);
  return fail(fmt::format("'{}' has no region '{}'; it has {}.", file, name,
                          names.empty() ? "none with a class or a name" : listed(names)));
}

Result<RegionChoice> chosenRegions(const AnnotationSet& set, const CompareCall& asked) {
  if (asked.a.empty()) return onlyRegions(set, asked.annotations);
  const Result<Region> a = namedRegion(set, asked.a, asked.annotations);
  if (!a) return tl::unexpected(a.error());
  if (asked.b.empty()) return RegionChoice{*a, {}};
  const Result<Region> b = namedRegion(set, asked.b, asked.annotations);
  if (!b) return tl::unexpected(b.error());
  return RegionChoice{*a, *b};
}

Result<RegionChoice> readRegions(const CompareCall& asked, const Slide& slide) {
  const SlideFrame frame = frameOf(slide);
  Result<ReadAnnotations> read = readAnnotations(asked.annotations, &frame);
  if (!read) return tl::unexpected(read.error());
  return chosenRegions(AnnotationSet(read->classes, std::move(read->annotations)), asked);
}

Result<Prediction> shownPrediction(const CompareCall& asked, const OpenedSlide& opened,
                                   const ModelPackage& package, std::stop_token stop) {
  Result<Prediction> prediction =
      predictSlide(opened, LoadedModel(package),
                   {.threads = asked.threads, .stride = {}, .store = std::make_shared<const FeatureStore>()},
                   stop, progressLine());
  endProgressLine();
  if (prediction && isOutside(*prediction) && !asked.outsideToo) return withhold(*prediction);
  return prediction;
}

std::string figure(double number, const char* format) {
  return std::isnan(number) ? "-" : fmt::format(fmt::runtime(format), number);
}

std::string share(double part) {
  return std::isnan(part) ? "-" : fmt::format("{:.0f} %", 100 * part);
}

std::string lineOf(const RegionGene& gene) {
  const std::string interval =
      std::isnan(gene.low) ? "" : fmt::format("[{:6.3f}, {:6.3f}]", gene.low, gene.high);
  const std::string trust = fmt::format("{:.2f} [{:.2f}, {:.2f}]", gene.heldOutR, gene.ciLow, gene.ciHigh);
  return fmt::format(
      "{:10} {:18} {:7.3f} {:7.3f}  {:7.3f} {:16}  {:>6} {:>8} {:>8}  {:>5} {:>5}  {:7.3f} {:>9}\n",
      gene.symbol, trust, gene.meanA, gene.meanB, gene.difference, interval, figure(gene.effect, "{:.2f}"),
      figure(gene.p, "{:.2g}"), figure(gene.q, "{:.2g}"), share(gene.hotspotA), share(gene.hotspotB),
      gene.slide, figure(gene.withoutA, "{:.3f}"));
}

/// The largest effects first.
std::string asTable(const RegionComparison& comparison) {
  std::string text = fmt::format("A  {}\nB  {}\n", inWords(comparison.a), inWords(comparison.b));
  for (const std::string& sentence : sentencesOf(comparison)) text += sentence + '\n';
  text += fmt::format("\n{:10} {:18} {:>7} {:>7}  {:>7} {:16}  {:>6} {:>8} {:>8}  {:>5} {:>5}  {:>7} {:>9}\n",
                      "gene", "held-out r", "mean A", "mean B", "A - B", "95 % interval", "effect", "p", "q",
                      "hot A", "hot B", "slide", "without A");
  std::vector<RegionGene> genes = comparison.genes;
  std::ranges::stable_sort(genes, std::ranges::greater(), [](const RegionGene& gene) {
    return std::isnan(gene.effect) ? 0 : std::abs(gene.effect);
  });
  for (const RegionGene& gene : genes) text += lineOf(gene);
  return text;
}

Outcome compare(const CompareCall& asked, std::stop_token stop) {
  const Result<OpenedSlide> opened = openSlide(asked.slide, asked.mpp);
  if (!opened) return tl::unexpected(opened.error());
  const Result<RegionChoice> regions = readRegions(asked, *opened->slide);
  if (!regions) return tl::unexpected(regions.error());
  const Result<ModelPackage> package =
      asked.package.empty() ? openShippedModel() : openModelPackage(asked.package);
  if (!package) return tl::unexpected(package.error());
  const Result<Prediction> prediction = shownPrediction(asked, *opened, *package, stop);
  if (!prediction) return tl::unexpected(prediction.error());
  const Result<RegionComparison> comparison =
      compareRegions(*prediction, regions->a, regions->b, {.threads = asked.threads}, stop);
  if (!comparison) return tl::unexpected(comparison.error());
  if (!asked.csv.empty())
    if (const Result<void> written = writeText(asked.csv, toCsv(*comparison)); !written) return written;
  if (asked.json) {
    fmt::print("{}\n", toJson(*comparison));
    return {};
  }
  fmt::print("{} {}: {}\n{}", package->name, package->version, package->statement, asTable(*comparison));
  if (!asked.csv.empty()) fmt::print("{} written\n", asked.csv);
  return {};
}

}  // namespace

void addCompareCommand(CLI::App& program, Run& run) {
  auto asked = std::make_shared<CompareCall>();
  CLI::App* command = program.add_subcommand(
      "compare", "Compares what is predicted in one region that was drawn with another, or with the rest");
  command->add_option("SLIDE", asked->slide, "The slide")->required();
  command
      ->add_option("--regions", asked->annotations,
                   "A file of annotations of the slide; its format is found from its content")
      ->required();
  CLI::Option* a = command->add_option("--a", asked->a,
                                       "Region A: a class of the file, or a name; default: the first of its "
                                       "only two classes, or its only one");
  command->add_option("--b", asked->b, "Region B; default: the second of them, or all other tissue")
      ->needs(a);
  command->add_option("--model", asked->package, "Folder of the model package; otherwise the shipped one");
  command->add_option("--csv", asked->csv, "Writes the table to this FILE.csv");
  command->add_option("--threads", asked->threads, "Processor threads; 0 = all")->check(CLI::Range(0, 1024));
  command->add_option("--mpp", asked->mpp, "Micrometres per pixel, instead of what the file says")
      ->check(CLI::Range(kLeastMpp, kMostMpp));
  command->add_flag("--outside", asked->outsideToo,
                    "Hotspots and calls also of a slide whose tissue is unlike what the model learnt from");
  command->add_flag("--json", asked->json, "One JSON object instead of text");
  command->callback([asked, &run] { run = [asked](std::stop_token stop) { return compare(*asked, stop); }; });
}

}  // namespace geneglass
