// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/spread_delegate.h"

#include <QPainter>

#include "app/desktop/genes/gene_table.h"
#include "app/desktop/genes/tile_spreads.h"

namespace geneglass {

void SpreadDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& cell) const {
  QStyledItemDelegate::paint(painter, option, cell);
  const TileSpread* spread = m_spreads.find(cell.data(GeneTable::kGeneRole).toInt());
  if (!spread) return;
  const QRectF room = QRectF(option.rect).adjusted(3, 3, -3, -2);
  const double step = room.width() / double(spread->size());
  const bool chosen = option.state & QStyle::State_Selected;
  const QColor ink = option.palette.color(chosen ? QPalette::HighlightedText : QPalette::Text);
  for (size_t place = 0; place < spread->size(); ++place) {
    const double height =
        std::max(double((*spread)[place]) * room.height(), (*spread)[place] > 0 ? 1.0 : 0.0);
    painter->fillRect(QRectF(room.left() + double(place) * step, room.bottom() - height, step * 0.85, height),
                      ink);
  }
}

}  // namespace geneglass
