// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/browsing/slide_glances.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "app/desktop/session/image_conversion.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

/// Of the model's features of the slide, in whichever precision.
void findFeatures(SlideGlance& glance, const Slide& slide, const FeatureStore& store,
                  const std::shared_ptr<const ModelPackage>& package, std::optional<double> stride) {
  if (!package || !slide.mpp) return;
  for (const Precision precision : kPrecisions) {
    const std::string key = FeatureStore::keyOf(slide, *package, precision, stride);
    std::error_code error;
    if (std::filesystem::exists(store.complete(key), error)) glance.isKnown = true;
    if (const auto part = keptTiles(store.growing(key))) glance.part = part;
  }
}

QImage pictureOf(const OpenedSlide& opened) {
  const Size size = opened.slide->size();
  const double shrink = double(SlideGlances::kSide) / double(std::max(size.width, size.height));
  const auto image = readRegion(
      *opened.slide, *opened.source, {0, 0, double(size.width), double(size.height)},
      std::max(1, int(double(size.width) * shrink)), std::max(1, int(double(size.height) * shrink)));
  return image ? toQImage(*image) : QImage();
}

}  // namespace

QPixmap squared(const QImage& picture) {
  QImage square(SlideGlances::kSide, SlideGlances::kSide, QImage::Format_ARGB32_Premultiplied);
  square.fill(Qt::transparent);
  const int left = (square.width() - picture.width()) / 2, top = (square.height() - picture.height()) / 2;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x)
      if (square.valid(left + x, top + y)) square.setPixel(left + x, top + y, picture.pixel(x, y));
  return QPixmap::fromImage(square);
}

SlideGlances::SlideGlances(Workplace& workplace, QObject* parent)
    : QObject(parent), m_workplace(workplace), m_job(this, workplace) {}

void SlideGlances::want(std::vector<ListedSlide> slides) {
  m_waiting = std::move(slides);
  std::ranges::reverse(m_waiting);
  readNext();
}

/// Blocks where a share does not answer: then nothing more is shown, and nothing else waits for it.
void SlideGlances::readNext() {
  if (m_isReading || m_waiting.empty()) return;
  m_isReading = true;
  const ListedSlide slide = std::move(m_waiting.back());
  m_waiting.pop_back();
  const auto glance = [slide, open = m_workplace.open(), bags = m_workplace.bags(),
                       package = m_workplace.package(),
                       stride = m_workplace.stride()](const std::stop_token&) -> Result<SlideGlance> {
    if (const auto fine = checkSlideFile(slide.file); !fine) return tl::unexpected(fine.error());
    const auto opened = open(slide.file, slide.mpp);
    if (!opened) return tl::unexpected(opened.error());
    const Slide& facts = *opened->slide;
    SlideGlance seen{pictureOf(*opened), {}, facts.mpp.has_value()};
    findFeatures(seen, facts, *bags, package, stride);
    return seen;
  };
  const auto take = [this, file = slide.file](const Result<SlideGlance>& made) {
    m_isReading = false;
    Q_EMIT read(file, made ? *made : SlideGlance{{}, QString::fromStdString(made.error().sentence)});
    readNext();
  };
  m_job.start<SlideGlance>(slide.file, glance, take);
}

}  // namespace geneglass
