// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_search.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>
#include <algorithm>

namespace geneglass {

GeneSearch::GeneSearch(QSortFilterProxyModel& rows, QAbstractItemView& view, QWidget* parent)
    : QWidget(parent), m_rows(rows), m_view(view), m_field(new QLineEdit), m_missing(new QLabel) {
  m_field->setPlaceholderText(tr("Gene or class"));
  m_field->setAccessibleName(tr("Search genes"));
  m_field->setAccessibleDescription(tr("Enter chooses the best match, the arrows go through the others."));
  m_field->setToolTip(tr("Ctrl+F. Enter chooses the best match, the arrows go through the others."));
  m_field->setClearButtonEnabled(true);
  m_field->installEventFilter(this);
  m_missing->setWordWrap(true);
  m_missing->hide();
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(m_field);
  layout->addWidget(m_missing);
  connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
    Q_EMIT textChanged(text);
    tellMissing();
  });
  connect(m_field, &QLineEdit::returnPressed, this, [this] {
    const int row = bestRow();
    if (row < 0) return;
    m_view.setCurrentIndex(m_rows.index(row, 0));
    Q_EMIT rowChosen(m_rows.index(row, 0));
  });
}

void GeneSearch::showModel(const QString& name) {
  m_model = name;
  tellMissing();
}

void GeneSearch::begin() {
  m_field->setFocus();
  m_field->selectAll();
}

void GeneSearch::tellMissing() {
  const QString typed = m_field->text().trimmed();
  const bool missing = !typed.isEmpty() && !m_model.isEmpty() && m_rows.rowCount() == 0;
  if (missing) m_missing->setText(tr("The model “%1” does not predict “%2”.").arg(m_model, typed));
  m_missing->setVisible(missing);
}

int GeneSearch::bestRow() const {
  const QString typed = m_field->text().trimmed();
  int begins = -1;
  for (int row = 0; row < m_rows.rowCount(); ++row) {
    const QString symbol = m_rows.index(row, 0).data().toString();
    if (symbol.compare(typed, Qt::CaseInsensitive) == 0) return row;
    if (begins < 0 && symbol.startsWith(typed, Qt::CaseInsensitive)) begins = row;
  }
  return begins >= 0 ? begins : std::min(0, m_rows.rowCount() - 1);
}

void GeneSearch::step(int by) {
  const int rows = m_rows.rowCount();
  if (rows == 0) return;
  const QModelIndex now = m_view.currentIndex();
  const int next = now.isValid() ? std::clamp(now.row() + by, 0, rows - 1) : bestRow();
  m_view.setCurrentIndex(m_rows.index(next, 0));
}

bool GeneSearch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<const QKeyEvent&>(*event).key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      step(key == Qt::Key_Down ? 1 : -1);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace geneglass
