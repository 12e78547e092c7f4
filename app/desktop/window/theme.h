// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace geneglass {

/// Neutral dark greys, so that the window does not tint what the eye sees in the slide.
void applyTheme(QApplication& application);

}  // namespace geneglass
