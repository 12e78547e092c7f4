// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/run_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/pages/page_style.h"
#include "app/pages/svg_chart.h"
#include "generated/version.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

using nlohmann::json;

constexpr const char* kOutcomes[] = {"made", "was there", "failed", "stopped", "not tried"};

std::string reportAsJson(const RunReport& report) {
  json slides = json::array(), counts;
  for (const RunReport::Row& row : report.rows) {
    slides.push_back(asJson(row.record));
    slides.back()["outcome"] = row.outcome;
  }
  for (const char* outcome : kOutcomes) counts[outcome] = report.count(outcome);
  const json document = {{"command", report.command},
                         {"version", GENEGLASS_VERSION},
                         {"model", report.model},
                         {"manifest", report.manifest},
                         {"part", report.part},
                         {"begun", report.begun},
                         {"ended", report.ended},
                         {"seconds", report.seconds},
                         {"counts", counts},
                         {"slides", std::move(slides)},
                         {"use", "research use only, not for diagnosis"}};
  return document.dump(1, ' ', false, json::error_handler_t::replace) + '\n';
}

/// What failed comes first.
std::vector<const RunReport::Row*> ordered(const RunReport& report) {
  std::vector<const RunReport::Row*> rows;
  for (const RunReport::Row& row : report.rows) rows.push_back(&row);
  std::stable_partition(rows.begin(), rows.end(),
                        [](const RunReport::Row* row) { return row->outcome == "failed"; });
  return rows;
}

std::string rowOnPage(const RunReport::Row& row) {
  const SlideRecord& record = row.record;
  std::string failures;
  for (const SlideRecord::Failure& failure : record.failures)
    failures += fmt::format("{}{}: {}", failures.empty() ? "" : "<br>", failure.attempt,
                            escapedForXml(failure.reason));
  return fmt::format(
      "<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.1f}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
      escapedForXml(record.name), row.outcome, record.attempts, record.seconds, escapedForXml(record.host),
      escapedForXml(record.version), failures);
}

std::string reportAsPage(const RunReport& report) {
  std::string facts, rows;
  for (const char* outcome : kOutcomes)
    if (const size_t count = report.count(outcome)) facts += factOnPage(fmt::format("{}", count), outcome);
  facts += factOnPage(fmt::format("{:.1f}", report.seconds), "seconds");
  for (const RunReport::Row* row : ordered(report)) rows += rowOnPage(*row);
  const auto line = [](const char* what, const std::string& text) {
    return text.empty() ? "" : fmt::format("<p class=\"soft\">{}: {}</p>\n", what, escapedForXml(text));
  };
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Run of {0}</title>\n{1}</head>"
      "<body><main>\n<h1>Run of {0}</h1><p><span class=\"use\">Research use only. Not for "
      "diagnosis.</span></p>"
      "\n{2}<div class=\"facts\">\n{3}</div>\n<table><tr><th>Slide</th><th>Outcome</th><th>Attempts</th>"
      "<th>Seconds</th><th>Host</th><th>Version</th><th>What failed, by attempt</th></tr>\n{4}</table>\n"
      "<footer>Research use only. Not for diagnosis or treatment. Geneglass {5}.</footer>\n"
      "</main></body></html>\n",
      escapedForXml(report.command), kPageStyle,
      line("Model", report.model) + line("Manifest", report.manifest) + line("Part", report.part) +
          line("Begun", report.begun) + line("Ended", report.ended),
      facts, rows, GENEGLASS_VERSION);
}

}  // namespace

size_t RunReport::count(const std::string& outcome) const {
  return size_t(std::ranges::count(rows, outcome, &Row::outcome));
}

Result<void> writeRunReport(const std::filesystem::path& stem, const RunReport& report) {
  const Result<void> written = writeText(stem.string() + ".json", reportAsJson(report));
  return written ? writeText(stem.string() + ".html", reportAsPage(report)) : written;
}

}  // namespace geneglass
