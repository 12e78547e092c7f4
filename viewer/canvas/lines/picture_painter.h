// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "viewer/canvas/lines/line_painter.h"

namespace geneglass {

/// A picture of annotations' lines that is wanted.
struct PictureWish {
  AnnotationSetPtr set;
  Viewport view;
  double lineScale = 1;
  bool operator==(const PictureWish&) const = default;
};

/// Paints pictures of lines on a thread of its own. The newest want() replaces everything that still waits.
/// The destructor drops what waits and joins.
class PicturePainter final {
 public:
  struct Painted {
    PictureWish wish;
    Image picture;
  };

  PicturePainter();

  /// In the order of need. What is painted already, or just now, is not painted again.
  void want(std::vector<PictureWish> wishes);
  std::vector<Painted> takePainted();  ///< since the last call

 private:
  void work(const std::stop_token& stop);
  bool isUnderWay(const PictureWish& wish) const;  ///< with the lock held

  std::mutex m_mutex;
  std::condition_variable_any m_wanted;
  std::vector<PictureWish> m_waiting;  ///< next to paint at the back
  std::optional<PictureWish> m_painting;
  std::vector<Painted> m_painted;
  std::jthread m_thread;  ///< last, so that it ends first
};

}  // namespace geneglass
