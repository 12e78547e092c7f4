// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace geneglass {

/// A panel in a dock. Where the window has less room than the panel needs, the panel is scrolled: it asks for
/// a few lines of height, and for no more than a quarter of the window's width, so that it never makes the
/// window larger than the screen, nor the slide smaller than the panels. GUI thread.
class PanelArea final : public QScrollArea {
 public:
  /// Owns the panel. `wished`: the width that it would rather have than what it needs just now.
  explicit PanelArea(QWidget* panel, int wished = 0);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 protected:
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  const int m_wished;
};

}  // namespace geneglass
