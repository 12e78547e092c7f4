// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCursor>
#include <QPainter>

#include "viewer/canvas/viewport.h"

namespace geneglass {

/// Where the hand is.
struct Hand {
  Point slide;            ///< level-0 pixels
  Point screen;           ///< device pixels
  double downsample = 1;  ///< level-0 pixels per device pixel
  Qt::KeyboardModifiers modifiers;
};

/// What the left mouse button does on a canvas; without a tool it pans. The middle button, and the left one
/// while the space bar is held, pan with every tool. GUI thread. After each call that returns true the canvas
/// is drawn again.
class CanvasTool {
 public:
  virtual ~CanvasTool() = default;

  /// True: the tool keeps the hand until it lets go. False: the canvas pans.
  virtual bool press(const Hand& hand) = 0;
  virtual bool drag(const Hand& hand) = 0;  ///< moved with the button held
  virtual bool release(const Hand& hand) = 0;
  virtual bool hover(const Hand&) { return false; }               ///< moved without a button
  virtual bool doubleClick(const Hand&) { return false; }         ///< false: the canvas comes nearer
  virtual bool key(int, Qt::KeyboardModifiers) { return false; }  ///< Qt::Key; false: not the tool's

  virtual QCursor cursor() const { return Qt::CrossCursor; }
  /// What is in hand, over everything, in screen pixels of `viewport`.
  virtual void paint(QPainter&, const Viewport&) const {}
};

}  // namespace geneglass
