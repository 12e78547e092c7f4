// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace geneglass {

/// Something of an overlay that the user may set. The program shows it in the panel of overlays, keeps its
/// value with the case and makes the overlay anew when it changes: a plugin draws no window of its own.
struct OverlayControl {
  enum class Kind { Tick, Number, Choice };
  QString key;   ///< in files: "line_width"; no other of the overlay has it
  QString name;  ///< for people: "Line width"
  Kind kind = Kind::Number;
  double value = 0;          ///< to begin with; 0 or 1 of a tick, the place in `choices` of a choice
  double low = 0, high = 1;  ///< of a number
  int decimals = 0;          ///< of a number
  QString unit = {};         ///< of a number: "%"
  QStringList choices = {};
  bool operator==(const OverlayControl&) const = default;
};

/// Why these cannot be shown, to follow a file's name ("has two controls 'width'"); empty where they can.
QString refusalOf(const std::vector<OverlayControl>& controls);

/// A value for each: that which is given, moved to the nearest there may be, or the first one's where none
/// is.
std::vector<double> fittingValues(const std::vector<OverlayControl>& controls,
                                  const std::vector<double>& given);

}  // namespace geneglass
