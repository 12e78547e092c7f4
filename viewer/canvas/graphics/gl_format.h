// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QSurfaceFormat;

namespace geneglass {

/// OpenGL 3.3, core profile: what everything here draws with.
QSurfaceFormat glFormat();

/// Makes it every window's, so that their contexts can share. Before QApplication is made.
void useGlFormatEverywhere();

}  // namespace geneglass
