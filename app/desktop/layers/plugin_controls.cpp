// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/plugin_controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QSignalBlocker>
#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

/// A hundred steps from end to end, but none smaller than what is shown.
double stepOf(const OverlayControl& control) {
  return std::max((control.high - control.low) / 100, std::pow(10.0, -control.decimals));
}

}  // namespace

PluginControls::PluginControls(const QString& name, const std::vector<OverlayControl>& controls,
                               QWidget* parent)
    : QWidget(parent) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(12, 2, 0, 4);
  form->setVerticalSpacing(4);
  form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  const auto add = [&](auto* widget, const OverlayControl& control, auto changed, auto show) {
    const size_t place = m_show.size();
    widget->setAccessibleName(tr("%1 of %2").arg(control.name, name));
    connect(widget, changed, this, [this, place](auto value) { Q_EMIT chosen(place, double(value)); });
    m_show.emplace_back([widget, show](double value) {
      const QSignalBlocker quiet(widget);
      show(*widget, value);
    });
  };
  for (const OverlayControl& control : controls) switch (control.kind) {
      case OverlayControl::Kind::Tick: {
        auto* tick = new QCheckBox(control.name);
        add(tick, control, &QCheckBox::toggled,
            [](QCheckBox& box, double value) { box.setChecked(value > 0); });
        form->addRow(tick);
        break;
      }
      case OverlayControl::Kind::Number: {
        auto* number = new QDoubleSpinBox;
        number->setKeyboardTracking(false);
        number->setDecimals(control.decimals);
        number->setRange(control.low, control.high);
        number->setSingleStep(stepOf(control));
        if (!control.unit.isEmpty()) number->setSuffix(QLatin1Char(' ') + control.unit);
        add(number, control, &QDoubleSpinBox::valueChanged,
            [](QDoubleSpinBox& box, double value) { box.setValue(value); });
        form->addRow(control.name, number);
        break;
      }
      case OverlayControl::Kind::Choice: {
        auto* choice = new QComboBox;
        choice->addItems(control.choices);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(8);
        add(choice, control, &QComboBox::currentIndexChanged,
            [](QComboBox& box, double value) { box.setCurrentIndex(int(value)); });
        form->addRow(control.name, choice);
        break;
      }
    }
}

void PluginControls::showValues(const std::vector<double>& values) {
  for (size_t control = 0; control < m_show.size() && control < values.size(); ++control)
    m_show[control](values[control]);
}

}  // namespace geneglass
