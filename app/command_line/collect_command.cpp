// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/command_line/command.h"
#include "app/run/run_folder.h"
#include "app/run/run_report.h"
#include "inference/exchange/slide_table.h"
#include "inference/learning/cohort/gene_names.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

struct CollectOptions {
  std::vector<std::string> results;
  std::string table;
  bool json = false;
};

/// What the runs into the folders say of their slides.
std::map<std::string, SlideRecord> recordsOf(const std::vector<std::string>& places) {
  std::map<std::string, SlideRecord> records;
  for (const std::string& place : places) records.merge(recordsIn(place));
  return records;
}

std::string outcomeWithoutResult(const std::string& state) {
  if (state == "failed") return state;
  return state == "done" ? "not tried" : "stopped";
}

RunReport reportOf(const SlideTable& table, const std::map<std::string, SlideRecord>& records) {
  RunReport report{.command = "predict", .model = {}, .manifest = {}, .begun = {}};
  if (!table.slides.empty()) {
    const SlideResult& first = table.slides.front();
    report.model =
        fmt::format("{} {}, {}", first.modelName, first.modelVersion, first.modelHash.substr(0, 16));
  }
  std::set<std::string> collected;
  for (const SlideResult& slide : table.slides) {
    collected.insert(slide.name);
    const auto known = records.find(slide.name);
    report.rows.push_back({known == records.end() ? SlideRecord{.name = slide.name,
                                                                .slide = slide.slideFile,
                                                                .hash = slide.slideHash,
                                                                .state = "done"}
                                                  : known->second,
                           "made"});
  }
  for (const auto& [name, record] : records)
    if (!collected.contains(name)) report.rows.push_back({record, outcomeWithoutResult(record.state)});
  for (const RunReport::Row& row : report.rows) {
    const SlideRecord& record = row.record;
    if (report.begun.empty() || (!record.begun.empty() && record.begun < report.begun))
      report.begun = record.begun;
    report.ended = std::max(report.ended, record.ended);
    report.seconds += record.seconds;
  }
  return report;
}

std::map<std::string, std::string> identifiersOf(const std::vector<ModelGene>& genes) {
  std::map<std::string, std::string> identifiers;
  const Result<GeneNames> names = GeneNames::shipped();
  if (!names) return identifiers;
  for (const ModelGene& gene : genes)
    if (const auto identifier = names->identifierOf(gene.symbol)) identifiers[gene.symbol] = *identifier;
  return identifiers;
}

void sayWhatWasMade(const CollectOptions& options, const std::string& stem, const SlideTable& table,
                    const RunReport& report) {
  const size_t without = report.rows.size() - table.slides.size();
  if (options.json) {
    const nlohmann::json made = {{"table", stem + ".csv"},          {"h5ad", stem + ".h5ad"},
                                 {"report", stem + ".report.html"}, {"slides", table.slides.size()},
                                 {"genes", table.genes.size()},     {"twice", table.twice},
                                 {"without_result", without}};
    fmt::print("{}\n", made.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return;
  }
  fmt::print("{0}.csv, {0}.h5ad: {1} slides x {2} genes", stem, table.slides.size(), table.genes.size());
  if (table.twice > 0) fmt::print(", {} results that say the same as another left out", table.twice);
  if (without > 0) fmt::print("; of {} slides of the run there is no result", without);
  fmt::print("\n{}.report.html\n", stem);
}

Outcome collect(const CollectOptions& options, std::stop_token stop) {
  std::vector<fs::path> files;
  for (const std::string& place : options.results) {
    const Result<std::vector<fs::path>> found = resultsIn(place);
    if (!found) return tl::unexpected(found.error());
    files.insert(files.end(), found->begin(), found->end());
  }
  std::string stem = options.table;
  for (const std::string ending : {".csv", ".h5ad"})
    if (stem.ends_with(ending)) stem.resize(stem.size() - ending.size());
  const Result<SlideTable> table = joinResults(files, stop);
  if (!table) return tl::unexpected(table.error());
  const RunReport report = reportOf(*table, recordsOf(options.results));
  if (const Outcome written = writeTableAsCsv(stem + ".csv", *table); !written) return written;
  if (const Outcome written = writeTableAsAnnData(stem + ".h5ad", *table, identifiersOf(table->genes));
      !written)
    return written;
  if (const Outcome written = writeRunReport(stem + ".report", report); !written) return written;
  sayWhatWasMade(options, stem, *table, report);
  return {};
}

}  // namespace

void addCollectCommand(CLI::App& program, Run& run) {
  auto options = std::make_shared<CollectOptions>();
  CLI::App* command = program.add_subcommand(
      "collect",
      "Joins predictions of many slides to one table: TABLE.csv, TABLE.h5ad and the report of their run");
  command
      ->add_option("RESULTS", options->results,
                   "Folders of predict's results, or NAME.prediction.json of them")
      ->required();
  command
      ->add_option(
          "--out", options->table,
          "TABLE, with .csv or without: slides x genes; .h5ad with calls, percentiles and quality too")
      ->required();
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback(
      [options, &run] { run = [options](std::stop_token stop) { return collect(*options, stop); }; });
}

}  // namespace geneglass
