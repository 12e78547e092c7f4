// SPDX-License-Identifier: GPL-3.0-or-later
#include <QObject>
#include <algorithm>
#include <cmath>

#include "overlays/reason.h"
#include "overlays/spot_heatmap.h"

namespace geneglass {

/// What was measured of the chosen gene less what is predicted at each spot, both in standard deviations from
/// their means over the spots: red where more was measured than predicted, blue where less. Loaded by
/// overlays/overlay_registry.h.
class SpotDifferencePlugin final : public QObject, public OverlayPlugin {
  Q_OBJECT
  Q_PLUGIN_METADATA(IID GENEGLASS_OVERLAY_INTERFACE FILE "spot_difference.json")
  Q_INTERFACES(geneglass::OverlayPlugin)

  static constexpr double kReach = 2.5;  ///< standard deviations at the ends of the colour scale

  static std::vector<float> standardised(const std::vector<float>& values) {
    double sum = 0, squares = 0;
    for (const float value : values) sum += double(value);
    const double mean = sum / double(values.size());
    for (const float value : values) squares += std::pow(double(value) - mean, 2);
    const double deviation = std::sqrt(squares / double(values.size()));
    std::vector<float> scores;
    for (const float value : values) scores.push_back(float((double(value) - mean) / deviation));
    return scores;
  }

 public:
  Result<void> mayMake(const OverlayScene& scene) const override {
    const auto gene = measuredGene(scene);
    if (!gene) return tl::unexpected(gene.error());
    if (const Result<void> may = mayShowGene(scene.prediction.get(), scene.gene); !may) return may;
    if (std::isnan((*gene)->r))
      return refuse(tr("%1 is the same at all spots, measured or predicted: there is no difference.")
                        .arg(QString::fromStdString((*gene)->symbol)));
    return {};
  }

  Result<std::unique_ptr<Overlay>> make(const OverlayScene& scene) const override {
    const auto gene = measuredGene(scene);
    if (!gene) return tl::unexpected(gene.error());
    std::vector<float> difference = standardised((*gene)->measured);
    const std::vector<float> predicted = standardised((*gene)->predicted);
    std::ranges::transform(difference, predicted, difference.begin(), std::minus());
    const QString name = tr("%1 measured minus predicted, %2")
                             .arg(QString::fromStdString((*gene)->symbol), agreementText(**gene));
    const auto map = spotHeatmap(scene, name, tr("standard deviations"), difference);
    if (!map) return tl::unexpected(map.error());
    const double least = (*map)->sorted.empty() ? -kReach : double((*map)->sorted.front());
    return std::make_unique<SpotOverlay>(*map,
                                         HeatmapStyle{.colours = ColourMap::Coolwarm,
                                                      .range = HeatmapStyle::Range::Absolute,
                                                      .low = -kReach,
                                                      .high = kReach,
                                                      .threshold = std::min(-kReach, std::floor(least)),
                                                      .opacity = 1},
                                         scene.spots);
  }
};

}  // namespace geneglass

#include "spot_difference.moc"
