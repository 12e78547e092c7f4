// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

#include "viewer/slide/image.h"

namespace geneglass {

/// A copy of the pixels as Qt holds them, over white where the scanner recorded nothing. Any thread.
QImage toQImage(const Image& image);

}  // namespace geneglass
