// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/overlay_control.h"

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

using Kind = OverlayControl::Kind;

/// The highest there may be.
double highestOf(const OverlayControl& control) {
  if (control.kind == Kind::Tick) return 1;
  return control.kind == Kind::Choice ? double(control.choices.size()) - 1 : control.high;
}

double lowestOf(const OverlayControl& control) {
  return control.kind == Kind::Number ? control.low : 0;
}

}  // namespace

QString refusalOf(const std::vector<OverlayControl>& controls) {
  for (auto control = controls.begin(); control != controls.end(); ++control) {
    if (control->key.isEmpty() || control->name.isEmpty())
      return QStringLiteral("has a control without a key or a name");
    if (std::any_of(controls.begin(), control, [&](const auto& other) { return other.key == control->key; }))
      return QStringLiteral("has two controls '%1'").arg(control->key);
    const double low = lowestOf(*control), high = highestOf(*control);
    const bool hasRoom = std::isfinite(low) && std::isfinite(high) && low <= high;
    if (!hasRoom || !(control->value >= low && control->value <= high))
      return QStringLiteral("has a control '%1' that begins outside what it may be").arg(control->key);
  }
  return {};
}

std::vector<double> fittingValues(const std::vector<OverlayControl>& controls,
                                  const std::vector<double>& given) {
  std::vector<double> values;
  for (const OverlayControl& control : controls) {
    const size_t place = values.size();
    double value = place < given.size() && std::isfinite(given[place]) ? given[place] : control.value;
    if (control.kind != Kind::Number) value = std::round(value);
    values.push_back(std::clamp(value, lowestOf(control), highestOf(control)));
  }
  return values;
}

}  // namespace geneglass
