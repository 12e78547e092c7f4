// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "viewer/canvas/viewport.h"

class QComboBox;
class QLabel;
class QToolButton;

namespace geneglass {

/// How near and how turned one looks, in the status line: a magnification that can be typed or chosen, a mark
/// where the view is finer than the scan, the angle, or that
/// it is mirrored, with a click that shows it as scanned. GUI thread.
class MagnificationBox final : public QWidget {
  Q_OBJECT

 public:
  explicit MagnificationBox(QWidget* parent = nullptr);

  void showView(std::shared_ptr<const Slide> slide, const Viewport& viewport);  ///< null: no slide

 Q_SIGNALS:
  void downsampleWanted(double downsample);  ///< level-0 pixels per screen pixel
  void fitWanted();
  void uprightWanted();
  void refused(const QString& sentence);
  void finished();  ///< the keyboard belongs to the slide again

 private:
  void take(const QString& text);

  std::shared_ptr<const Slide> m_slide;
  QString m_shown;
  QComboBox* m_box;
  QLabel* m_beyond;
  QToolButton* m_angle;
};

}  // namespace geneglass
