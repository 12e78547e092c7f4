// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace geneglass::testing {

/// What a screen reader or a hand on the keyboard misses in a window, a line each: controls without a name,
/// labels whose words are hidden behind their name, boxes of choices called by their choice, sliders without
/// a value, buttons that Tab does not reach, and letters that two fields share.
QStringList missedIn(QWidget& window);

}  // namespace geneglass::testing
