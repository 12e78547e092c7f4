// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/slide_section.h"

#include <QObject>

#include "app/desktop/report/report_words.h"

namespace geneglass {
namespace {

constexpr double kLabelWidth = 700;  ///< screen pixels

QString slideSizeText(const Slide& slide) {
  const Size size = slide.size();
  const QString pixels = QObject::tr("%1 x %2 pixels").arg(size.width).arg(size.height);
  if (!slide.mpp) return pixels;
  return QObject::tr("%1 (%2 x %3 mm)")
      .arg(pixels, decimals(double(size.width) * slide.mpp->x / 1000),
           decimals(double(size.height) * slide.mpp->y / 1000));
}

QString originText(MppOrigin origin) {
  switch (origin) {
    case MppOrigin::Vendor:
      return QObject::tr("from the scanner");
    case MppOrigin::TiffResolution:
      return QObject::tr("from the file's resolution tags");
    case MppOrigin::User:
      return QObject::tr("entered by hand");
    case MppOrigin::Unknown:
      break;
  }
  return QObject::tr("of unknown origin");
}

QString pixelText(const Slide& slide) {
  if (!slide.mpp) return QObject::tr("unknown: lengths and areas are in pixels");
  return QObject::tr("%1 x %2 µm, %3")
      .arg(decimals(slide.mpp->x, 4), decimals(slide.mpp->y, 4), originText(slide.mppOrigin));
}

}  // namespace

ReportSection slideSection(const ReportRequest& request) {
  const Slide& slide = *request.opened.slide;
  ReportFacts facts;
  if (!request.anonymous) facts.push_back({QObject::tr("File"), words(slide.file.filename().string())});
  facts.push_back({QObject::tr("Content hash"), words(slide.hash)});
  facts.push_back({QObject::tr("Size"), slideSizeText(slide)});
  facts.push_back({QObject::tr("Pixel size"), pixelText(slide)});
  if (const QString colours = colourSentence(request.colour); !colours.isEmpty())
    facts.push_back({QObject::tr("Pictures"), colours});
  if (!slide.damage.empty()) facts.push_back({QObject::tr("Damage"), words(slide.damage)});
  ReportSection section{titleOf(ReportPart::Slide), {facts}};
  if (!request.prediction)
    section.blocks.push_back(ReportText{
        QObject::tr(
            "There is no prediction of this slide: this report is of what was seen, drawn and measured."),
        TextTone::Note});
  return section;
}

ReportSection patientSection(const ReportRequest& request) {
  ReportSection section{QObject::tr("Label and patient"), {}};
  if (const QImage& label = request.patient.label; !label.isNull())
    section.blocks.push_back(
        ReportFigure{kLabelWidth, kLabelWidth * label.height() / label.width(),
                     [label](QPainter& painter, const QRectF& place) { painter.drawImage(place, label); },
                     QObject::tr("The label as the scanner saw it."), true});
  if (!request.patient.properties.empty()) section.blocks.push_back(request.patient.properties);
  if (section.blocks.empty())
    section.blocks.push_back(
        ReportText{QObject::tr("The slide's file has no label and says nothing of a patient.")});
  return section;
}

ReportSection findingsSection(const ReportRequest& request) {
  ReportSection section{titleOf(ReportPart::Findings), {}};
  if (!request.words.findings.trimmed().isEmpty())
    section.blocks.push_back(ReportText{request.words.findings.trimmed()});
  return section;
}

}  // namespace geneglass
