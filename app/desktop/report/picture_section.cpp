// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/picture_section.h"

#include <QBuffer>
#include <QImageReader>
#include <QObject>
#include <algorithm>

#include "app/desktop/report/gene_section.h"
#include "app/desktop/report/report_words.h"
#include "viewer/canvas/lines/line_painter.h"

namespace geneglass {
namespace {

constexpr double kPictureWidth = 700;  ///< screen pixels: what letters on a picture are measured in
constexpr double kScaleBarBand = 44;   ///< screen pixels below the overview
constexpr double kDetail = 2;
const QColor kPlaceColour(0x00, 0x4A, 0x7C);

/// How high a picture is and what of it stays free, screen pixels.
struct Place {
  double height;
  double band;
};
constexpr Place kOverviewPlace{560, kScaleBarBand};
constexpr Place kMapPlace{660, kLegendBand};

SlidePicture pictureAt(const ReportRequest& request, const Place& place) {
  const Viewport view = fitAbove(request.opened.slide->bounds, kPictureWidth, place.height, place.band);
  return {request.opened, view, {}, kDetail, request.colour};
}

/// Painted with legend and scale bar, and with `over` in the screen pixels of the view on top.
Result<ReportFigure> figureOf(const ReportRequest& request, SlidePicture picture, QString caption,
                              std::function<void(QPainter&, const Viewport&)> over = {}) {
  Result<QImage> drawn = drawSlideAndMaps(picture, request.draw);
  if (!drawn) return tl::unexpected(drawn.error());
  const Viewport view = picture.view;
  return ReportFigure{view.width, view.height,
                      [picture = std::move(picture), drawn = std::move(*drawn), over](QPainter& painter,
                                                                                      const QRectF& place) {
                        paintWithLegend(painter, place, picture, drawn);
                        if (!over) return;
                        painter.save();
                        painter.translate(place.topLeft());
                        painter.scale(place.width() / picture.view.width,
                                      place.height() / picture.view.height);
                        over(painter, picture.view);
                        painter.restore();
                      },
                      std::move(caption)};
}

constexpr double kPlate = 18;  ///< screen pixels a side, of a number on the overview

QPolygonF outlineOf(const Viewport& view, const Viewport& place) {
  QPolygonF outline;
  for (const Point corner :
       {Point{0, 0}, Point{place.width, 0}, Point{place.width, place.height}, Point{0, place.height}}) {
    const Point shown = view.toScreen(place.toSlide(corner));
    outline << QPointF(shown.x, shown.y);
  }
  return outline;
}

/// Above the outline's upper left corner, but within the view, and beside the plates that are there.
QRectF plateFor(const QPolygonF& outline, const Viewport& view, const std::vector<QRectF>& taken) {
  const QRectF box = outline.boundingRect();
  QRectF plate(std::clamp(box.left(), 0.0, view.width - kPlate),
               std::clamp(box.top() - kPlate, 0.0, view.height - kPlate), kPlate, kPlate);
  const auto meets = [&plate](const QRectF& other) { return plate.intersects(other); };
  while (std::ranges::any_of(taken, meets)) plate.translate(kPlate + 1, 0);
  return plate;
}

/// The outline of what each picture shows, with its number.
void paintPlaces(QPainter& painter, const Viewport& view, const std::vector<Viewport>& places) {
  QFont font = painter.font();
  font.setPixelSize(12);
  font.setBold(true);
  painter.setFont(font);
  std::vector<QRectF> plates;
  for (const Viewport& place : places) {
    const QPolygonF outline = outlineOf(view, place);
    painter.setBrush(Qt::NoBrush);
    for (const QPen& pen : {QPen(Qt::white, 4), QPen(kPlaceColour, 2)}) {
      painter.setPen(pen);
      painter.drawPolygon(outline);
    }
    plates.push_back(plateFor(outline, view, plates));
  }
  for (size_t i = 0; i < plates.size(); ++i) {
    painter.fillRect(plates[i], kPlaceColour);
    painter.setPen(Qt::white);
    painter.drawText(plates[i], Qt::AlignCenter, QString::number(i + 1));
  }
}

/// Lines as the canvas has them, painted here since they may be a hundred thousand.
void paintAnnotations(QPainter& painter, const AnnotationSet& set, const SlidePicture& picture) {
  const Image lines = paintLines(set, fineView(picture));
  if (lines.pixels.empty()) return;
  const QImage image(reinterpret_cast<const uchar*>(lines.pixels.data()), lines.width, lines.height,
                     4 * lines.width, QImage::Format_ARGB32_Premultiplied);
  painter.drawImage(QRectF(0, 0, picture.view.width, picture.view.height), image);
}

/// Of the gene or, where the model predicts none, of the evidence for a call.
Result<OverlayLayer> mapLayer(const ReportRequest& request, int gene) {
  const bool genes = !request.prediction->genes.empty();
  if (genes && gene < 0) return fail("No gene is well predicted by this model, so there is no map.");
  const OverlayRole role = genes ? OverlayRole::Expression : OverlayRole::Evidence;
  const auto entry = std::ranges::find(request.overlays, role, &OverlayEntry::role);
  if (entry == request.overlays.end()) return fail("No overlay shows this, so there is no map.");
  auto overlay = makeOverlay(
      *entry, {request.opened.slide, nullptr, request.prediction, gene, nullptr, nullptr, nullptr});
  if (!overlay) return tl::unexpected(overlay.error());
  return OverlayLayer{*overlay, (*overlay)->defaultStyle()};
}

/// The gene's sentence where the report's model predicted it: never a gene without its reliability.
QString geneText(const ReportRequest& request, const ReportPicture& picture) {
  if (picture.gene.empty()) return {};
  if (request.prediction && request.prediction->modelHash == picture.modelHash) {
    const auto& genes = request.prediction->genes;
    const auto gene = std::ranges::find(genes, picture.gene, &GenePrediction::symbol);
    if (gene != genes.end()) return geneSentence(*request.prediction, int(gene - genes.begin()));
  }
  return QObject::tr(
             "%1 as another model predicted it than the one of this report: how far that is to be "
             "believed is not known here.")
      .arg(words(picture.gene));
}

QString captionOf(const ReportRequest& request, const ReportPicture& picture, int number) {
  QStringList lines{
      picture.caption.trimmed().isEmpty()
          ? QObject::tr("Picture %1").arg(number)
          : QObject::tr("Picture %1: %2").arg(QString::number(number), picture.caption.trimmed())};
  if (const QString gene = geneText(request, picture); !gene.isEmpty()) lines << gene;
  QStringList remarks{magnificationSentence(*request.opened.slide, picture.place.downsample) + u'.'};
  lines << (remarks + picture.remarks).join(u' ');
  return lines.join(u'\n');
}

QImage imageOf(const QByteArray& bytes) {
  QBuffer buffer;
  buffer.setData(bytes);
  QImageReader reader(&buffer);
  return reader.read().convertToFormat(QImage::Format_RGB32);
}

}  // namespace

Result<ReportSection> overviewSection(const ReportRequest& request) {
  const SlidePicture picture = pictureAt(request, kOverviewPlace);
  std::vector<Viewport> places;
  for (const ReportPicture& taken : request.pictures) places.push_back(taken.place);
  const QString caption =
      places.empty() ? QString() : QObject::tr("The numbers are those of the pictures below.");
  Result<ReportFigure> figure =
      figureOf(request, picture, caption,
               [places, picture, set = request.annotations](QPainter& painter, const Viewport& view) {
                 if (set) paintAnnotations(painter, *set, picture);
                 paintPlaces(painter, view, places);
               });
  if (!figure) return tl::unexpected(figure.error());
  return ReportSection{titleOf(ReportPart::Overview), {std::move(*figure)}};
}

Result<ReportSection> mapSection(const ReportRequest& request, int gene) {
  const bool genes = !request.prediction->genes.empty();
  ReportSection section{genes ? titleOf(ReportPart::GeneMap) : QObject::tr("Evidence map"), {}, true};
  const Result<OverlayLayer> layer = mapLayer(request, gene);
  if (layer) {
    SlidePicture picture = pictureAt(request, kMapPlace);
    picture.layers = {*layer};
    Result<ReportFigure> figure = figureOf(request, std::move(picture),
                                           gene >= 0 ? geneSentence(*request.prediction, gene) : QString());
    if (!figure) return tl::unexpected(figure.error());
    section.blocks.push_back(std::move(*figure));
  } else {
    section.blocks.push_back(ReportText{words(layer.error().sentence), TextTone::Strong});
  }
  return section;
}

ReportSection picturesSection(const ReportRequest& request) {
  ReportSection section{titleOf(ReportPart::Pictures), {}};
  int number = 0;
  for (const ReportPicture& picture : request.pictures) {
    const QString caption = captionOf(request, picture, ++number);
    const QImage image = imageOf(picture.image);
    if (image.isNull()) {
      section.blocks.push_back(
          ReportText{caption + u'\n' + QObject::tr("The case holds no picture of it."), TextTone::Note});
      continue;
    }
    const double scale = kPictureWidth / image.width();
    section.blocks.push_back(ReportFigure{
        kPictureWidth, image.height() * scale,
        [image](QPainter& painter, const QRectF& place) { painter.drawImage(place, image); }, caption, true});
  }
  return section;
}

std::vector<Viewport> drawnViews(const ReportRequest& request) {
  std::vector<Viewport> views;
  for (const ReportTemplate::Part& each : request.layout.parts) {
    if (each.on && each.part == ReportPart::Overview)
      views.push_back(fineView(pictureAt(request, kOverviewPlace)));
    if (each.on && each.part == ReportPart::GeneMap && request.prediction)
      views.push_back(fineView(pictureAt(request, kMapPlace)));
  }
  return views;
}

}  // namespace geneglass
