// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_template.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

struct NamedPart {
  ReportPart part;
  const char* key;
  const char* title;
};

constexpr std::array kParts{
    NamedPart{ReportPart::Findings, "findings", QT_TRANSLATE_NOOP("Report", "Findings")},
    NamedPart{ReportPart::Slide, "slide", QT_TRANSLATE_NOOP("Report", "Slide")},
    NamedPart{ReportPart::Model, "model", QT_TRANSLATE_NOOP("Report", "Model")},
    NamedPart{ReportPart::Calls, "calls", QT_TRANSLATE_NOOP("Report", "Calls")},
    NamedPart{ReportPart::Overview, "overview", QT_TRANSLATE_NOOP("Report", "Overview")},
    NamedPart{ReportPart::GeneMap, "map", QT_TRANSLATE_NOOP("Report", "Gene map")},
    NamedPart{ReportPart::Pictures, "pictures", QT_TRANSLATE_NOOP("Report", "Pictures")},
    NamedPart{ReportPart::Regions, "regions", QT_TRANSLATE_NOOP("Report", "Regions")},
    NamedPart{ReportPart::Measurements, "measurements", QT_TRANSLATE_NOOP("Report", "Measurements")},
    NamedPart{ReportPart::Genes, "genes", QT_TRANSLATE_NOOP("Report", "Genes by subtype")},
    NamedPart{ReportPart::ModelCard, "model card", QT_TRANSLATE_NOOP("Report", "Model card")},
    NamedPart{ReportPart::Making, "making", QT_TRANSLATE_NOOP("Report", "How this report was made")}};

std::string utf8(const QString& text) {
  return text.toStdString();
}

QString textIn(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>())
                                                     : QString();
}

nlohmann::json objectIn(std::string_view text) {
  nlohmann::json read = jsonOrNull(text);
  return read.is_object() ? read : nlohmann::json::object();
}

/// Appends the part of this key, unless it is none or there already.
void addPart(std::vector<ReportTemplate::Part>& parts, const std::string& key, bool on) {
  const auto named = std::ranges::find(kParts, key, &NamedPart::key);
  if (named == kParts.end()) return;
  if (std::ranges::find(parts, named->part, &ReportTemplate::Part::part) == parts.end())
    parts.push_back({named->part, on});
}

}  // namespace

ReportTemplate usualTemplate() {
  ReportTemplate usual;
  for (const NamedPart& each : kParts) usual.parts.push_back({each.part});
  return usual;
}

QString titleOf(ReportPart part) {
  return QCoreApplication::translate("Report", std::ranges::find(kParts, part, &NamedPart::part)->title);
}

bool isPartKey(std::string_view key) {
  return std::ranges::find(kParts, key, &NamedPart::key) != kParts.end();
}

std::string textOf(const ReportTemplate& layout) {
  nlohmann::json parts = nlohmann::json::array();
  for (const ReportTemplate::Part& each : layout.parts)
    parts.push_back({{"part", std::ranges::find(kParts, each.part, &NamedPart::part)->key}, {"on", each.on}});
  return nlohmann::json{{"institution", utf8(layout.institution)},
                        {"caseId", utf8(layout.caseId)},
                        {"parts", parts},
                        {"paper", layout.paper == ReportPaper::A4 ? "A4" : "Letter"},
                        {"genes", layout.allGenes ? "all" : "short"}}
      .dump();
}

ReportTemplate templateOf(std::string_view text) {
  const nlohmann::json read = objectIn(text);
  ReportTemplate layout;
  layout.institution = textIn(read, "institution");
  layout.caseId = textIn(read, "caseId");
  if (textIn(read, "paper") == QStringLiteral("Letter")) layout.paper = ReportPaper::Letter;
  layout.allGenes = textIn(read, "genes") != QStringLiteral("short");
  if (const auto parts = read.find("parts"); parts != read.end() && parts->is_array())
    for (const nlohmann::json& each : *parts)
      if (each.is_object())
        addPart(layout.parts, utf8(textIn(each, "part")), each.value("on", nlohmann::json(true)) == true);
  if (layout.parts.empty()) layout.parts = usualTemplate().parts;
  for (const NamedPart& each : kParts) addPart(layout.parts, each.key, false);
  return layout;
}

std::string textOf(const CaseWords& words) {
  if (words == CaseWords{}) return {};
  return nlohmann::json{{"caseId", utf8(words.caseId)}, {"findings", utf8(words.findings)}}.dump();
}

CaseWords caseWordsOf(std::string_view text) {
  const nlohmann::json read = objectIn(text);
  return {textIn(read, "caseId"), textIn(read, "findings")};
}

}  // namespace geneglass
