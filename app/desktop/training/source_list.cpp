// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/source_list.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace geneglass {

static constexpr int kShownPaths = 4;

SourceList::SourceList(QWidget* parent)
    : QWidget(parent), m_list(new QListWidget), m_remove(new QPushButton(tr("Remo&ve"))) {
  m_list->setAccessibleName(tr("Slides and folders"));
  m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_list->setTextElideMode(Qt::ElideMiddle);
  m_list->setFixedHeight(kShownPaths * (fontMetrics().lineSpacing() + 4));
  setFocusProxy(m_list);
  auto* buttons = new QVBoxLayout;
  auto* folder = new QPushButton(tr("Add &Folder…"));
  auto* slides = new QPushButton(tr("Add &Slides…"));
  for (QPushButton* button : {folder, slides, m_remove}) {
    button->setAutoDefault(false);
    buttons->addWidget(button);
  }
  buttons->addStretch(1);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_list, 1);
  layout->addLayout(buttons);
  m_remove->setEnabled(false);
  connect(folder, &QPushButton::clicked, this, &SourceList::askForFolder);
  connect(slides, &QPushButton::clicked, this, &SourceList::askForSlides);
  connect(m_remove, &QPushButton::clicked, this, &SourceList::removeChosen);
  auto* removal = new QShortcut(QKeySequence::Delete, m_list);
  removal->setContext(Qt::WidgetShortcut);
  connect(removal, &QShortcut::activated, this, &SourceList::removeChosen);
  connect(m_list, &QListWidget::itemSelectionChanged, this,
          [this] { m_remove->setEnabled(!m_list->selectedItems().isEmpty()); });
}

QStringList SourceList::paths() const {
  QStringList all;
  for (int row = 0; row < m_list->count(); ++row) all << m_list->item(row)->text();
  return all;
}

void SourceList::add(const QStringList& paths) {
  for (const QString& path : paths) {
    if (path.isEmpty() || this->paths().contains(path)) continue;
    m_list->addItem(path);
    m_list->item(m_list->count() - 1)->setToolTip(path);
  }
  Q_EMIT changed();
}

void SourceList::askForFolder() {
  auto* dialog = new QFileDialog(this, tr("Choose a folder of slides or pictures"),
                                 paths().isEmpty() ? QString() : QFileInfo(paths().last()).path());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::filesSelected, this, &SourceList::add);
  dialog->open();
}

void SourceList::askForSlides() {
  auto* dialog = new QFileDialog(this, tr("Choose slides"),
                                 paths().isEmpty() ? QString() : QFileInfo(paths().last()).path());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, &SourceList::add);
  dialog->open();
}

void SourceList::removeChosen() {
  qDeleteAll(m_list->selectedItems());
  Q_EMIT changed();
}

}  // namespace geneglass
