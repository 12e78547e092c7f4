// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegion>
#include <QWidget>

namespace geneglass {

/// Whether the user can see some of it: a panel behind another's tab is visible for Qt, and only lies beside
/// the window. It is painted once it comes to the front.
inline bool isInSight(const QWidget& widget) {
  return widget.isVisible() && !widget.visibleRegion().isEmpty();
}

}  // namespace geneglass
