// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/measurement_section.h"

#include <QObject>
#include <algorithm>
#include <map>

#include "app/desktop/case/measure_text.h"
#include "app/desktop/report/report_template.h"
#include "app/desktop/report/report_words.h"
#include "viewer/annotation/measurement.h"

namespace geneglass {
namespace {

constexpr double kMm2 = 1e6;  ///< square micrometres

/// Of the annotations of one class; lengths and areas in micrometres, or pixels where their size is unknown.
struct ClassTotal {
  int count = 0;
  double area = 0;
  double length = 0;  ///< of lines
  double counted = 0;
};

void add(ClassTotal& total, const Annotation& annotation, const std::optional<Mpp>& mpp) {
  ++total.count;
  for (const Measurement& each : measure(annotation.shape, mpp)) {
    if (each.name == "Area") total.area += each.unit == "mm2" ? each.value * kMm2 : each.value;
    if (each.name == "Length") total.length += each.unit == "mm" ? each.value * 1000 : each.value;
    if (each.name == "Count") total.counted += each.value;
  }
}

QString areaText(double area, bool known) {
  if (area == 0) return QStringLiteral("–");
  if (!known) return QObject::tr("%1 px²").arg(decimals(area, 0));
  return area < kMm2 / 100 ? QObject::tr("%1 µm²").arg(decimals(area, 0))
                           : QObject::tr("%1 mm²").arg(decimals(area / kMm2, 3));
}

QString lengthText(double length, bool known) {
  if (length == 0) return QStringLiteral("–");
  if (!known) return QObject::tr("%1 px").arg(decimals(length, 0));
  return length < 1000 ? QObject::tr("%1 µm").arg(decimals(length, 1))
                       : QObject::tr("%1 mm").arg(decimals(length / 1000, 3));
}

QString classText(const std::string& name) {
  return name.empty() ? QObject::tr("without a class") : words(name);
}

ReportTable totalsOf(const AnnotationSet& annotations, const std::optional<Mpp>& mpp) {
  std::map<std::string, ClassTotal> totals;
  for (const AnnotationPtr& each : annotations.all()) add(totals[each->className], *each, mpp);
  ReportTable table{{{QObject::tr("Class"), 150},
                     {QObject::tr("Annotations"), 80, true},
                     {QObject::tr("Area"), 100, true},
                     {QObject::tr("Length of lines"), 100, true},
                     {QObject::tr("Counted"), 80, true}},
                    {}};
  const bool known = mpp.has_value();
  for (const auto& [name, total] : totals)
    table.rows.push_back({{classText(name), QString::number(total.count), areaText(total.area, known),
                           lengthText(total.length, known),
                           total.counted == 0 ? QStringLiteral("–") : decimals(total.counted, 0)}});
  return table;
}

QString measuredText(const Annotation& annotation, const std::optional<Mpp>& mpp) {
  QStringList texts;
  for (const Measurement& each : measure(annotation.shape, mpp)) texts << measureText(each);
  return texts.join(QStringLiteral(", "));
}

QString nameText(const Annotation& annotation) {
  QStringList texts;
  for (const std::string* each : {&annotation.name, &annotation.notes})
    if (!each->empty()) texts << words(*each);
  return texts.join(QStringLiteral(": "));
}

}  // namespace

ReportSection measurementSection(const AnnotationSet& annotations, const std::optional<Mpp>& mpp) {
  ReportSection section{titleOf(ReportPart::Measurements), {}};
  const auto& all = annotations.all();
  if (all.empty()) return section;
  section.blocks.push_back(totalsOf(annotations, mpp));
  ReportTable table{{{{}, 25, true},
                     {QObject::tr("Class"), 100},
                     {QObject::tr("Name and notes"), 150},
                     {QObject::tr("Measured"), 235}},
                    {}};
  for (size_t i = 0; i < std::min(all.size(), kListedAnnotations); ++i)
    table.rows.push_back({{QString::number(i + 1), classText(all[i]->className), nameText(*all[i]),
                           measuredText(*all[i], mpp)}});
  section.blocks.push_back(std::move(table));
  if (all.size() > kListedAnnotations)
    section.blocks.push_back(
        ReportText{QObject::tr("The first %1 are listed; %2 more are in the totals alone.")
                       .arg(kListedAnnotations)
                       .arg(all.size() - kListedAnnotations),
                   TextTone::Note});
  return section;
}

}  // namespace geneglass
