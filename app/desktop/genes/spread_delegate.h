// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace geneglass {

class TileSpreads;

/// Paints how the tile values of a row's gene are spread. GUI thread.
class SpreadDelegate final : public QStyledItemDelegate {
 public:
  explicit SpreadDelegate(const TileSpreads& spreads, QObject* parent = nullptr)  ///< which outlive it
      : QStyledItemDelegate(parent), m_spreads(spreads) {}
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& cell) const override;

 private:
  const TileSpreads& m_spreads;
};

}  // namespace geneglass
