// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/canvas/graphics/gl_format.h"

#include <QSurfaceFormat>

namespace geneglass {

QSurfaceFormat glFormat() {
  QSurfaceFormat format;
  format.setVersion(3, 3);
  format.setProfile(QSurfaceFormat::CoreProfile);
  return format;
}

void useGlFormatEverywhere() {
  QSurfaceFormat::setDefaultFormat(glFormat());
}

}  // namespace geneglass
