// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/export/snapshot_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/export/orientation_mark.h"
#include "app/desktop/export/overview_inset.h"
#include "app/desktop/layers/caption_overlay.h"

namespace geneglass {
namespace {

constexpr int kHatching = 16;  ///< pixels after which the hatching of damaged tiles repeats

double detailOf(double width) {
  return std::max(1.0, width / kReadableWidth);
}

SlidePicture layOut(const SnapshotRequest& request, std::vector<OverlayLayer> layers, bool annotated) {
  const int pictures = request.beside ? 2 : 1;
  SlidePicture picture{request.opened, request.view, std::move(layers),
                       detailOf(pictures * request.view.width), request.colour};
  picture.view.width /= picture.detail;
  picture.view.height /= picture.detail;
  picture.view.downsample *= picture.detail;
  if (!annotated)
    std::erase_if(picture.layers, [](const OverlayLayer& layer) { return layer.annotations != nullptr; });
  if (const QString caption = provisionalOf(request); !caption.isEmpty())
    picture.layers.push_back({std::make_shared<CaptionOverlay>(caption), {}});
  if (request.parts.orientation) picture.layers.push_back({std::make_shared<OrientationMark>(), {}});
  if (request.parts.overview && !request.thumbnail.isNull()) {
    OverviewInset::Neighbours neighbours{request.parts.orientation};
    if (request.parts.legend) neighbours.legend = picture.layers;
    picture.layers.push_back({std::make_shared<OverviewInset>(request.opened.slide, request.thumbnail,
                                                              request.colour, std::move(neighbours)),
                              {}});
  }
  return picture;
}

std::vector<SlidePicture> layOutAll(const SnapshotRequest& request, bool inPaths) {
  const bool annotated = request.parts.annotations && !inPaths;
  std::vector<SlidePicture> pictures{layOut(request, request.layers, annotated)};
  if (request.beside) pictures.push_back(layOut(request, *request.beside, annotated));
  return pictures;
}

}  // namespace

Viewport resizedView(const Viewport& view, Size pixels) {
  Viewport resized = view.resized(double(pixels.width), double(pixels.height));
  resized.downsample = std::max(view.width * view.downsample / double(pixels.width),
                                view.height * view.downsample / double(pixels.height));
  return resized;
}

Viewport partOf(const Viewport& view, const QRect& place) {
  Viewport part = view;
  part.centre = view.toSlide({place.x() + place.width() / 2.0, place.y() + place.height() / 2.0});
  part.width = place.width();
  part.height = place.height();
  return part;
}

SnapshotPage::SnapshotPage(const SnapshotRequest& request, bool inPaths)
    : m_pictures(layOutAll(request, inPaths)),
      m_width(int(std::lround(request.view.width))),
      m_height(int(std::lround(request.view.height))),
      m_caption(request.parts.caption ? captionLines(request) : QStringList(),
                m_width * int(m_pictures.size()), m_pictures.front().detail),
      m_marks{request.parts.legend, request.parts.scaleBar},
      m_facts(factsOf(request, {size().width(), size().height()})) {
  if (!inPaths || !request.parts.annotations) return;
  m_paths = {nullptr, fineView(m_pictures.front()), m_pictures.front().detail};
  for (const OverlayLayer& layer : request.layers)
    if (layer.annotations) m_paths.set = layer.annotations;
}

std::vector<SnapshotPage::Piece> SnapshotPage::pieces(int top, int rows, int columns) const {
  std::vector<Piece> found;
  const int bottom = std::min(top + rows, m_height);
  for (size_t picture = 0; picture < m_pictures.size() && top < bottom; ++picture)
    for (int left = 0; left < m_width; left += columns) {
      const QRect place(left, top, std::min(columns, m_width - left), bottom - top);
      QRect drawn = place;
      drawn.setHeight((place.height() + kHatching - 1) / kHatching * kHatching);
      found.push_back({picture, place.translated(int(picture) * m_width, 0),
                       partOf(fineView(m_pictures[picture]), drawn)});
    }
  return found;
}

void SnapshotPage::paintOver(QPainter& painter) const {
  double left = 0;
  for (const SlidePicture& picture : m_pictures) {
    geneglass::paintOver(painter, QRectF(left, 0, m_width, m_height), picture, m_marks);
    left += m_width;
  }
  if (m_caption.height() > 0) m_caption.paint(painter, m_height);
}

}  // namespace geneglass
