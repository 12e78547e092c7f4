// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_picture.h"

#include <QObject>
#include <algorithm>
#include <cmath>

#include "viewer/canvas/legend.h"
#include "viewer/canvas/scale_bar.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

/// The heatmap of an overlay without its lines, which are painted at another fineness.
class HeatmapAlone final : public Overlay {
 public:
  explicit HeatmapAlone(std::shared_ptr<const Heatmap> map) : m_map(std::move(map)) {}
  std::shared_ptr<const Heatmap> heatmap() const override { return m_map; }

 private:
  std::shared_ptr<const Heatmap> m_map;
};

QString number(double value, int decimals = 2) {
  return numberText(value, decimals);
}

}  // namespace

Viewport fineView(const SlidePicture& picture) {
  Viewport fine = picture.view;
  fine.width = std::round(fine.width * picture.detail);
  fine.height = std::round(fine.height * picture.detail);
  fine.downsample /= picture.detail;
  return fine;
}

std::vector<OverlayLayer> drawnLayers(const SlidePicture& picture) {
  std::vector<OverlayLayer> drawn;
  for (const OverlayLayer& layer : picture.layers) {
    auto map = layer.overlay->heatmap();
    if (!map && !layer.annotations) continue;
    drawn.push_back(
        {map ? std::make_shared<HeatmapAlone>(std::move(map)) : nullptr, layer.style, layer.annotations});
  }
  return drawn;
}

Result<QImage> drawSlideAndMaps(const SlidePicture& picture, const DrawView& draw) {
  return draw(picture.opened, fineView(picture), drawnLayers(picture), picture.colour);
}

void paintOver(QPainter& painter, const QRectF& target, const SlidePicture& picture,
               const PictureMarks& marks) {
  const Viewport& view = picture.view;
  const QRectF screen(0, 0, view.width, view.height);
  painter.save();
  painter.translate(target.topLeft());
  painter.scale(target.width() / view.width, target.height() / view.height);
  painter.setClipRect(screen, Qt::IntersectClip);
  for (const OverlayLayer& layer : picture.layers) {
    painter.save();
    layer.overlay->paint(painter, view);
    painter.restore();
  }
  if (marks.legend) paintLegend(painter, screen.size(), picture.layers);
  const auto& mpp = picture.opened.slide->mpp;
  if (marks.scaleBar && mpp) paintScaleBar(painter, view, mpp->mean());
  painter.restore();
}

void paintWithLegend(QPainter& painter, const QRectF& target, const SlidePicture& picture,
                     const QImage& drawn) {
  painter.drawImage(target, drawn);
  paintOver(painter, target, picture);
}

QString geneSentence(const Prediction& prediction, int gene) {
  const GenePrediction& facts = prediction.genes.at(size_t(gene));
  const QString trust = QObject::tr("held-out r %1, 95 % interval %2 to %3")
                            .arg(number(facts.heldOutR), number(facts.ciLow), number(facts.ciHigh));
  const QString symbol = QString::fromStdString(facts.symbol);
  if (!facts.wellPredicted)
    return QObject::tr("%1 cannot be predicted by this model (%2).").arg(symbol, trust);
  if (std::isnan(facts.value))
    return QObject::tr("%1: not yet predicted for the whole slide; %2.").arg(symbol, trust);
  const QString standing =
      prediction.withheld
          ? QObject::tr("percentile withheld")
          : QObject::tr("percentile %1 of the training predictions").arg(number(facts.percentile, 0));
  return QObject::tr("%1: predicted %2 %3, %4; %5.")
      .arg(symbol, number(facts.value), QString::fromStdString(prediction.labelUnit), standing, trust);
}

QString modelSentence(const Prediction& prediction) {
  return QStringLiteral("%1 %2: %3.")
      .arg(QString::fromStdString(prediction.modelName), QString::fromStdString(prediction.modelVersion),
           QString::fromStdString(prediction.modelStatement));
}

QString provisionalText(const Prediction& prediction) {
  if (prediction.waiting.empty()) return {};
  const size_t done = prediction.grid.count();
  return QObject::tr("%1 of %2 tiles computed").arg(done).arg(done + prediction.waiting.size());
}

QString magnificationSentence(const Slide& slide, double downsample) {
  if (!slide.mpp) return QObject::tr("pixel size unknown, %1 slide pixels per pixel").arg(number(downsample));
  const double mpp = slide.mpp->mean();
  return QObject::tr("%1x, %2 µm per pixel")
      .arg(number(magnificationOf(downsample, mpp), 1), number(downsample * mpp));
}

QString researchSentence() {
  return QObject::tr("For research use only. Not for diagnosis.");
}

}  // namespace geneglass
