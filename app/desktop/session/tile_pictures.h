// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <atomic>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "app/desktop/workplace/job_thread.h"
#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Small pictures of parts of a slide, read on a thread of its own and kept while that slide is shown. The
/// newest wish replaces what waits. GUI thread, which reads nothing here.
class TilePictures final : public QObject {
  Q_OBJECT

 public:
  explicit TilePictures(int side, QObject* parent = nullptr);  ///< pixels of a picture
  ~TilePictures() override;

  /// Reads those of `areas` (level-0 pixels) that are not there yet, in this order. Pictures of another slide
  /// are dropped.
  void want(const OpenedSlide& opened, const std::vector<Rect>& areas);
  /// As the scanner stored it; nothing where it is not there yet, a null image where it cannot be read.
  std::optional<QImage> picture(const Rect& area) const;

 Q_SIGNALS:
  void pictureRead();

 private:
  using Place = std::tuple<double, double, double, double>;
  static Place placeOf(const Rect& area) { return {area.x, area.y, area.width, area.height}; }
  void take(int slideSerial, const Rect& area, const QImage& picture);

  const int m_side;
  std::shared_ptr<const Slide> m_slide;
  int m_slideSerial = 0;        ///< counts slides
  std::atomic<int> m_wish = 0;  ///< counts calls of want()
  std::map<Place, QImage> m_kept;
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
