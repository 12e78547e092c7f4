// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/report.h"

#include <QBuffer>
#include <algorithm>
#include <array>
#include <functional>

#include "app/desktop/export/report_pages.h"
#include "app/desktop/genes/calls_view.h"
#include "app/desktop/session/slide_colours.h"
#include "generated/version.h"
#include "inference/prediction/withheld.h"

namespace geneglass {
namespace {

constexpr double kPictureWidth = 700;  ///< screen pixels: what letters on a picture are measured in
constexpr double kScaleBarBand = 44;   ///< screen pixels below the overview
constexpr double kRowHeight = 11;      ///< points
const QColor kGrey(0x8A, 0x8A, 0x8A);

/// A picture and what it is, or why there is none.
struct ReportPicture {
  QString caption;
  QString refusal;
  SlidePicture picture;
  QImage drawn;
};

/// Everything that the pages show.
struct ReportContent {
  const ReportRequest& request;
  int gene = -1;
  ReportPicture overview;
  ReportPicture map;
};

QString figure(double value, int decimals = 2) {
  return QString::number(value, 'f', decimals);
}

/// How high a picture is and what of it stays free, screen pixels.
struct Place {
  double height;
  double band;
};
constexpr Place kOverviewPlace{560, kScaleBarBand};
constexpr Place kMapPlace{660, kLegendBand};

SlidePicture pictureAt(const ReportRequest& request, const Place& place) {
  const Viewport view = fitAbove(request.opened.slide->bounds, kPictureWidth, place.height, place.band);
  return {request.opened, view, {}, 2, request.colour};
}

Result<void> drawPicture(const ReportRequest& request, const Place& place, ReportPicture& wanted) {
  std::vector<OverlayLayer> layers = std::move(wanted.picture.layers);
  wanted.picture = pictureAt(request, place);
  wanted.picture.layers = std::move(layers);
  Result<QImage> drawn = drawSlideAndMaps(wanted.picture, request.draw);
  if (!drawn) return tl::unexpected(drawn.error());
  wanted.drawn = std::move(*drawn);
  return {};
}

/// Of the gene or, where the model predicts none, of the evidence for a call.
Result<OverlayLayer> mapLayer(const ReportRequest& request, int gene) {
  const bool genes = !request.prediction->genes.empty();
  if (genes && gene < 0) return fail("No gene is well predicted by this model, so there is no map.");
  const OverlayRole role = genes ? OverlayRole::Expression : OverlayRole::Evidence;
  const auto entry = std::ranges::find(request.overlays, role, &OverlayEntry::role);
  if (entry == request.overlays.end()) return fail("No overlay shows this, so there is no map.");
  auto overlay =
      makeOverlay(*entry, {request.opened.slide, nullptr, request.prediction, gene, nullptr, nullptr});
  if (!overlay) return tl::unexpected(overlay.error());
  return OverlayLayer{*overlay, (*overlay)->defaultStyle()};
}

Result<ReportContent> collect(const ReportRequest& request) {
  ReportContent content{request, request.gene >= 0 ? request.gene : topGene(*request.prediction), {}, {}};
  if (auto done = drawPicture(request, kOverviewPlace, content.overview); !done)
    return tl::unexpected(done.error());
  auto layer = mapLayer(request, content.gene);
  if (!layer) {
    content.map.refusal = QString::fromStdString(layer.error().sentence);
    return content;
  }
  content.map.picture.layers = {*layer};
  if (content.gene >= 0) content.map.caption = geneSentence(*request.prediction, content.gene);
  if (auto done = drawPicture(request, kMapPlace, content.map); !done) return tl::unexpected(done.error());
  return content;
}

void heading(ReportPages& pages, const QString& text) {
  pages.space(10);
  pages.text(text, {12, true, QColor(0x00, 0x4A, 0x7C)});
  pages.space(3);
}

void fact(ReportPages& pages, const QString& name, const QString& value) {
  pages.row({{110, name, {8, false, QColor(0x60, 0x60, 0x60)}}, {401, value, {8}}}, kRowHeight);
}

void paintPicture(ReportPages& pages, const ReportPicture& shown) {
  if (!shown.refusal.isEmpty()) return pages.text(shown.refusal, {9, true});
  const Viewport& view = shown.picture.view;
  pages.picture(ReportPages::kWidth * view.height / view.width,
                [&shown](QPainter& painter, const QRectF& place) {
                  paintWithLegend(painter, place, shown.picture, shown.drawn);
                  painter.setPen(QPen(QColor(0xB0, 0xB0, 0xB0), 4));
                  painter.setBrush(Qt::NoBrush);
                  painter.drawRect(place);
                });
  pages.space(3);
  if (!shown.caption.isEmpty()) pages.text(shown.caption, {8});
}

QString sizeText(const Slide& slide) {
  const Size size = slide.size();
  const QString pixels = QObject::tr("%1 x %2 pixels").arg(size.width).arg(size.height);
  if (!slide.mpp) return pixels;
  return QObject::tr("%1 (%2 x %3 mm)")
      .arg(pixels, figure(double(size.width) * slide.mpp->x / 1000),
           figure(double(size.height) * slide.mpp->y / 1000));
}

QString originText(MppOrigin origin) {
  switch (origin) {
    case MppOrigin::Vendor:
      return QObject::tr("from the scanner");
    case MppOrigin::TiffResolution:
      return QObject::tr("from the TIFF resolution tags");
    case MppOrigin::User:
      return QObject::tr("entered by hand");
    case MppOrigin::Unknown:
      break;
  }
  return QObject::tr("of unknown origin");
}

QString pixelSizeText(const Slide& slide) {
  if (!slide.mpp) return QObject::tr("unknown");
  return QObject::tr("%1 x %2 µm, %3")
      .arg(figure(slide.mpp->x, 4), figure(slide.mpp->y, 4), originText(slide.mppOrigin));
}

void writeFacts(ReportPages& pages, const ReportContent& content) {
  const Prediction& prediction = *content.request.prediction;
  heading(pages, QObject::tr("Slide"));
  const Slide& slide = *content.request.opened.slide;
  fact(pages, QObject::tr("File"), QString::fromStdString(slide.file.filename().string()));
  fact(pages, QObject::tr("Content hash"), QString::fromStdString(slide.hash));
  fact(pages, QObject::tr("Size"), sizeText(slide));
  fact(pages, QObject::tr("Pixel size"), pixelSizeText(slide));
  if (const QString colours = colourSentence(content.request.colour); !colours.isEmpty())
    fact(pages, QObject::tr("Pictures"), colours);
  heading(pages, QObject::tr("Model"));
  const auto good = std::ranges::count_if(prediction.genes, &GenePrediction::wellPredicted);
  fact(pages, QObject::tr("Name"),
       QString::fromStdString(prediction.modelName + " " + prediction.modelVersion));
  fact(pages, QObject::tr("What it is"), QString::fromStdString(prediction.modelStatement));
  fact(pages, QObject::tr("Content hash"), QString::fromStdString(prediction.modelHash));
  if (!prediction.genes.empty())
    fact(pages, QObject::tr("Genes"),
         QObject::tr("%1, of which %2 are well predicted").arg(prediction.genes.size()).arg(good));
  fact(pages, QObject::tr("Tiles"),
       QObject::tr("%1 of %2 µm a side; %3 could not be read")
           .arg(prediction.grid.count())
           .arg(figure(prediction.grid.tile * prediction.mpp, 0))
           .arg(prediction.damagedTiles));
  fact(pages, QObject::tr("Training tissue"),
       prediction.domain
           ? QString::fromStdString(inWords(*prediction.domain))
           : QObject::tr("what it looked like is not known: whether this slide is like it, neither"));
}

void writeCall(ReportPages& pages, const Prediction& prediction, const SlideCall& call) {
  const CallFacts& facts = call.facts;
  const auto nameOf = [](const ClassFacts& each) { return QString::fromStdString(each.name); };
  heading(pages,
          facts.isDiagnosis()
              ? QObject::tr("Call: %1 or %2").arg(nameOf(facts.positive()), nameOf(facts.classes.front()))
              : QString::fromStdString(facts.target));
  const QString trust = QObject::tr("%1, calibrated; %2");
  if (facts.isDiagnosis()) {
    fact(pages, QObject::tr("P(%1)").arg(nameOf(facts.positive())),
         trust.arg(figure(call.probability()), reliabilityText(facts)));
    fact(pages, QObject::tr("Region"), regionText(prediction, call));
    return;
  }
  for (size_t i = 0; i < facts.classes.size(); ++i)
    fact(pages, QObject::tr("P(%1)").arg(nameOf(facts.classes[i])),
         trust.arg(figure(call.probabilities[i]),
                   QObject::tr("held-out AUC %1 [%2, %3]")
                       .arg(figure(facts.classes[i].auc), figure(facts.classes[i].aucLow),
                            figure(facts.classes[i].aucHigh))));
  fact(pages, QObject::tr("Judged on"),
       QObject::tr(facts.synthetic ? "%1 synthetic slides of %2 patients" : "%1 slides of %2 patients")
           .arg(facts.slides)
           .arg(facts.patients));
}

void writeHotspots(ReportPages& pages, const ReportContent& content) {
  const Prediction& prediction = *content.request.prediction;
  if (content.gene < 0 || !prediction.genes[size_t(content.gene)].wellPredicted) return;
  heading(pages, QObject::tr("Hotspots of %1")
                     .arg(QString::fromStdString(prediction.genes[size_t(content.gene)].symbol)));
  pages.text(
      QObject::tr("Connected regions of at least 4 tiles whose contribution is among the slide's highest 5 % "
                  "and whose attention, where the model weighs tiles, is above uniform."),
      {8, false, QColor(0x60, 0x60, 0x60)});
  pages.space(3);
  const TextStyle head{8, true}, right{8, false, {0x20, 0x20, 0x20}, Qt::AlignRight};
  TextStyle headRight = head;
  headRight.align = Qt::AlignRight;
  if (prediction.withheld) return pages.text(QObject::tr("Withheld on this slide."), {8});
  int listed = 0;
  const Result<GeneMapPtr> map = prediction.maps.of(size_t(content.gene));
  if (!map) return pages.text(QString::fromStdString(map.error().sentence), {8});
  for (const Hotspot& hotspot : (*map)->hotspots) {
    if (listed++ == 0 || !pages.fits(kRowHeight))
      pages.row({{50, QObject::tr("Rank"), headRight},
                 {90, QObject::tr("Area (mm²)"), headRight},
                 {70, QObject::tr("Tiles"), headRight},
                 {170, QObject::tr("Mean expression estimate"), headRight}},
                kRowHeight);
    pages.row({{50, QString::number(hotspot.rank), right},
               {90, figure(hotspot.areaMm2), right},
               {70, QString::number(hotspot.cells.size()), right},
               {170, figure(hotspot.mean), right}},
              kRowHeight);
  }
  if (listed == 0) pages.text(QObject::tr("None on this slide."), {8});
}

QString hotspotText(const GenePrediction& gene) {
  if (gene.hotspots == 0) return QStringLiteral("none");
  return QObject::tr("%1, together %2 mm²").arg(gene.hotspots).arg(figure(gene.hotspotMm2));
}

void tableHead(ReportPages& pages) {
  const TextStyle left{8, true}, right{8, true, {0x20, 0x20, 0x20}, Qt::AlignRight};
  pages.row({{90, QObject::tr("Gene"), left},
             {80, QObject::tr("Predicted"), right},
             {60, QObject::tr("Percentile"), right},
             {140, QObject::tr("Held-out r [95 % interval]"), right},
             {141, QObject::tr("   Hotspots"), left}},
            kRowHeight + 2, QColor(0xEC, 0xEC, 0xEC));
}

void geneRow(ReportPages& pages, const Prediction& prediction, int index) {
  const GenePrediction& gene = prediction.genes[size_t(index)];
  const QColor colour = gene.wellPredicted ? QColor(0x20, 0x20, 0x20) : kGrey;
  const TextStyle left{8, false, colour}, right{8, false, colour, Qt::AlignRight};
  const QString trust =
      QStringLiteral("%1 [%2, %3]").arg(figure(gene.heldOutR), figure(gene.ciLow), figure(gene.ciHigh));
  const QString last = !gene.wellPredicted   ? QObject::tr("not well predicted")
                       : prediction.withheld ? QObject::tr("withheld")
                                             : hotspotText(gene);
  pages.row({{90, QString::fromStdString(gene.symbol), left},
             {80, figure(gene.value), right},
             {60, prediction.withheld ? QStringLiteral("–") : figure(gene.percentile, 0), right},
             {140, trust, right},
             {141, QStringLiteral("   ") + last, left}},
            kRowHeight);
}

/// room: makes sure of so much height.
void writeGroup(ReportPages& pages, const Prediction& prediction, int group,
                const std::function<void(double)>& room) {
  const QString title = group < 0 ? QObject::tr("Other genes")
                                  : QString::fromStdString(prediction.panel.groups[size_t(group)].title);
  const QColor colour = QColor::fromRgb(prediction.panel.colourOf(group));
  bool begun = false;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    if (prediction.genes[gene].group != group) continue;
    room(begun ? kRowHeight : 2 * kRowHeight);
    if (!begun) pages.row({{511, title, {8, true, colour}}}, kRowHeight);
    begun = true;
    geneRow(pages, prediction, int(gene));
  }
}

void writeTable(ReportPages& pages, const ReportContent& content) {
  const Prediction& prediction = *content.request.prediction;
  heading(pages, QObject::tr("Genes by subtype"));
  pages.text(
      QObject::tr(
          "Predicted: %1. Percentile: of the value among the model's predictions for its training cases. "
          "Held-out r: correlation with measured expression in cases the model was not trained on. Grey: "
          "not well predicted, to be disregarded.")
          .arg(QString::fromStdString(prediction.labelUnit)),
      {8, false, QColor(0x60, 0x60, 0x60)});
  pages.space(4);
  tableHead(pages);
  const auto room = [&](double needed) {
    if (pages.fits(needed)) return;
    pages.pageBreak();
    tableHead(pages);
  };
  for (size_t group = 0; group <= prediction.panel.groups.size(); ++group)
    writeGroup(pages, prediction, group == prediction.panel.groups.size() ? -1 : int(group), room);
}

QByteArray pdfOf(const ReportContent& content) {
  QBuffer pdf;
  pdf.open(QIODevice::WriteOnly);
  QPdfWriter writer(&pdf);
  const Slide& slide = *content.request.opened.slide;
  const Prediction& prediction = *content.request.prediction;
  const QString name = QString::fromStdString(slide.file.filename().string());
  const bool genes = !prediction.genes.empty();
  const QString title =
      genes ? QObject::tr("Predicted gene expression") : QObject::tr("Predicted class of the slide");
  writer.setTitle(QStringLiteral("%1: %2").arg(title, name));
  writer.setCreator(QStringLiteral("Geneglass " GENEGLASS_VERSION));
  ReportPages pages(writer, researchSentence());
  pages.text(title, {18, true});
  pages.text(name, {11, true});
  pages.space(2);
  pages.text(modelSentence(prediction) + QLatin1Char(' ') + researchSentence(),
             {9, true, QColor(0xA0, 0x30, 0x00)});
  if (isOutside(prediction)) {
    pages.space(2);
    pages.text(QString::fromStdString(outsideSentence(prediction)), {11, true, QColor(0xB0, 0x10, 0x00)});
  }
  writeFacts(pages, content);
  for (const SlideCall& call : prediction.calls) writeCall(pages, prediction, call);
  heading(pages, QObject::tr("Overview"));
  paintPicture(pages, content.overview);
  pages.pageBreak();
  heading(pages, genes ? QObject::tr("Gene map") : QObject::tr("Evidence map"));
  paintPicture(pages, content.map);
  if (genes) {
    writeHotspots(pages, content);
    pages.pageBreak();
    writeTable(pages, content);
  }
  pages.finish();
  return pdf.data();
}

}  // namespace

std::vector<Viewport> viewsOf(const ReportRequest& request) {
  return {fineView(pictureAt(request, kOverviewPlace)), fineView(pictureAt(request, kMapPlace))};
}

int topGene(const Prediction& prediction) {
  int best = -1;
  for (size_t gene = 0; gene < prediction.genes.size(); ++gene) {
    const GenePrediction& facts = prediction.genes[gene];
    if (facts.wellPredicted && (best < 0 || facts.heldOutR > prediction.genes[size_t(best)].heldOutR))
      best = int(gene);
  }
  return best;
}

Result<WriteDrawn> drawReport(const ReportRequest& request) {
  if (!request.prediction) return fail("There is no prediction for this slide yet, so there is no report.");
  if (!request.prediction->waiting.empty())
    return fail("The prediction is still running: a report is of the whole slide.");
  const Result<ReportContent> content = collect(request);
  if (!content) return tl::unexpected(content.error());
  return [pdf = pdfOf(*content), file = request.file, slide = request.opened.slide] {
    return writeBytes(file, *slide, pdf);
  };
}

Result<void> writeReport(const ReportRequest& request) {
  return drawReport(request).and_then([](const WriteDrawn& write) { return write(); });
}

}  // namespace geneglass
