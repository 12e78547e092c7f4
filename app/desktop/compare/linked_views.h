// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <vector>

#include "app/desktop/compare/section_fit.h"
#include "viewer/canvas/viewport.h"

namespace geneglass {

class SlideCanvas;

/// The view of `to` that shows what `view` shows of `from`, on a screen as large as `screen`'s; both pixel
/// sizes are known. `map` leads from micrometres of `from` to those of `to`.
Viewport linkedView(const Viewport& view, const Slide& from, const Slide& to, const Similarity& map,
                    const Viewport& screen);

/// Canvases that move, magnify and turn together, in micrometres: what is as large on the slides is as large
/// on the screen, whatever their pixel sizes. Where places were clicked, or two show the same slide, what
/// lies there is looked at; else what was looked at when they were linked. GUI thread.
class LinkedViews final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// A canvas and its slide; null: none yet, which follows nobody.
  struct View {
    SlideCanvas* canvas = nullptr;
    std::shared_ptr<const Slide> slide;
  };
  /// Those that are there now; what was known of another slide on a canvas is forgotten.
  void setViews(const std::vector<View>& views);

  /// The others come to where `leader` is. Errors: fewer than two slides, one of unknown pixel size.
  Result<void> link(SlideCanvas& leader);
  void unlink();
  bool isLinked() const { return m_isLinked; }

  /// From now on, micrometres of this canvas' slide lie at `map` of them on that of `reference`.
  void fit(SlideCanvas& canvas, SlideCanvas& reference, const Similarity& map);

 private:
  struct Member {
    View view;
    Similarity toStage;     ///< micrometres of the slide to those all share
    bool isFitted = false;  ///< by places
    QMetaObject::Connection moved;
  };
  Member* find(const SlideCanvas& canvas);
  void placeOnStage(Member& leader);
  void follow(SlideCanvas& leader);

  std::vector<Member> m_members;
  bool m_isLinked = false;
  bool m_isFollowing = false;
};

}  // namespace geneglass
