// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/heatmap.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/sort/spreadsort/float_sort.hpp>
#include <cmath>
#include <utility>

namespace geneglass {
namespace {

/// OpenGL 3.3 hardware takes textures of at least this side.
constexpr int kLargestSide = 16384;

std::string reasonAgainst(const Heatmap& map, const Slide& slide) {
  if (map.slideHash != slide.hash) return "it was made for another slide (the hashes differ)";
  if (!(map.slideSize == slide.size()))
    return fmt::format("it was made for {} x {} pixels, the slide has {} x {}", map.slideSize.width,
                       map.slideSize.height, slide.size().width, slide.size().height);
  if (map.columns <= 0 || map.rows <= 0 || map.columns > kLargestSide || map.rows > kLargestSide)
    return fmt::format("its grid of {} x {} cells is not between 1 and {} a side", map.columns, map.rows,
                       kLargestSide);
  const size_t cells = static_cast<size_t>(map.columns) * static_cast<size_t>(map.rows);
  if (map.values.size() != cells)
    return fmt::format("its grid of {} x {} cells has {} values", map.columns, map.rows, map.values.size());
  if (map.mix && map.paint.size() != cells)
    return fmt::format("its grid of {} x {} cells has {} colours", map.columns, map.rows, map.paint.size());
  if (!(map.step > 0) || !std::isfinite(map.step))
    return fmt::format("its step of {} pixels is none", map.step);
  const double lastX = map.origin.x + (map.columns - 1) * map.step;
  const double lastY = map.origin.y + (map.rows - 1) * map.step;
  const bool begins = map.origin.x > -map.step && map.origin.y > -map.step;
  if (!begins || !(lastX < static_cast<double>(slide.size().width)) ||
      !(lastY < static_cast<double>(slide.size().height)))
    return "its grid reaches outside the slide";
  return {};
}

/// Those of each sign apart: of both at once Boost's difference of their bits is more than an int holds.
void sortByBits(std::vector<float>& values) {
  const auto positive =
      std::partition(values.begin(), values.end(), [](float value) { return std::signbit(value); });
  boost::sort::spreadsort::float_sort(values.begin(), positive);
  boost::sort::spreadsort::float_sort(positive, values.end());
}

}  // namespace

float Heatmap::cellAt(Point slide) const {
  const double column = std::floor((slide.x - origin.x) / step);
  const double row = std::floor((slide.y - origin.y) / step);
  if (!(column >= 0 && row >= 0 && column < columns && row < rows))
    return std::numeric_limits<float>::quiet_NaN();
  return values[static_cast<size_t>(row) * static_cast<size_t>(columns) + static_cast<size_t>(column)];
}

std::optional<float> Heatmap::valueAt(Point slide) const {
  const float value = cellAt(slide);
  return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

float Heatmap::atPercentile(double percent) const {
  if (sorted.empty()) return 0;
  const double place = std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<size_t>(place);
  const size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  return static_cast<float>(sorted[below] + (static_cast<double>(sorted[above]) - sorted[below]) * part);
}

double Heatmap::percentileAt(double value) const {
  if (sorted.empty()) return 0;
  const auto place = std::lower_bound(sorted.begin(), sorted.end(), static_cast<float>(value));
  return std::min(100.0,
                  100.0 * static_cast<double>(place - sorted.begin()) / static_cast<double>(sorted.size()));
}

Result<std::shared_ptr<const Heatmap>> placeHeatmap(Heatmap heatmap, const Slide& slide) {
  if (const std::string reason = reasonAgainst(heatmap, slide); !reason.empty())
    return fail(fmt::format("The map '{}' does not fit '{}': {}.", heatmap.name.toStdString(),
                            slide.file.filename().string(), reason));
  heatmap.sorted.resize(heatmap.values.size());
  const auto end = std::copy_if(heatmap.values.begin(), heatmap.values.end(), heatmap.sorted.begin(),
                                [](float value) { return std::isfinite(value); });
  heatmap.sorted.erase(end, heatmap.sorted.end());
  sortByBits(heatmap.sorted);
  return std::make_shared<const Heatmap>(std::move(heatmap));
}

ValueRange valueRange(const Heatmap& heatmap, const HeatmapStyle& style) {
  if (style.range == HeatmapStyle::Range::Absolute)
    return {static_cast<float>(style.low), static_cast<float>(style.high),
            static_cast<float>(style.threshold)};
  return {heatmap.atPercentile(style.low), heatmap.atPercentile(style.high),
          heatmap.atPercentile(style.threshold)};
}

}  // namespace geneglass
