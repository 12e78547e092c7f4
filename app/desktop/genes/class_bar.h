// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "inference/prediction/prediction.h"

class QLabel;

namespace geneglass {

/// Of how many tiles which class is: a bar of their colours, and their names with numbers below. GUI thread.
class ClassBar final : public QWidget {
  Q_OBJECT

 public:
  explicit ClassBar(QWidget* parent = nullptr);
  void showCall(const Prediction& prediction, const SlideCall& call);  ///< one of tiles

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Part {
    double share;
    QColor colour;
  };
  int barHeight() const;

  std::vector<Part> m_parts;  ///< the largest first
  QLabel* m_numbers;
};

/// "CMS2 41 %, CMS1 20 %" of a call of tiles, the largest first.
QString sharesText(const SlideCall& call);

}  // namespace geneglass
