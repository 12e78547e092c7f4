// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/few_tiles_text.h"

#include <QCoreApplication>

namespace geneglass {

QString fewTilesText(const Prediction& prediction) {
  if (!isOfFewTiles(prediction)) return {};
  const size_t tiles = tilesOf(prediction);
  const QString text =
      tiles == 1
          ? QCoreApplication::translate("FewTiles",
                                        "Only 1 tile of tissue: of fewer than %2, what is said of the "
                                        "whole slide is not to be relied on.")
          : QCoreApplication::translate("FewTiles",
                                        "Only %1 tiles of tissue: of fewer than %2, what is said of the "
                                        "whole slide is not to be relied on.");
  return QString(text)
      .replace(QStringLiteral("%1"), QString::number(tiles))
      .replace(QStringLiteral("%2"), QString::number(kFewTiles));
}

}  // namespace geneglass
