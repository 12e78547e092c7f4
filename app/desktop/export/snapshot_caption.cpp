// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/snapshot_caption.h"

#include <fmt/format.h>

#include <QImage>
#include <QObject>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/desktop/layers/caption_overlay.h"
#include "app/desktop/session/few_tiles_text.h"
#include "app/desktop/session/slide_colours.h"
#include "generated/version.h"
#include "inference/prediction/withheld.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr double kCaptionMargin = 10;  ///< pixels of letters
constexpr double kCaptionLetters = 13;

bool hasGene(const SnapshotRequest& request) {
  return request.prediction && request.gene >= 0 && size_t(request.gene) < request.prediction->genes.size();
}

/// How measured and predicted agree over the slide's spots; empty where nothing was measured.
QString spotsSentence(const SnapshotRequest& request) {
  if (!request.spots || !hasGene(request)) return {};
  const std::string& symbol = request.prediction->genes[size_t(request.gene)].symbol;
  const QString file = QString::fromStdString(std::filesystem::path(request.spots->file).filename().string());
  const MeasuredGene* gene = request.spots->find(symbol);
  if (!gene)
    return QObject::tr("%1 was not measured: “%2” does not count it.")
        .arg(QString::fromStdString(symbol), file);
  const auto text = [](double r, double low, double high) {
    const auto figure = [](double value) { return numberText(value, 2); };
    if (std::isnan(r)) return QObject::tr("r is not defined");
    if (std::isnan(low)) return QObject::tr("r %1").arg(figure(r));
    return QObject::tr("r %1, 95 % interval %2 to %3").arg(figure(r), figure(low), figure(high));
  };
  return QObject::tr("Measured at %1 spots of this slide (%2), %3: %4. Over all %5 genes: mean %6.")
      .arg(QString::number(request.spots->centres.size()), file, QString::fromStdString(symbol),
           text(gene->r, gene->low, gene->high), QString::number(request.spots->genes.size()),
           text(request.spots->meanR, request.spots->meanLow, request.spots->meanHigh));
}

}  // namespace

QString provisionalOf(const SnapshotRequest& request) {
  return request.prediction ? provisionalCaption(*request.prediction) : QString();
}

QStringList captionLines(const SnapshotRequest& request) {
  const Slide& slide = *request.opened.slide;
  QStringList lines{QStringLiteral("%1  ·  %2")
                        .arg(QString::fromStdString(slide.file.filename().string()),
                             magnificationSentence(slide, request.view.downsample))};
  if (!request.subject.isEmpty()) lines << request.subject;
  if (const QString colours = colourSentence(request.colour); !colours.isEmpty()) lines << colours;
  if (const QString provisional = provisionalOf(request); !provisional.isEmpty()) lines << provisional;
  if (request.prediction) {
    if (isOutside(*request.prediction)) lines << QString::fromStdString(outsideSentence(*request.prediction));
    if (const QString few = fewTilesText(*request.prediction); !few.isEmpty()) lines << few;
    if (hasGene(request)) lines << geneSentence(*request.prediction, request.gene);
    if (const QString measured = spotsSentence(request); !measured.isEmpty()) lines << measured;
    lines << modelSentence(*request.prediction);
  }
  return lines << researchSentence();
}

PictureFacts factsOf(const SnapshotRequest& request, Size size) {
  const FileNumbers asFilesHaveThem;
  const Viewport& view = request.view;
  const Slide& slide = *request.opened.slide;
  const double width = view.width * view.downsample, height = view.height * view.downsample;
  PictureFacts facts{size, {}, {}};
  if (slide.mpp) facts.micrometresPerPixel = slide.mpp->mean() * view.downsample;
  const auto set = [&](const char* key, std::string text) { facts.texts.emplace_back(key, std::move(text)); };
  set("Software", "Geneglass " GENEGLASS_VERSION);
  set("Disclaimer", researchSentence().toStdString());
  set("Slide", slide.file.filename().string());
  set("Slide-Hash", slide.hash);
  set("Region", fmt::format("{:.0f},{:.0f},{:.0f},{:.0f}", view.centre.x - width / 2,
                            view.centre.y - height / 2, width, height));
  set("Rotation-degrees", fmt::format("{:.2f}", view.rotation * 180 / std::numbers::pi));
  if (!request.subject.isEmpty()) set("Subject", request.subject.toStdString());
  if (view.isMirrored) set("Mirrored", "left and right, after the rotation");
  if (facts.micrometresPerPixel)
    set("Micrometres-per-pixel", fmt::format("{:.6g}", *facts.micrometresPerPixel));
  if (const QString colours = colourSentence(request.colour); !colours.isEmpty())
    set("Colours", colours.toStdString());
  if (!request.prediction) return facts;
  set("Model", modelSentence(*request.prediction).toStdString());
  set("Model-Hash", request.prediction->modelHash);
  if (const QString computed = provisionalText(*request.prediction); !computed.isEmpty())
    set("Provisional", computed.toStdString());
  if (const QString few = fewTilesText(*request.prediction); !few.isEmpty())
    set("Few-Tiles", few.toStdString());
  if (hasGene(request)) set("Gene", request.prediction->genes[size_t(request.gene)].symbol);
  return facts;
}

CaptionStrip::CaptionStrip(QStringList lines, int width, double detail)
    : m_lines(std::move(lines)), m_width(width), m_detail(detail) {
  m_option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  const double margin = kCaptionMargin * detail;
  QImage measured(1, 1, QImage::Format_RGB32);
  QPainter painter(&measured);
  double top = margin * 0.7;
  for (const QString& line : m_lines) {
    painter.setFont(fontOf(m_places.size()));
    QRectF room(margin, top, std::max(1.0, width - 2 * margin), 1e6);
    room.setHeight(std::ceil(painter.boundingRect(room, line, m_option).height()));
    m_places.push_back(room);
    top = room.bottom() + margin * 0.2;
  }
}

int CaptionStrip::height() const {
  return m_places.empty() ? 0 : int(std::ceil(m_places.back().bottom() + kCaptionMargin * m_detail * 0.7));
}

QFont CaptionStrip::fontOf(size_t line) const {
  QFont font;
  font.setPixelSize(int(std::lround(kCaptionLetters * m_detail)));
  font.setBold(line == 0);
  return font;
}

void CaptionStrip::paint(QPainter& painter, int top) const {
  painter.save();
  painter.fillRect(QRect(0, top, m_width, height()), Qt::white);
  painter.setPen(QColor(0x20, 0x20, 0x20));
  for (size_t line = 0; line < m_places.size(); ++line) {
    painter.setFont(fontOf(line));
    painter.drawText(m_places[line].translated(0, top), m_lines[qsizetype(line)], m_option);
  }
  painter.restore();
}

}  // namespace geneglass
