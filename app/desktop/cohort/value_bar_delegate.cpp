// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/cohort/value_bar_delegate.h"

#include <QPainter>

#include "app/desktop/cohort/cohort_table.h"

namespace geneglass {

void ValueBarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& cell) const {
  QStyledItemDelegate::paint(painter, option, cell);
  const QVariant bar = cell.data(CohortTable::kBarRole);
  if (!bar.isValid()) return;
  const QRectF room = QRectF(option.rect).adjusted(6, 0, -6, 0);
  const QRectF line(room.left(), room.center().y() + option.fontMetrics.height() * 0.6, room.width(), 5);
  const bool isChosen = option.state & QStyle::State_Selected;
  QColor ink = option.palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text);
  ink.setAlpha(50);
  painter->fillRect(line, ink);
  const QColor full = option.palette.color(isChosen ? QPalette::HighlightedText : QPalette::Highlight);
  painter->fillRect(
      QRectF(line.left(), line.top(), std::max(2.0, bar.toDouble() * line.width()), line.height()), full);
}

}  // namespace geneglass
