// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/anonymised_report.h"

#include <QObject>
#include <algorithm>

#include "app/desktop/report/report_words.h"

namespace geneglass {
namespace {

constexpr int kShortest = 4;  ///< letters of a value that texts are searched for

}  // namespace

ReportFacts identifyingFacts(const ReportRequest& request) {
  const Slide& slide = *request.opened.slide;
  ReportFacts facts;
  const auto add = [&facts](const QString& name, const QString& value) {
    if (!value.trimmed().isEmpty()) facts.push_back({name, value.trimmed()});
  };
  add(QObject::tr("Path of the slide"), words(request.origin.slideFile.string()));
  add(QObject::tr("File name"), words(slide.file.filename().string()));
  add(QObject::tr("Name"), words(slide.name()));
  add(QObject::tr("Path of the case file"), words(request.origin.caseFile.string()));
  add(QObject::tr("Case file"), words(request.origin.caseFile.filename().string()));
  add(QObject::tr("Case id"), request.words.caseId);
  for (const ReportFact& each : request.patient.properties) add(each.name, each.value);
  return facts;
}

ReportContent anonymised(ReportContent content, const ReportFacts& identifying) {
  QStringList values;
  for (const ReportFact& each : identifying)
    if (each.value.size() >= kShortest) values << each.value;
  std::ranges::stable_sort(values, std::greater<>(), &QString::size);  // a name is part of its path
  const QString leftOut = QObject::tr("[left out]");
  eachText(content, [&](QString& text) {
    for (const QString& value : values) text.replace(value, leftOut, Qt::CaseInsensitive);
  });
  content.notices.push_back(
      {QObject::tr("Anonymised: file names, paths, the case id, the label and what the slide's file says of "
                   "the patient are left out."),
       TextTone::Strong});
  return content;
}

}  // namespace geneglass
