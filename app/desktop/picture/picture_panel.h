// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <functional>

#include "app/desktop/picture/channel_panel.h"
#include "app/desktop/session/slide_colours.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QSlider;

namespace geneglass {

/// How the slide looks: stains, tone, colour profiles. GUI thread; it only says what is wanted.
class PicturePanel final : public QScrollArea {
  Q_OBJECT

 public:
  enum class Screen { System, Srgb, File };

  explicit PicturePanel(QWidget* parent = nullptr);

  ChannelPanel& channels() { return *m_channels; }  ///< its uppermost section; hidden where there are none
  const PictureChoice& choice() const { return m_choice; }
  void choose(const PictureChoice& choice);  ///< shows it; emits `chosen` where it is another
  void showSlide(const Slide& slide);        ///< another one: as scanned again
  void showStains(const StainEstimate& found);
  /// What came of the choice of a screen; `source` is the file's or the system's name for it.
  void showScreen(Screen source, const ScreenProfile& screen, const QString& file);

 Q_SIGNALS:
  void chosen();
  void screenWanted(geneglass::PicturePanel::Screen source);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  /// One number of the picture: a slider, its value in words.
  struct Tone {
    QSlider* slider = nullptr;
    QLabel* value = nullptr;
    double PictureChoice::*number = nullptr;
    int usual = 0;  ///< where the slider changes nothing
  };

  QWidget* makeStains();
  QWidget* makeTone();
  QWidget* makeProfiles();
  void addTone(QFormLayout& form, const QString& name, double PictureChoice::*number, int low, int high,
               int usual);
  void readControls();
  void showChoice();

  PictureChoice m_choice;
  ChannelPanel* m_channels;
  QComboBox* m_view = nullptr;
  QComboBox* m_stains = nullptr;
  QLabel* m_stainReason = nullptr;
  std::vector<Tone> m_tones;
  QCheckBox* m_useProfile = nullptr;
  QLabel* m_profile = nullptr;
  QComboBox* m_screen = nullptr;
  QLabel* m_screenReason = nullptr;
};

}  // namespace geneglass
