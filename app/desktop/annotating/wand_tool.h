// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "viewer/annotation/shape.h"
#include "viewer/canvas/canvas_tool.h"
#include "viewer/foundation/result.h"
#include "viewer/slide/image.h"
#include "viewer/slide/slide.h"

namespace geneglass {

/// Reads `area` (level-0 pixels) into side x side pixels on another thread, as a wandPicture, and hands it
/// over on the GUI thread. A newer wish drops the answer to an older one.
using ReadForWand =
    std::function<void(const Rect& area, int side, std::function<void(const Result<Image>&)> take)>;

/// Takes what is connected with the place under the hand and looks like it, at the magnification of the
/// screen: pressed and dragged, to the right for more, to the left for less.
class WandTool final : public CanvasTool {
 public:
  struct Ways {
    ReadForWand read;
    std::function<void(Area, Point begun)> onTaken;
    std::function<void(const std::string& sentence)> onRefused;
    std::function<void()> onPicture;  ///< there is something new to paint
  };
  WandTool(const std::optional<Mpp>& mpp, Ways ways) : m_mpp(mpp), m_ways(std::move(ways)) {}
  ~WandTool() override { *m_alive = false; }

  bool press(const Hand& hand) override;
  bool drag(const Hand& hand) override;
  bool release(const Hand& hand) override;
  bool key(int key, Qt::KeyboardModifiers modifiers) override;
  void paint(QPainter& painter, const Viewport& viewport) const override;

 private:
  double tolerance() const;
  void takePicture(const Result<Image>& picture);
  void choose();
  void finish();

  std::optional<Mpp> m_mpp;
  Ways m_ways;
  std::optional<Hand> m_from;
  Hand m_to;
  bool m_released = false;  ///< before the picture came
  Rect m_area;
  std::optional<Image> m_picture;
  Area m_chosen;
  std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

}  // namespace geneglass
