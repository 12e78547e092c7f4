// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/snapshot_export.h"

#include <fmt/format.h>

#include <QBuffer>
#include <QImageWriter>
#include <QTextOption>
#include <cmath>
#include <filesystem>
#include <numbers>

#include "app/desktop/layers/caption_overlay.h"
#include "app/desktop/session/slide_colours.h"
#include "generated/version.h"
#include "inference/prediction/withheld.h"

namespace geneglass {
namespace {

constexpr double kReadableWidth = 1400;  ///< up to this width letters have their size on the screen
constexpr double kCaptionMargin = 10;    ///< screen pixels

/// Picture pixels per screen pixel that letters are measured in.
double detailOf(double width) {
  return std::max(1.0, width / kReadableWidth);
}

QString provisionalOf(const SnapshotRequest& request) {
  return request.prediction ? provisionalCaption(*request.prediction) : QString();
}

SlidePicture pictureOf(const SnapshotRequest& request, const std::vector<OverlayLayer>& layers) {
  const int pictures = request.beside ? 2 : 1;
  SlidePicture picture{request.opened, request.view, layers, detailOf(pictures * request.view.width),
                       request.colour};
  picture.view.width /= picture.detail;
  picture.view.height /= picture.detail;
  picture.view.downsample *= picture.detail;
  if (const QString caption = provisionalOf(request); !caption.isEmpty())
    picture.layers.push_back({std::make_shared<CaptionOverlay>(caption), {}});
  return picture;
}

/// From left to right.
std::vector<SlidePicture> picturesOf(const SnapshotRequest& request) {
  std::vector<SlidePicture> pictures{pictureOf(request, request.layers)};
  if (request.beside) pictures.push_back(pictureOf(request, *request.beside));
  return pictures;
}

/// How measured and predicted agree over the slide's spots; empty where nothing was measured.
QString spotsSentence(const SnapshotRequest& request) {
  if (!request.spots || !request.prediction || request.gene < 0) return {};
  const std::string& symbol = request.prediction->genes.at(size_t(request.gene)).symbol;
  const QString file = QString::fromStdString(std::filesystem::path(request.spots->file).filename().string());
  const MeasuredGene* gene = request.spots->find(symbol);
  if (!gene)
    return QObject::tr("%1 was not measured: “%2” does not count it.")
        .arg(QString::fromStdString(symbol), file);
  const auto text = [](double r, double low, double high) {
    const auto figure = [](double value) { return QString::number(value, 'f', 2); };
    if (std::isnan(r)) return QObject::tr("r is not defined");
    if (std::isnan(low)) return QObject::tr("r %1").arg(figure(r));
    return QObject::tr("r %1, 95 % interval %2 to %3").arg(figure(r), figure(low), figure(high));
  };
  return QObject::tr("Measured at %1 spots of this slide (%2), %3: %4. Over all %5 genes: mean %6.")
      .arg(QString::number(request.spots->centres.size()), file, QString::fromStdString(symbol),
           text(gene->r, gene->low, gene->high), QString::number(request.spots->genes.size()),
           text(request.spots->meanR, request.spots->meanLow, request.spots->meanHigh));
}

QStringList captionLines(const SnapshotRequest& request) {
  const Slide& slide = *request.opened.slide;
  QStringList lines{QStringLiteral("%1  ·  %2")
                        .arg(QString::fromStdString(slide.file.filename().string()),
                             magnificationSentence(slide, request.view.downsample))};
  if (const QString colours = colourSentence(request.colour); !colours.isEmpty()) lines << colours;
  if (const QString provisional = provisionalOf(request); !provisional.isEmpty()) lines << provisional;
  if (request.prediction) {
    if (isOutside(*request.prediction)) lines << QString::fromStdString(outsideSentence(*request.prediction));
    if (request.gene >= 0 && size_t(request.gene) < request.prediction->genes.size())
      lines << geneSentence(*request.prediction, request.gene);
    if (const QString measured = spotsSentence(request); !measured.isEmpty()) lines << measured;
    lines << modelSentence(*request.prediction);
  }
  return lines << researchSentence();
}

/// Where each line of the caption comes and, last, where it ends; wrapped where a line is too long.
std::vector<QRectF> captionPlaces(const QStringList& lines, int width, QFont font, const QTextOption& option,
                                  double margin) {
  QImage measured(1, 1, QImage::Format_RGB32);
  QPainter painter(&measured);
  std::vector<QRectF> places;
  double top = margin * 0.7;
  for (const QString& line : lines) {
    font.setBold(places.empty());
    painter.setFont(font);
    QRectF room(margin, top, std::max(1.0, width - 2 * margin), 1e6);
    room.setHeight(std::ceil(painter.boundingRect(room, line, option).height()));
    places.push_back(room);
    top = room.bottom() + margin * 0.2;
  }
  return places;
}

/// The caption on white, as wide as the picture; its first line bold.
QImage captionStrip(const QStringList& lines, int width, double detail) {
  const double margin = kCaptionMargin * detail;
  QFont font;
  font.setPixelSize(int(std::lround(13 * detail)));
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  const std::vector<QRectF> places = captionPlaces(lines, width, font, option, margin);
  QImage strip(width, int(std::ceil(places.back().bottom() + margin * 0.7)), QImage::Format_RGB32);
  strip.fill(Qt::white);
  QPainter painter(&strip);
  painter.setPen(QColor(0x20, 0x20, 0x20));
  for (int i = 0; i < lines.size(); ++i) {
    font.setBold(i == 0);
    painter.setFont(font);
    painter.drawText(places[size_t(i)], lines[i], option);
  }
  return strip;
}

void describe(QImage& picture, const SnapshotRequest& request) {
  const Viewport& view = request.view;
  const double width = view.width * view.downsample, height = view.height * view.downsample;
  const auto set = [&](const char* key, const std::string& text) {
    picture.setText(QString::fromLatin1(key), QString::fromStdString(text));
  };
  set("Software", "Geneglass " GENEGLASS_VERSION);
  set("Disclaimer", researchSentence().toStdString());
  set("Slide", request.opened.slide->file.filename().string());
  set("Slide-Hash", request.opened.slide->hash);
  set("Region", fmt::format("{:.0f},{:.0f},{:.0f},{:.0f}", view.centre.x - width / 2,
                            view.centre.y - height / 2, width, height));
  set("Rotation-degrees", fmt::format("{:.2f}", view.rotation * 180 / std::numbers::pi));
  if (const QString colours = colourSentence(request.colour); !colours.isEmpty())
    set("Colours", colours.toStdString());
  if (!request.prediction) return;
  set("Model", modelSentence(*request.prediction).toStdString());
  set("Model-Hash", request.prediction->modelHash);
  if (const QString computed = provisionalText(*request.prediction); !computed.isEmpty())
    set("Provisional", computed.toStdString());
  if (request.gene >= 0 && size_t(request.gene) < request.prediction->genes.size())
    set("Gene", request.prediction->genes[size_t(request.gene)].symbol);
}

}  // namespace

std::vector<Viewport> viewsOf(const SnapshotRequest& request) {
  return {fineView(picturesOf(request).front())};
}

Result<WriteDrawn> drawSnapshot(const SnapshotRequest& request) {
  const std::vector<SlidePicture> pictures = picturesOf(request);
  std::vector<QImage> drawn;
  for (const SlidePicture& picture : pictures) {
    Result<QImage> one = drawSlideAndMaps(picture, request.draw);
    if (!one) return tl::unexpected(one.error());
    drawn.push_back(std::move(*one));
  }
  const int width = drawn.front().width(), height = drawn.front().height();
  const int across = width * int(drawn.size());
  const QImage strip = captionStrip(captionLines(request), across, pictures.front().detail);
  QImage whole(across, height + strip.height(), QImage::Format_RGB32);
  whole.fill(Qt::white);
  QPainter painter(&whole);
  for (size_t i = 0; i < pictures.size(); ++i)
    paintWithLegend(painter, QRectF(double(i) * width, 0, width, height), pictures[i], drawn[i]);
  painter.drawImage(0, height, strip);
  painter.end();
  describe(whole, request);
  return [whole, file = request.file, slide = request.opened.slide]() -> Result<void> {
    QBuffer png;
    png.open(QIODevice::WriteOnly);
    QImageWriter writer(&png, "png");
    if (!writer.write(whole))
      return fail(fmt::format("Cannot write '{}': {}.", file.string(), writer.errorString().toStdString()));
    return writeBytes(file, *slide, png.data());
  };
}

Result<void> exportSnapshot(const SnapshotRequest& request) {
  return drawSnapshot(request).and_then([](const WriteDrawn& write) { return write(); });
}

Result<Viewport> snapshotView(const Slide& slide, const std::optional<Rect>& region, Size size) {
  const auto width = double(size.width), height = double(size.height);
  const double band = kLegendBand * detailOf(width);
  if (!region)
    return height > 4 * band ? fitAbove(slide.bounds, width, height, band) : fit(slide.bounds, width, height);
  const Rect onSlide{0, 0, double(slide.size().width), double(slide.size().height)};
  if (region->isEmpty() || region->x < 0 || region->y < 0 || region->right() > onSlide.right() ||
      region->bottom() > onSlide.bottom())
    return fail(
        fmt::format("The region {:.0f},{:.0f},{:.0f},{:.0f} does not lie on '{}', which is {} x {} pixels.",
                    region->x, region->y, region->width, region->height, slide.file.filename().string(),
                    slide.size().width, slide.size().height));
  Viewport view = fit(*region, width, height);
  view.downsample = std::max(region->width / width, region->height / height);
  return view;
}

}  // namespace geneglass
