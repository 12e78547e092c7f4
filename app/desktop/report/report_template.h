// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <string_view>
#include <vector>

namespace geneglass {

/// A part of a report. One that has nothing to say is left out by itself.
enum class ReportPart {
  Findings,
  Slide,
  Model,
  Calls,
  Overview,
  GeneMap,  ///< of the chosen gene, with its hotspots; of a model of calls the evidence
  Pictures,
  Regions,
  Measurements,
  Genes,
  ModelCard,
  Making  ///< settings and versions
};

enum class ReportPaper { A4, Letter };

/// How a user's reports look: the same from slide to slide.
struct ReportTemplate {
  struct Part {
    ReportPart part;
    bool on = true;
    bool operator==(const Part&) const = default;
  };

  QString institution;
  QString caseId;           ///< what the id of a case begins with that has none yet: "S26-"
  std::vector<Part> parts;  ///< each once, in the order of the report
  ReportPaper paper = ReportPaper::A4;
  bool allGenes = true;  ///< else the short table: what is shown and the best predicted
  bool operator==(const ReportTemplate&) const = default;
};

/// All parts, in the usual order.
ReportTemplate usualTemplate();

QString titleOf(ReportPart part);      ///< "Gene map"
bool isPartKey(std::string_view key);  ///< "map": how a template names a part

/// As JSON. A text that is none, or names no parts, gives the usual one; parts it lacks come last, off.
std::string textOf(const ReportTemplate& layout);
ReportTemplate templateOf(std::string_view text);

/// What the user writes for one case: kept as its entry kReportEntry, so undone with it.
struct CaseWords {
  QString caseId;
  QString findings;  ///< free text
  bool operator==(const CaseWords&) const = default;
};
inline constexpr const char* kReportEntry = "report";

std::string textOf(const CaseWords& words);  ///< JSON; empty where nothing was written
CaseWords caseWordsOf(std::string_view text);

}  // namespace geneglass
