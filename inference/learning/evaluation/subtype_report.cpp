// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "inference/learning/evaluation/subtype_table.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr const char* kSubtypeUse = "research use only, not for diagnosis";

size_t rowsOf(const SubtypeTable& table, size_t ofClass) {
  return size_t(std::ranges::count(table.templates.rows, uint8_t(ofClass), &TemplateRow::ofClass));
}

const std::string& nearestName(const SubtypeTable& table, const SubtypedSample& sample) {
  return table.templates.classes[sample.nearest.nearest];
}

/// How many samples are called each class; last those without a call.
std::vector<size_t> countsOf(const SubtypeTable& table) {
  std::vector<size_t> counts(table.templates.classes.size() + 1);
  for (const SubtypedSample& sample : table.samples)
    ++counts[sample.called ? sample.nearest.nearest : counts.size() - 1];
  return counts;
}

std::string heading(const SubtypeTable& table) {
  std::string text = fmt::format("{} by nearest template, {} genes, {} samples in the reference\n",
                                 table.templates.target, table.genes, table.referenceSamples);
  for (size_t each = 0; each < table.found.size(); ++each)
    text += fmt::format("{:10} {} of {} genes of the template\n", table.templates.classes[each],
                        table.found[each], rowsOf(table, each));
  return text;
}

/// As a table's cell: quoted where it must be.
std::string cellOf(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

}  // namespace

std::string subtypesAsText(const SubtypeTable& table) {
  const bool alone = table.samples.size() == 1;
  std::string text = heading(table) + fmt::format("\n{:30} {:10} {:10}", "sample", "call", "nearest");
  for (const std::string& each : table.templates.classes) text += fmt::format(" {:>8}", each);
  text += fmt::format(" {:>8} {:>8}\n", "p", alone ? "" : "FDR");
  for (const SubtypedSample& sample : table.samples) {
    const std::string& name = nearestName(table, sample);
    text += fmt::format("{:30} {:10} {:10}", sample.name, sample.called ? name : "no call", name);
    for (const double distance : sample.nearest.distance) text += fmt::format(" {:8.4f}", distance);
    text += fmt::format(" {:8.4f} {:>8}\n", sample.nearest.p,
                        alone ? "" : fmt::format("{:.4f}", sample.falseRate));
  }
  const std::vector<size_t> counts = countsOf(table);
  for (size_t each = 0; each < table.templates.classes.size(); ++each)
    text += fmt::format("{}{} {}", each > 0 ? ", " : "\n", table.templates.classes[each], counts[each]);
  text += fmt::format(", no call {} ({} above {})\n", counts.back(), alone ? "p" : "FDR",
                      NearestTemplate::kMostFalse);
  if (alone) text += "A single sample has no false discovery rate: the call is by its p alone.\n";
  return text + "Research use only, not for diagnosis.\n";
}

std::string subtypesAsCsv(const SubtypeTable& table) {
  std::string text = "sample,call,nearest,p,fdr";
  for (const std::string& each : table.templates.classes) text += ',' + cellOf("distance_" + each);
  text += '\n';
  const bool alone = table.samples.size() == 1;
  for (const SubtypedSample& sample : table.samples) {
    const std::string name = cellOf(nearestName(table, sample));
    text += fmt::format("{},{},{},{},{}", cellOf(sample.name), sample.called ? name : "", name,
                        sample.nearest.p, alone ? "" : fmt::format("{}", sample.falseRate));
    for (const double distance : sample.nearest.distance) text += fmt::format(",{}", distance);
    text += '\n';
  }
  return text;
}

std::string subtypesAsJson(const SubtypeTable& table) {
  const bool alone = table.samples.size() == 1;
  json samples = json::array(), classes = json::array();
  for (size_t each = 0; each < table.found.size(); ++each)
    classes.push_back({{"class", table.templates.classes[each]},
                       {"rows", rowsOf(table, each)},
                       {"found", table.found[each]},
                       {"called", countsOf(table)[each]}});
  for (const SubtypedSample& sample : table.samples) {
    const std::string& name = nearestName(table, sample);
    samples.push_back({{"sample", sample.name},
                       {"call", sample.called ? json(name) : json()},
                       {"nearest", name},
                       {"distances", sample.nearest.distance},
                       {"p", sample.nearest.p},
                       {"fdr", alone ? json() : json(sample.falseRate)}});
  }
  return json{
      {"table", table.file.string()},
      {"reference", {{"file", table.reference.filename().string()}, {"samples", table.referenceSamples}}},
      {"target", table.templates.target},
      {"templates", table.templates.file.string()},
      {"classes", std::move(classes)},
      {"genes", table.genes},
      {"draws", NearestTemplate::kDraws},
      {"no_call", countsOf(table).back()},
      {"most_false", NearestTemplate::kMostFalse},
      {"notes", table.notes},
      {"use", kSubtypeUse},
      {"samples", std::move(samples)}}
      .dump(1, ' ', false, json::error_handler_t::replace);
}

}  // namespace geneglass
