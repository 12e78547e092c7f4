// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/layer_controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr QSize kColourStrip(64, 12);

/// As on white paper.
QPixmap stripOf(ColourMap map) {
  QPixmap strip(kColourStrip);
  strip.fill(Qt::white);
  QPainter(&strip).drawImage(strip.rect(), colourTable(map));
  return strip;
}

/// The others have names that are the same in every language.
QString titleOf(ColourMap map) {
  return map == ColourMap::OneHue ? LayerControls::tr("one hue") : toString(map);
}

QComboBox* makeColourChoice() {
  auto* choice = new QComboBox;
  choice->setIconSize(kColourStrip);
  for (const ColourMap map : kAllColourMaps) choice->addItem(stripOf(map), titleOf(map));
  choice->setItemData(int(ColourMap::OneHue),
                      LayerControls::tr("From nothing to green: the tissue is seen where values are low"),
                      Qt::ToolTipRole);
  return choice;
}

QWidget* inOneRow(QWidget* left, QWidget* right) {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(left, 1);
  layout->addWidget(right, 1);
  return row;
}

}  // namespace

LayerControls::LayerControls(const QString& name, const std::vector<OverlayControl>& controls,
                             QWidget* parent)
    : QWidget(parent),
      m_on(new QCheckBox(name)),
      m_refusal(new QLabel),
      m_settings(new PluginControls(name, controls)),
      m_styleControls(makeStyleControls(name)) {
  QFont bold = m_on->font();
  bold.setBold(true);
  m_on->setFont(bold);
  m_on->setAccessibleName(tr("Show %1").arg(name));
  m_on->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // a long name cuts no sentence below it
  m_refusal->setWordWrap(true);
  m_refusal->setEnabled(false);
  m_refusal->setAccessibleName(tr("Why %1 is not shown").arg(name));
  m_refusal->setContentsMargins(22, 0, 0, 0);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 6, 10, 6);
  layout->setSpacing(4);
  layout->addWidget(m_on);
  layout->addWidget(m_refusal);
  layout->addWidget(m_styleControls);
  layout->addWidget(m_settings);
  connect(m_on, &QCheckBox::toggled, this, &LayerControls::switched);
  connect(m_settings, &PluginControls::chosen, this, &LayerControls::settingChosen);
}

QDoubleSpinBox* LayerControls::makeNumber(const QString& accessibleName) {
  auto* number = new QDoubleSpinBox;
  number->setAccessibleName(accessibleName);
  number->setKeyboardTracking(false);
  number->setMinimumWidth(8 * fontMetrics().averageCharWidth());
  connect(number, &QDoubleSpinBox::valueChanged, this, &LayerControls::readStyle);
  return number;
}

QWidget* LayerControls::makeStyleControls(const QString& name) {
  m_opacity = new QSlider(Qt::Horizontal);
  m_opacity->setRange(0, 100);
  m_opacity->setAccessibleName(tr("Opacity of %1").arg(name));
  m_colours = makeColourChoice();
  m_colours->setAccessibleName(tr("Colours of %1").arg(name));
  m_range = new QComboBox;
  m_range->addItems({tr("Percentiles"), tr("Values")});
  m_range->setAccessibleName(tr("Range of %1 is given as").arg(name));
  m_low = makeNumber(tr("First colour of %1 at").arg(name));
  m_high = makeNumber(tr("Last colour of %1 at").arg(name));
  m_threshold = makeNumber(tr("Hide %1 below").arg(name));
  m_smooth = new QCheckBox(tr("Smooth between tiles"));
  m_smooth->setAccessibleName(tr("Smooth %1 between tiles").arg(name));

  auto* controls = new QWidget;
  auto* form = new QFormLayout(controls);
  form->setContentsMargins(12, 2, 0, 4);
  form->setVerticalSpacing(4);
  form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  for (QComboBox* choice : {m_colours, m_range}) {
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(8);
  }
  form->addRow(tr("Opacity"), m_opacity);
  form->addRow(tr("Colours"), m_colours);
  form->addRow(tr("Range in"), m_range);
  form->addRow(tr("From, to"), inOneRow(m_low, m_high));
  form->addRow(tr("Hide below"), m_threshold);
  form->addRow(m_smooth);
  connect(m_opacity, &QSlider::valueChanged, this, &LayerControls::readStyle);
  connect(m_colours, &QComboBox::currentIndexChanged, this, &LayerControls::readStyle);
  connect(m_range, &QComboBox::activated, this, &LayerControls::chooseRange);
  connect(m_smooth, &QCheckBox::toggled, this, &LayerControls::readStyle);
  return controls;
}

