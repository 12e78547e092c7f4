// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace geneglass {

/// Where a slide is shown: by a graphics processor, with OpenGL 3.3, or painted by the processor straight
/// into the window's own picture.
enum class Surface { Graphics, Raster };

/// What this computer is faster in: raster where its driver computes pictures on the processor itself, or has
/// no OpenGL 3.3. Found out once, in some tens of milliseconds; needs a QGuiApplication. GUI thread.
Surface usualSurface();

}  // namespace geneglass
