// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/snapshots/annotation_series_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace geneglass {
namespace {

/// The first two choices; a class is a choice by its name.
constexpr int kAll = 0;
constexpr int kSelected = 1;

}  // namespace

AnnotationSeriesDialog::AnnotationSeriesDialog(std::vector<SeriesAnnotation> annotations,
                                               const QString& slide, const QString& pattern, double margin,
                                               QWidget* parent)
    : QDialog(parent),
      m_all(std::move(annotations)),
      m_slide(slide),
      m_which(new QComboBox),
      m_margin(new QSpinBox),
      m_pattern(new QLineEdit(pattern)),
      m_names(new QLabel) {
  setWindowTitle(tr("Save a snapshot of each annotation"));
  m_margin->setRange(0, 1000);
  m_margin->setValue(int(std::lround(margin * 100)));
  addChoices();
  build();
  connect(m_which, &QComboBox::currentIndexChanged, this, &AnnotationSeriesDialog::showNames);
  connect(m_pattern, &QLineEdit::textChanged, this, &AnnotationSeriesDialog::showNames);
  showNames();
}

void AnnotationSeriesDialog::addChoices() {
  m_which->addItem(tr("All annotations"), kAll);
  if (std::ranges::any_of(m_all, &SeriesAnnotation::isSelected))
    m_which->addItem(tr("Those that are selected"), kSelected);
  std::map<QString, int> classes;
  for (const SeriesAnnotation& annotation : m_all) ++classes[annotation.className];
  if (classes.size() < 2) return;
  for (const auto& [name, count] : classes)
    m_which->addItem(name.isEmpty() ? tr("Those without a class") : tr("Those of class “%1”").arg(name),
                     name);
}

void AnnotationSeriesDialog::build() {
  m_which->setAccessibleName(tr("Annotations"));
  m_margin->setAccessibleName(tr("Margin around each, of its longer side"));
  m_margin->setToolTip(m_margin->accessibleName());
  m_margin->setSuffix(tr(" %"));
  m_pattern->setAccessibleName(tr("Names of the files"));
  m_pattern->setToolTip(tr("{slide}, {number}, {name} and {class} are replaced; the ending says the format"));
  m_names->setWordWrap(true);
  m_names->setMinimumWidth(50 * fontMetrics().averageCharWidth());
  auto* note =
      new QLabel(tr("As large, and with what stands on it, as was chosen last under Save Snapshot."));
  note->setWordWrap(true);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_save = buttons->addButton(tr("Choose the Folder…"), QDialogButtonBox::AcceptRole);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* form = new QFormLayout;
  form->addRow(tr("&Annotations"), m_which);
  form->addRow(tr("&Margin"), m_margin);
  form->addRow(tr("&Names"), m_pattern);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_names);
  layout->addWidget(note);
  layout->addWidget(buttons);
}

std::vector<SeriesAnnotation> AnnotationSeriesDialog::annotations() const {
  const QVariant which = m_which->currentData();
  const bool byClass = which.typeId() == QMetaType::QString;
  std::vector<SeriesAnnotation> chosen;
  std::ranges::copy_if(m_all, std::back_inserter(chosen), [&](const SeriesAnnotation& annotation) {
    if (byClass) return annotation.className == which.toString();
    return which.toInt() == kAll || annotation.isSelected;
  });
  return chosen;
}

QString AnnotationSeriesDialog::pattern() const {
  return m_pattern->text();
}

double AnnotationSeriesDialog::margin() const {
  return m_margin->value() / 100.0;
}

void AnnotationSeriesDialog::showNames() {
  const auto names = annotationNames(pattern(), m_slide, annotations());
  m_save->setEnabled(names && !names->isEmpty());
  if (!names) return m_names->setText(QString::fromStdString(names.error().sentence));
  if (names->isEmpty()) return m_names->clear();
  const QString first = names->first();
  m_names->setText(names->size() == 1 ? first
                                      : tr("%n files, %1 first", nullptr, int(names->size())).arg(first));
}

}  // namespace geneglass
