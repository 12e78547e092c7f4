// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report.h"

#include <QObject>
#include <algorithm>
#include <optional>

#include "app/desktop/genes/top_gene.h"
#include "app/desktop/report/anonymised_report.h"
#include "app/desktop/report/gene_section.h"
#include "app/desktop/report/html_report.h"
#include "app/desktop/report/making_section.h"
#include "app/desktop/report/measurement_section.h"
#include "app/desktop/report/model_section.h"
#include "app/desktop/report/pdf_report.h"
#include "app/desktop/report/picture_section.h"
#include "app/desktop/report/region_section.h"
#include "app/desktop/report/report_words.h"
#include "app/desktop/report/slide_section.h"
#include "app/desktop/session/few_tiles_text.h"
#include "inference/prediction/withheld.h"

namespace geneglass {
namespace {

using Sections = std::vector<ReportSection>;

int mapGene(const ReportRequest& request) {
  return request.gene >= 0 ? request.gene : topGene(*request.prediction);
}

/// What of a report is drawn by the GPU, so on the GUI thread.
struct DrawnSections {
  std::optional<ReportSection> overview;
  std::optional<ReportSection> map;
};

Result<DrawnSections> drawnSections(const ReportRequest& request) {
  if (request.prediction && !request.prediction->waiting.empty())
    return fail("The prediction is still running: a report is of the whole slide.");
  DrawnSections drawn;
  const auto take = [](std::optional<ReportSection>& into, Result<ReportSection> section) -> Result<void> {
    if (!section) return tl::unexpected(section.error());
    into = std::move(*section);
    return {};
  };
  for (const ReportTemplate::Part& each : request.layout.parts) {
    Result<void> done;
    if (each.on && each.part == ReportPart::Overview) done = take(drawn.overview, overviewSection(request));
    if (each.on && each.part == ReportPart::GeneMap && request.prediction)
      done = take(drawn.map, mapSection(request, mapGene(request)));
    if (!done) return tl::unexpected(done.error());
  }
  return drawn;
}

/// Of what the model says.
Sections predictedSections(const ReportRequest& request, const DrawnSections& drawn, ReportPart part) {
  switch (part) {
    case ReportPart::Model:
      return Sections{modelSection(request)};
    case ReportPart::Calls:
      return callSections(request);
    case ReportPart::GeneMap:
      return Sections{*drawn.map, hotspotSection(request, mapGene(request))};
    case ReportPart::Genes:
      return request.prediction->genes.empty() ? Sections{} : Sections{geneSection(request)};
    case ReportPart::ModelCard:
      return Sections{modelCardSection(request)};
    default:
      return Sections{};
  }
}

Sections sectionsOf(const ReportRequest& request, const DrawnSections& drawn, ReportPart part) {
  switch (part) {
    case ReportPart::Findings:
      return Sections{findingsSection(request)};
    case ReportPart::Slide:
      return request.showsPatient ? Sections{slideSection(request), patientSection(request)}
                                  : Sections{slideSection(request)};
    case ReportPart::Overview:
      return Sections{*drawn.overview};
    case ReportPart::Pictures:
      return Sections{picturesSection(request)};
    case ReportPart::Regions:
      return Sections{regionSection(request)};
    case ReportPart::Measurements:
      return request.annotations
                 ? Sections{measurementSection(*request.annotations, request.opened.slide->mpp)}
                 : Sections{};
    case ReportPart::Making:
      return Sections{makingSection(request)};
    default:
      return request.prediction ? predictedSections(request, drawn, part) : Sections{};
  }
}

QString reportTitle(const ReportRequest& request) {
  if (!request.prediction) return QObject::tr("Slide report");
  return request.prediction->genes.empty() ? QObject::tr("Predicted class of the slide")
                                           : QObject::tr("Predicted gene expression");
}

void addSubtitles(ReportContent& content, const ReportRequest& request) {
  content.subtitles << words(request.opened.slide->file.filename().string());
  QStringList facts;
  if (!request.layout.institution.trimmed().isEmpty()) facts << request.layout.institution.trimmed();
  if (!request.words.caseId.trimmed().isEmpty())
    facts << QObject::tr("Case %1").arg(request.words.caseId.trimmed());
  if (request.made.isValid()) facts << request.made.toString(QStringLiteral("yyyy-MM-dd HH:mm t"));
  if (!facts.isEmpty()) content.subtitles << facts.join(QStringLiteral(" · "));
}

void addNotices(ReportContent& content, const ReportRequest& request) {
  if (!request.prediction) return content.notices.push_back({researchSentence(), TextTone::Warning});
  const Prediction& prediction = *request.prediction;
  content.notices.push_back(
      {modelSentence(prediction) + QLatin1Char(' ') + researchSentence(), TextTone::Warning});
  if (isOutside(prediction)) content.notices.push_back({words(outsideSentence(prediction)), TextTone::Alarm});
  if (const QString few = fewTilesText(prediction); !few.isEmpty())
    content.notices.push_back({few, TextTone::Alarm});
}

ReportContent contentOf(const ReportRequest& request, const DrawnSections& drawn) {
  ReportContent content;
  content.title = reportTitle(request);
  content.fileTitle =
      QStringLiteral("%1: %2").arg(content.title, words(request.opened.slide->file.filename().string()));
  content.footer = researchSentence();
  ReportOrigin origin = request.origin;
  if (request.anonymous) origin.slideFile.clear(), origin.caseFile.clear();
  content.origin = textOf(origin);
  addSubtitles(content, request);
  addNotices(content, request);
  for (const ReportTemplate::Part& each : request.layout.parts) {
    if (!each.on) continue;
    for (ReportSection& section : sectionsOf(request, drawn, each.part))
      if (!section.blocks.empty()) content.sections.push_back(std::move(section));
  }
  return request.anonymous ? anonymised(std::move(content), identifyingFacts(request)) : content;
}

}  // namespace

bool isShown(const ReportRequest& request, const std::string& symbol) {
  if (std::ranges::find(request.pictures, symbol, &ReportPicture::gene) != request.pictures.end())
    return true;
  const int gene = mapGene(request);
  return gene >= 0 && request.prediction->genes[size_t(gene)].symbol == symbol;
}

std::vector<Viewport> viewsOf(const ReportRequest& request) {
  return drawnViews(request);
}

Result<ReportContent> makeReport(const ReportRequest& request) {
  return drawnSections(request).map(
      [&request](const DrawnSections& drawn) { return contentOf(request, drawn); });
}

bool isHtmlName(const std::filesystem::path& file) {
  const QString ending = words(file.extension().string()).toLower();
  return ending == QStringLiteral(".html") || ending == QStringLiteral(".htm");
}

Result<WriteDrawn> drawReport(const ReportRequest& request, TakeContent take) {
  auto drawn = drawnSections(request);
  if (!drawn) return tl::unexpected(drawn.error());
  return [request, drawn = std::move(*drawn), take = std::move(take)] {
    return take(contentOf(request, drawn));
  };
}

Result<WriteDrawn> drawReport(const ReportRequest& request) {
  return drawReport(request, [file = request.file, slide = request.opened.slide,
                              paper = request.layout.paper](const ReportContent& content) {
    return writeBytes(file, *slide, isHtmlName(file) ? htmlOf(content, paper) : pdfOf(content, paper));
  });
}

Result<void> writeReport(const ReportRequest& request) {
  return drawReport(request).and_then([](const WriteDrawn& write) { return write(); });
}

}  // namespace geneglass
