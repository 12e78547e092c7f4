// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/snapshot_choice.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace geneglass {

Size pixelsOf(const SnapshotChoice& choice, const Viewport& view) {
  double by = 1;
  if (choice.sizing == SnapshotSizing::TwiceScreen) by = 2;
  if (choice.sizing == SnapshotSizing::LongSide) by = choice.longSide / std::max(view.width, view.height);
  if (choice.sizing == SnapshotSizing::SlidePixels) by = view.downsample / choice.downsample;
  const auto side = [by](double pixels) { return std::max<int64_t>(1, std::llround(pixels * by)); };
  return {side(view.width), side(view.height)};
}

SnapshotRequest chosenSnapshot(SnapshotRequest request, const SnapshotChoice& choice) {
  request.view = resizedView(request.view, pixelsOf(choice, request.view));
  request.parts = choice.parts;
  return request;
}

QString endingOf(PictureFormat format) {
  switch (format) {
    case PictureFormat::Png:
      return QStringLiteral("png");
    case PictureFormat::Jpeg:
      return QStringLiteral("jpg");
    case PictureFormat::Tiff:
      return QStringLiteral("tif");
    case PictureFormat::Svg:
      break;
  }
  return QStringLiteral("svg");
}

}  // namespace geneglass
