// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/tile_pictures.h"

#include <QMetaObject>

#include "app/desktop/session/image_conversion.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr size_t kMostKept = 600;  ///< 22 MiB at 96 pixels

QImage readPicture(const OpenedSlide& opened, const Rect& area, int side) {
  const Result<Image> image = readRegion(*opened.slide, *opened.source, area, side, side);
  return image ? toQImage(*image) : QImage();
}

}  // namespace

TilePictures::TilePictures(int side, QObject* parent) : QObject(parent), m_side(side) {}

TilePictures::~TilePictures() {
  ++m_wish;
}

void TilePictures::want(const OpenedSlide& opened, const std::vector<Rect>& areas) {
  const int wish = ++m_wish;
  if (opened.slide != m_slide) {
    m_slide = opened.slide;
    ++m_slideSerial;
    m_kept.clear();
  }
  if (m_kept.size() > kMostKept) m_kept.clear();
  for (const Rect& area : areas) {
    if (m_kept.contains(placeOf(area))) continue;
    const auto post = [this, serial = m_slideSerial, area](const QImage& picture) {
      QMetaObject::invokeMethod(
          this, [this, serial, area, picture] { take(serial, area, picture); }, Qt::QueuedConnection);
    };
    m_reader.add(
        [this, wish, opened, area, post] {
          if (wish == m_wish) post(readPicture(opened, area, m_side));
        },
        [post](const std::string&) { post({}); });
  }
}

std::optional<QImage> TilePictures::picture(const Rect& area) const {
  const auto kept = m_kept.find(placeOf(area));
  return kept == m_kept.end() ? std::nullopt : std::optional(kept->second);
}

void TilePictures::take(int slideSerial, const Rect& area, const QImage& picture) {
  if (slideSerial != m_slideSerial) return;
  m_kept[placeOf(area)] = picture;
  Q_EMIT pictureRead();
}

}  // namespace geneglass