int LayerControls::widest() const {
  const QMargins margins = layout()->contentsMargins();
  return std::max({m_styleControls->minimumSizeHint().width(), m_settings->minimumSizeHint().width(),
                   m_on->sizeHint().width()}) +
         margins.left() + margins.right();
}

void LayerControls::showOverlay(const OverlayWish& wish, const StackedOverlay& stacked) {
  m_heatmap = stacked.overlay ? stacked.overlay->heatmap() : nullptr;
  if (stacked.overlay) m_style = styleOf(wish, *stacked.overlay);
  const QSignalBlocker quiet(m_on);
  m_on->setChecked(wish.on);
  m_on->setEnabled(wish.entry.plugin != nullptr);
  m_refusal->setText(stacked.refusal);
  m_refusal->setVisible(!stacked.refusal.isEmpty());
  m_styleControls->setVisible(m_heatmap && wish.on);
  m_settings->setVisible(stacked.overlay && wish.on && !wish.settings.empty());
  m_settings->showValues(wish.settings);
  m_on->setToolTip(isMap(wish.entry.role) ? tr("Shown instead of the other maps; with Ctrl, over them")
                                          : QString());
  if (!m_heatmap) return;
  showStyle();
  for (QWidget* ofValues :
       {static_cast<QWidget*>(m_colours), static_cast<QWidget*>(m_range), m_low->parentWidget(),
        static_cast<QWidget*>(m_threshold), static_cast<QWidget*>(m_smooth)})
    ofValues->setEnabled(!m_heatmap->mix);
}

void LayerControls::showStyle() {
  const QSignalBlocker quiet[] = {
      QSignalBlocker(m_opacity), QSignalBlocker(m_colours),   QSignalBlocker(m_range), QSignalBlocker(m_low),
      QSignalBlocker(m_high),    QSignalBlocker(m_threshold), QSignalBlocker(m_smooth)};
  const bool percent = m_style.range == HeatmapStyle::Range::Percentile;
  const bool any = !m_heatmap->sorted.empty();
  const double least = percent || !any ? 0 : double(m_heatmap->sorted.front());
  const double most = percent || !any ? 100 : double(m_heatmap->sorted.back());
  const int decimals =
      percent ? 0 : std::clamp(int(2 - std::floor(std::log10(std::max(1e-9, most - least)))), 0, 6);
  for (QDoubleSpinBox* number : {m_low, m_high, m_threshold}) {
    number->setDecimals(decimals);
    number->setSingleStep(percent ? 1 : (most - least) / 100);
    number->setSuffix(percent ? QStringLiteral(" %") : QString());
    // A range chosen for one gene may reach beyond another's values.
    number->setRange(std::min({least, m_style.low, m_style.threshold}),
                     std::max({most, m_style.high, m_style.threshold}));
  }
  m_opacity->setValue(int(std::lround(m_style.opacity * 100)));
  m_colours->setCurrentIndex(static_cast<int>(m_style.colours));
  m_range->setCurrentIndex(percent ? 0 : 1);
  m_low->setValue(m_style.low);
  m_high->setValue(m_style.high);
  m_threshold->setValue(m_style.threshold);
  m_smooth->setChecked(m_style.smooth);
}

void LayerControls::chooseRange(int index) {
  const auto wanted = index == 0 ? HeatmapStyle::Range::Percentile : HeatmapStyle::Range::Absolute;
  if (!m_heatmap || wanted == m_style.range) return;
  const ValueRange values = valueRange(*m_heatmap, m_style);
  const bool percent = wanted == HeatmapStyle::Range::Percentile;
  const auto converted = [&](float value) {
    return percent ? m_heatmap->percentileAt(value) : double(value);
  };
  m_style.range = wanted;
  m_style.low = converted(values.low);
  m_style.high = converted(values.high);
  m_style.threshold = converted(values.threshold);
  showStyle();
  tellStyle();
}

void LayerControls::readStyle() {
  m_style.opacity = m_opacity->value() / 100.0;
  m_style.colours = static_cast<ColourMap>(m_colours->currentIndex());
  m_style.low = m_low->value();
  m_style.high = m_high->value();
  m_style.threshold = m_threshold->value();
  m_style.smooth = m_smooth->isChecked();
  tellStyle();
}

void LayerControls::tellStyle() {
  Q_EMIT styleChosen(m_style, m_heatmap ? m_heatmap->name : QString());
}

}  // namespace geneglass
