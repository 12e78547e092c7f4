// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tissue/thumbnail.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <string>

#include "viewer/foundation/parallel.h"
#include "viewer/foundation/pixel.h"
#include "viewer/slide/region.h"

namespace geneglass {
namespace {

constexpr int kReadTogether = 128;    // pixels of the thumbnail read at a time
constexpr int kSmallestBlock = 8;     // a damaged tile costs no more than blocks of this side around it
constexpr double kLargest = 1 << 28;  // pixels

class Thumbnail final {
 public:
  Thumbnail(const OpenedSlide& opened, double step, int width, int height)
      : m_opened(opened), m_step(step), m_image(width, height, opaque(255, 255, 255)) {}

  void read(int threads, const std::stop_token& stop, EyeFirst* eyeFirst) {
    const int across = (m_image.width + kReadTogether - 1) / kReadTogether,
              down = (m_image.height + kReadTogether - 1) / kReadTogether;
    parallelFor(int64_t{across} * down, threads, stop, [&](int64_t block) {
      if (eyeFirst) eyeFirst->giveWay(stop);
      const auto i = static_cast<int>(block);
      readBlock(i % across * kReadTogether, i / across * kReadTogether, kReadTogether, stop);
    });
  }

  bool readAnything() const { return m_readAnything; }
  const std::string& failure() const { return m_failure; }  ///< the first sentence of why not
  Image take() { return std::move(m_image); }

 private:
  /// A block that cannot be read is tried again in quarters.
  void readBlock(int x, int y, int side, const std::stop_token& stop) {
    const int width = std::min(side, m_image.width - x), height = std::min(side, m_image.height - y);
    if (width <= 0 || height <= 0 || stop.stop_requested()) return;
    const Rect area{x * m_step, y * m_step, width * m_step, height * m_step};
    const Result<Image> block = readRegion(*m_opened.slide, *m_opened.source, area, width, height);
    if (!block && side > kSmallestBlock) {
      const int half = side / 2;
      for (int quarter = 0; quarter < 4; ++quarter)
        readBlock(x + quarter % 2 * half, y + quarter / 2 * half, half, stop);
    }
    if (!block) {
      const std::lock_guard lock(m_mutex);
      if (m_failure.empty()) m_failure = block.error().sentence;
      return;
    }
    m_readAnything = true;
    for (int row = 0; row < height; ++row)
      for (int column = 0; column < width; ++column)
        m_image.at(x + column, y + row) = onWhite(block->at(column, row));
  }

  const OpenedSlide& m_opened;
  const double m_step;
  Image m_image;  ///< each thread writes blocks of its own
  std::atomic<bool> m_readAnything{false};
  std::mutex m_mutex;  ///< for m_failure
  std::string m_failure;
};

}  // namespace

Result<Image> readThumbnail(const OpenedSlide& opened, double step, int threads, std::stop_token stop,
                            EyeFirst* eyeFirst) {
  const Slide& slide = *opened.slide;
  const double width = std::ceil(double(slide.size().width) / step),
               height = std::ceil(double(slide.size().height) / step);
  if (width < 1 || height < 1 || width * height > kLargest)
    return fail(fmt::format("Cannot look for tissue in '{}': {} x {} pixels do not fit its pixel size.",
                            slide.file.string(), slide.size().width, slide.size().height));
  Thumbnail thumbnail(opened, step, static_cast<int>(width), static_cast<int>(height));
  thumbnail.read(threadCount(threads), stop, eyeFirst);
  if (stop.stop_requested())
    return fail(fmt::format("Looking for tissue in '{}' was cancelled.", slide.file.string()));
  if (!thumbnail.readAnything())
    return fail(fmt::format("Cannot look for tissue in '{}': no part of it can be read at that size: {}",
                            slide.file.string(), thumbnail.failure()));
  return thumbnail.take();
}

}  // namespace geneglass
