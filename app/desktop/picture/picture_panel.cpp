// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/picture/picture_panel.h"
#include "viewer/wording/number_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

namespace geneglass {
namespace {

constexpr int kSteps = 100;  ///< of a slider to 1 of its number

QLabel* makeReason(const QString& accessibleName) {
  auto* reason = new QLabel;
  reason->setWordWrap(true);
  reason->setEnabled(false);
  reason->setAccessibleName(accessibleName);
  reason->hide();
  return reason;
}

void say(QLabel* reason, const QString& sentence) {
  reason->setText(sentence);
  reason->setVisible(!sentence.isEmpty());
}

QComboBox* makeList(const QStringList& items, const QString& accessibleName) {
  auto* list = new QComboBox;
  list->addItems(items);
  list->setAccessibleName(accessibleName);
  list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  list->setMinimumContentsLength(8);
  return list;
}

/// A heading and what stands under it.
QWidget* section(const QString& title, QFormLayout* form, QPushButton* button = nullptr) {
  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(10, 8, 10, 10);
  layout->setSpacing(6);
  auto* head = new QHBoxLayout;
  auto* heading = new QLabel(title);
  QFont bold = heading->font();
  bold.setBold(true);
  heading->setFont(bold);
  head->addWidget(heading, 1);
  if (button) head->addWidget(button);
  layout->addLayout(head);
  form->setContentsMargins(0, 0, 0, 0);
  form->setVerticalSpacing(6);
  form->setHorizontalSpacing(10);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  layout->addLayout(form);
  // The controls of all sections begin at the same place.
  const int widest = heading->fontMetrics().horizontalAdvance(PicturePanel::tr("Brightness")) + 4;
  for (int row = 0; row < form->rowCount(); ++row)
    if (const auto* item = form->itemAt(row, QFormLayout::LabelRole)) item->widget()->setMinimumWidth(widest);
  return box;
}

QFrame* divider() {
  auto* line = new QFrame;
  line->setFrameShape(QFrame::HLine);
  line->setObjectName(QStringLiteral("divider"));
  return line;
}

QString inWords(double PictureChoice::*number, double value) {
  if (number == &PictureChoice::gamma) return numberText(value, 2);
  const double change = number == &PictureChoice::contrast ? value - 1 : value;
  const auto percent = static_cast<int>(std::lround(100 * change));
  return (percent > 0 ? QStringLiteral("+%1 %") : QStringLiteral("%1 %")).arg(percent);
}

}  // namespace

PicturePanel::PicturePanel(QWidget* parent) : QScrollArea(parent), m_channels(new ChannelPanel) {
  auto* list = new QWidget;
  auto* layout = new QVBoxLayout(list);
  layout->setContentsMargins(0, 4, 0, 4);
  layout->setSpacing(0);
  layout->addWidget(m_channels);
  for (QWidget* part : {makeStains(), makeTone(), makeProfiles()}) {
    layout->addWidget(part);
    layout->addWidget(divider());
  }
  layout->addStretch();
  setAccessibleName(tr("Picture"));
  setFocusPolicy(Qt::NoFocus);
  setWidget(list);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFrameShape(QFrame::NoFrame);
  setMinimumWidth(34 * fontMetrics().averageCharWidth());
  setEnabled(false);
  showChoice();
}

QWidget* PicturePanel::makeStains() {
  m_view =
      makeList({tr("As scanned"), tr("Haematoxylin only"), tr("Eosin only")}, tr("Which stains are shown"));
  m_view->setToolTip(tr("A: as scanned, H: haematoxylin only, E: eosin only"));
  m_stains = makeList({tr("From this slide"), tr("Ruifrok & Johnston")}, tr("Stain vectors"));
  m_stains->setToolTip(
      tr("Stain vectors estimated from this slide (Macenko 2009), or the standard ones (2001)"));
  m_stainReason = makeReason(tr("Why the stains were not estimated"));
  auto* form = new QFormLayout;
  form->addRow(tr("Show"), m_view);
  form->addRow(tr("Vectors"), m_stains);
  form->addRow(m_stainReason);
  connect(m_view, &QComboBox::currentIndexChanged, this, &PicturePanel::readControls);
  connect(m_stains, &QComboBox::currentIndexChanged, this, &PicturePanel::readControls);
  return section(tr("Stains"), form);
}

QWidget* PicturePanel::makeTone() {
  auto* form = new QFormLayout;
  addTone(*form, tr("Brightness"), &PictureChoice::brightness, -50, 50, 0);
  addTone(*form, tr("Contrast"), &PictureChoice::contrast, 50, 200, 100);
  addTone(*form, tr("Gamma"), &PictureChoice::gamma, 40, 250, 100);
  auto* reset = new QPushButton(tr("Reset"));
  reset->setAccessibleName(tr("Reset brightness, contrast and gamma"));
  reset->setToolTip(tr("Ctrl+R; a double click on a slider resets it alone"));
  connect(reset, &QPushButton::clicked, this, [this] {
    PictureChoice choice = m_choice;
    for (const Tone& tone : m_tones) choice.*tone.number = PictureChoice{}.*tone.number;
    choose(choice);
  });
  return section(tr("Tone"), form, reset);
}

void PicturePanel::addTone(QFormLayout& form, const QString& name, double PictureChoice::*number, int low,
                           int high, int usual) {
  Tone tone{new QSlider(Qt::Horizontal), new QLabel, number, usual};
  tone.slider->setRange(low, high);
  tone.slider->setPageStep(10);
  tone.slider->setAccessibleName(name);
  tone.slider->setToolTip(tr("A double click resets it"));
  tone.slider->installEventFilter(this);
  tone.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  tone.value->setMinimumWidth(tone.value->fontMetrics().horizontalAdvance(QStringLiteral("+100 %")));
  auto* row = new QHBoxLayout;
  row->addWidget(tone.slider, 1);
  row->addWidget(tone.value);
  form.addRow(name, row);
  m_tones.push_back(tone);
  connect(tone.slider, &QSlider::valueChanged, this, &PicturePanel::readControls);
}

QWidget* PicturePanel::makeProfiles() {
  m_useProfile = new QCheckBox(tr("Use the slide's profile"));
  m_useProfile->setToolTip(tr("P compares"));
  m_profile = makeReason(tr("Colour profile of the slide"));
  m_profile->setContentsMargins(22, 0, 0, 0);
  m_screen =
      makeList({tr("As the system says"), tr("sRGB"), tr("From a file…")}, tr("Profile of the screen"));
  m_screenReason = makeReason(tr("Colour profile of the screen"));
  auto* form = new QFormLayout;
  form->addRow(m_useProfile);
  form->addRow(m_profile);
  form->addRow(tr("Screen"), m_screen);
  form->addRow(m_screenReason);
  connect(m_useProfile, &QCheckBox::toggled, this, &PicturePanel::readControls);
  connect(m_screen, &QComboBox::activated, this,
          [this](int index) { Q_EMIT screenWanted(static_cast<Screen>(index)); });
  return section(tr("Colour profiles"), form);
}

void PicturePanel::choose(const PictureChoice& choice) {
  if (choice == m_choice) return;
  m_choice = choice;
  showChoice();
  Q_EMIT chosen();
}

void PicturePanel::readControls() {
  PictureChoice choice = m_choice;
  choice.stain = static_cast<StainView>(m_view->currentIndex());
  if (m_stains->isEnabled()) choice.estimatedStains = m_stains->currentIndex() == 0;
  for (const Tone& tone : m_tones) choice.*tone.number = double(tone.slider->value()) / kSteps;
  if (m_useProfile->isEnabled()) choice.useProfile = m_useProfile->isChecked();
  choose(choice);
}

void PicturePanel::showChoice() {
  const QSignalBlocker quiet[] = {QSignalBlocker(m_view), QSignalBlocker(m_stains),
                                  QSignalBlocker(m_useProfile)};
  m_view->setCurrentIndex(static_cast<int>(m_choice.stain));
  m_stains->setCurrentIndex(m_choice.estimatedStains && m_stains->isEnabled() ? 0 : 1);
  for (const Tone& tone : m_tones) {
    const QSignalBlocker still(tone.slider);
    tone.slider->setValue(static_cast<int>(std::lround(m_choice.*tone.number * kSteps)));
    tone.value->setText(inWords(tone.number, m_choice.*tone.number));
  }
  m_useProfile->setChecked(m_choice.useProfile && m_useProfile->isEnabled());
}

void PicturePanel::showSlide(const Slide& slide) {
  setEnabled(true);
  const bool hasProfile = !slide.colourProfile.empty();
  m_useProfile->setEnabled(hasProfile);
  say(m_profile, hasProfile                           ? QString::fromStdString(slide.colourProfileName)
                 : slide.colourProfileRefusal.empty() ? tr("This slide has no colour profile.")
                                                      : QString::fromStdString(slide.colourProfileRefusal));
  m_stains->setEnabled(false);
  m_view->setEnabled(slide.channels.empty());
  say(m_stainReason, {});
  m_choice = {};
  showChoice();
}

void PicturePanel::showStains(const StainEstimate& found) {
  m_stains->setEnabled(found.refusal.empty());
  say(m_stainReason, QString::fromStdString(found.refusal));
  showChoice();
}

void PicturePanel::showScreen(Screen source, const ScreenProfile& screen, const QString& file) {
  m_screen->setCurrentIndex(static_cast<int>(source));
  m_screen->setItemText(
      static_cast<int>(Screen::File),
      file.isEmpty() ? tr("From a file…") : tr("File: %1…").arg(QFileInfo(file).fileName()));
  if (!screen.refusal.empty())
    say(m_screenReason, tr("%1 The screen counts as sRGB.").arg(QString::fromStdString(screen.refusal)));
  else if (!screen.bytes.empty())
    say(m_screenReason, QString::fromStdString(screen.name));
  else
    say(m_screenReason,
        source == Screen::System ? tr("The system names no profile: the screen counts as sRGB.") : QString());
}

bool PicturePanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::MouseButtonDblClick)
    for (const Tone& tone : m_tones)
      if (watched == tone.slider) {
        tone.slider->setValue(tone.usual);
        return true;
      }
  return QScrollArea::eventFilter(watched, event);
}

}  // namespace geneglass
