// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/making_section.h"

#include <QObject>
#include <algorithm>

#include "app/desktop/report/report_words.h"
#include "generated/version.h"

namespace geneglass {
namespace {

/// "Line width 2 px", "Shape: square", "Dashed: yes"
QString textOf(const OverlayControl& control, double value) {
  switch (control.kind) {
    case OverlayControl::Kind::Tick:
      return (value > 0 ? QObject::tr("%1: yes") : QObject::tr("%1: no")).arg(control.name);
    case OverlayControl::Kind::Choice:
      return QStringLiteral("%1: %2").arg(control.name, control.choices[int(value)]);
    case OverlayControl::Kind::Number:
      break;
  }
  return QStringLiteral("%1 %2 %3")
      .arg(control.name, decimals(value, control.decimals), control.unit)
      .trimmed();
}

/// What the user changed of it, in brackets; empty for nothing.
QString changesText(const OverlaySetting& setting, const std::vector<OverlayControl>& controls) {
  QStringList texts;
  if (setting.style) texts << QObject::tr("%1 % opaque").arg(decimals(100 * setting.style->opacity, 0));
  for (const OverlayControl& control : controls) {
    const auto set = setting.controls.find(control.key.toStdString());
    if (set == setting.controls.end()) continue;
    const double value = fittingValues({control}, {set->second}).front();
    if (value != control.value) texts << textOf(control, value);
  }
  return texts.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(texts.join(QStringLiteral(", ")));
}

/// "Gene expression (60 % opaque), Hotspots"
QString overlaysText(const ReportRequest& request) {
  QStringList texts;
  for (const OverlaySetting& each : request.origin.overlays) {
    if (!each.on) continue;
    const auto entry = std::ranges::find(request.overlays, words(each.identifier), &OverlayEntry::identifier);
    texts << (entry == request.overlays.end() ? words(each.identifier) + changesText(each, {})
                                              : entry->name + changesText(each, entry->controls));
  }
  return texts.isEmpty() ? QObject::tr("none") : texts.join(QStringLiteral(", "));
}

QString viewText(const ReportRequest& request) {
  const CaseView& view = request.origin.view;
  return QObject::tr("centre %1, %2 (level-0 pixels), %3")
      .arg(decimals(view.centre.x, 0), decimals(view.centre.y, 0),
           magnificationSentence(*request.opened.slide, view.downsample));
}

}  // namespace

ReportSection makingSection(const ReportRequest& request) {
  ReportFacts facts{
      {QObject::tr("Program"),
       QStringLiteral("Geneglass " GENEGLASS_VERSION ", Qt %1").arg(QLatin1String(qVersion()))}};
  if (request.prediction) {
    const Prediction& prediction = *request.prediction;
    if (!prediction.precision.empty())
      facts.push_back(
          {QObject::tr("Features"), QObject::tr("computed in %1").arg(words(prediction.precision))});
    facts.push_back(
        {QObject::tr("Tiles"),
         QObject::tr("%1 µm apart").arg(decimals(double(prediction.grid.stride) * prediction.mpp, 0))});
  }
  if (!request.origin.slideHash.empty()) {
    facts.push_back({QObject::tr("View"), viewText(request)});
    facts.push_back({QObject::tr("Overlays"), overlaysText(request)});
    if (!request.origin.caseFile.empty() && !request.anonymous)
      facts.push_back({QObject::tr("Case"), words(request.origin.caseFile.filename().string())});
    facts.push_back(
        {QObject::tr("To open it again"),
         request.anonymous
             ? QObject::tr("open this file in Geneglass, which asks for the slide and checks its hash")
             : QObject::tr("open this file in Geneglass: slide, case, view and overlays come back")});
  }
  return {titleOf(ReportPart::Making), {facts}};
}

}  // namespace geneglass
