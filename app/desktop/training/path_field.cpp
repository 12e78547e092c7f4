// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/path_field.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace geneglass {

PathField::PathField(Kind kind, const QString& name, const QString& hint, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_name(name), m_edit(new QLineEdit) {
  auto* button = new QPushButton(tr("Browse…"));
  m_edit->setPlaceholderText(hint);
  m_edit->setAccessibleName(name);
  button->setAccessibleName(tr("Browse for: %1").arg(name));
  button->setAutoDefault(false);
  setFocusProxy(m_edit);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_edit, 1);
  layout->addWidget(button);
  connect(button, &QPushButton::clicked, this, &PathField::browse);
  connect(m_edit, &QLineEdit::textChanged, this, &PathField::changed);
}

QString PathField::text() const {
  return m_edit->text().trimmed();
}

void PathField::setText(const QString& path) {
  m_edit->setText(path);
}

void PathField::setHint(const QString& hint) {
  m_edit->setPlaceholderText(hint);
}

void PathField::propose(const QString& path) {
  if (text() != m_proposed) return;
  m_proposed = path;
  setText(path);
}

void PathField::browse() {
  const bool folder = m_kind == Kind::Folder;
  auto* dialog = new QFileDialog(this, m_name, folder ? text() : QFileInfo(text()).path());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  if (folder) {
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
  } else if (m_kind == Kind::NewFolder) {
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
  } else {
    dialog->setFileMode(m_kind == Kind::Table ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->setNameFilters({tr("Tables (*.csv *.CSV *.txt)"), tr("All files (*)")});
  }
  connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
  dialog->open();
}

}  // namespace geneglass
