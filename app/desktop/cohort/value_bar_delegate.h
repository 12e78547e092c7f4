// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace geneglass {

/// Paints a value as a bar on its gene's scale, under the number. GUI thread.
class ValueBarDelegate final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& cell) const override;
};

}  // namespace geneglass
