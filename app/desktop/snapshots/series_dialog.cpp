// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/series_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/desktop/snapshots/snapshot_series.h"

namespace geneglass {

SeriesDialog::SeriesDialog(const Prediction& prediction, int gene, const QString& slide,
                           const QString& pattern, QWidget* parent)
    : QDialog(parent),
      m_slide(slide),
      m_genes(new QListWidget),
      m_pattern(new QLineEdit(pattern)),
      m_names(new QLabel) {
  setWindowTitle(tr("Save a snapshot of each gene"));
  m_genes->setAccessibleName(tr("Genes"));
  m_genes->setSelectionMode(QAbstractItemView::ExtendedSelection);
  for (const GenePrediction& facts : prediction.genes) {
    const QString symbol = QString::fromStdString(facts.symbol);
    auto* item =
        new QListWidgetItem(facts.wellPredicted ? symbol : tr("%1 (cannot be predicted)").arg(symbol));
    item->setData(Qt::UserRole, symbol);
    m_genes->addItem(item);
  }
  if (gene >= 0 && gene < m_genes->count()) {
    m_genes->setCurrentRow(gene);
    m_genes->scrollToItem(m_genes->item(gene), QAbstractItemView::PositionAtCenter);
  }
  m_pattern->setAccessibleName(tr("Names of the files"));
  m_names->setWordWrap(true);
  m_names->setMinimumWidth(50 * fontMetrics().averageCharWidth());
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_save = buttons->addButton(tr("Choose the Folder…"), QDialogButtonBox::AcceptRole);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* form = new QFormLayout;
  form->addRow(tr("&Genes"), m_genes);
  form->addRow(tr("&Names"), m_pattern);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_names);
  layout->addWidget(buttons);
  connect(m_genes, &QListWidget::itemSelectionChanged, this, &SeriesDialog::showNames);
  connect(m_pattern, &QLineEdit::textChanged, this, &SeriesDialog::showNames);
  showNames();
}

std::vector<int> SeriesDialog::genes() const {
  std::vector<int> chosen;
  for (int row = 0; row < m_genes->count(); ++row)
    if (m_genes->item(row)->isSelected()) chosen.push_back(row);
  return chosen;
}

QString SeriesDialog::pattern() const {
  return m_pattern->text();
}

void SeriesDialog::showNames() {
  QStringList symbols;
  for (const int gene : genes()) symbols << m_genes->item(gene)->data(Qt::UserRole).toString();
  const auto names = seriesNames(pattern(), m_slide, symbols);
  m_save->setEnabled(names && !names->isEmpty());
  if (!names) return m_names->setText(QString::fromStdString(names.error().sentence));
  if (names->isEmpty()) return m_names->setText(tr("No gene is chosen. Ctrl+A chooses all."));
  const QString first = names->first();
  m_names->setText(names->size() == 1 ? first
                                      : tr("%n files, %1 first", nullptr, int(names->size())).arg(first));
}

}  // namespace geneglass
