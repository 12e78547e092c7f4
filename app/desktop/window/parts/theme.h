// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/desktop/preferences/preferences.h"

class QApplication;
class QPalette;

namespace geneglass {

/// Neutral greys, dark or light, so that the window does not tint what the eye sees in the slide. At once,
/// also of windows that are open; sizes are those of the application's font.
void applyTheme(QApplication& application, Theme theme);

/// What Theme::System is on this desktop.
bool systemIsDark();

QPalette themePalette(bool dark);
QString themeSheet(bool dark, double points);  ///< of the application's font

}  // namespace geneglass
