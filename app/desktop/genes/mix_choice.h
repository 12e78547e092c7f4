// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "viewer/foundation/colour_mix.h"

class QComboBox;
class QLabel;

namespace geneglass {

/// How several genes are shown together; hidden while there are none. GUI thread.
class MixChoice final : public QWidget {
  Q_OBJECT

 public:
  explicit MixChoice(QWidget* parent = nullptr);
  void showCount(size_t genes);  ///< a two-way map is of two
  ColourMix mix() const;
  void choose(ColourMix mix);  ///< without emitting

 Q_SIGNALS:
  void chosen();

 private:
  QLabel* m_text;
  QComboBox* m_ways;
};

}  // namespace geneglass
