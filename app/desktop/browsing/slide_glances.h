// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QPixmap>
#include <optional>
#include <vector>

#include "app/desktop/browsing/listed_slides.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/features/kept_tiles.h"

namespace geneglass {

/// What a list shows of a slide that nobody opened.
struct SlideGlance {
  QImage picture;        ///< all of it, small; null where it cannot be read
  QString refusal;       ///< why it cannot be opened, a sentence; empty where it can
  bool hasMpp = false;   ///< its pixel size is known
  bool isKnown = false;  ///< the model's features of all its tiles are kept: it is predicted at once
  std::optional<KeptTiles> part = {};  ///< of its tiles only some are: a prediction was left
};

/// Glances at slides behind the window, one after another on a thread of its own; the newest wish replaces
/// what waits. GUI thread, which reads nothing here.
class SlideGlances final : public QObject {
  Q_OBJECT

 public:
  static constexpr int kSide = 96;  ///< pixels of the longer side of a picture

  explicit SlideGlances(Workplace& workplace, QObject* parent = nullptr);  ///< which outlives it

  void want(std::vector<ListedSlide> slides);  ///< in this order

 Q_SIGNALS:
  void read(const std::filesystem::path& file, const geneglass::SlideGlance& glance);

 private:
  void readNext();

  Workplace& m_workplace;
  std::vector<ListedSlide> m_waiting;  ///< the next one last
  bool m_isReading = false;
  NewestJob m_job;
};

/// A glance's picture in the middle of a square of glass, which is all there is until it has been read: so no
/// row moves.
QPixmap squared(const QImage& picture);

}  // namespace geneglass
