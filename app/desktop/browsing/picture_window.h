// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QImage>

namespace geneglass {

/// A picture that lies in a slide's file beside the slide: its label, the overview. As large as the window,
/// turned by the button or R, closed by Esc. GUI thread; deletes itself.
class PictureWindow final : public QDialog {
  Q_OBJECT

 public:
  PictureWindow(const QString& name, QImage image, QWidget* parent);

 private:
  void turn();

  QWidget* m_shown;
  QImage m_image;
};

}  // namespace geneglass
