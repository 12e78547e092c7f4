// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "viewer/slide/channel.h"

class QCheckBox;
class QLabel;
class QPushButton;
class QSlider;
class QVBoxLayout;

namespace geneglass {

/// The channels of a fluorescence slide: on or off, colour, range. GUI thread; it only says what is wanted,
/// at most every 40 ms while a slider moves.
class ChannelPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit ChannelPanel(QWidget* parent = nullptr);

  /// Channels of another slide: as it opened, and as they are shown now. Hides itself where there are none.
  void showChannels(const std::vector<Channel>& opened, const std::vector<Channel>& now);
  const std::vector<Channel>& channels() const { return m_now; }  ///< as the user wants them

 Q_SIGNALS:
  void chosen();

 private:
  /// The controls of one channel.
  struct Row {
    QCheckBox* shown = nullptr;
    QPushButton* colour = nullptr;
    QSlider* low = nullptr;
    QSlider* high = nullptr;
    QLabel* range = nullptr;
  };

  void addRow(size_t channel);
  void showRow(size_t channel);
  void change(size_t channel, const Channel& wanted);
  void takeRange(size_t channel, bool isLow, int step);
  void askForColour(size_t channel);

  std::vector<Channel> m_opened;
  std::vector<Channel> m_now;
  std::vector<Row> m_rows;
  QWidget* m_list = nullptr;
  QVBoxLayout* m_layout;
  QTimer m_soon;
};

}  // namespace geneglass
