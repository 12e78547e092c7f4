// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/preferences/preferences_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>
#include <limits>
#include <utility>

#include "app/desktop/preferences/language.h"
#include "app/desktop/workplace/memory_budget.h"
#include "viewer/foundation/parallel.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

/// Any number can be typed: what is too many is said in a sentence, not cut off.
QSpinBox* makeCount(const QString& usual, const QString& suffix) {
  auto* count = new QSpinBox;
  count->setRange(0, std::numeric_limits<int>::max());
  count->setSpecialValueText(usual);
  count->setSuffix(suffix);
  return count;
}

QComboBox* makeChoice(const QStringList& names) {
  auto* choice = new QComboBox;
  choice->addItems(names);
  return choice;
}

void addRow(QFormLayout& form, const QString& name, QWidget* field, const QString& hint) {
  form.addRow(name, field);
  field->setToolTip(hint);
  field->setAccessibleDescription(hint);
  QString plain = name;
  field->setAccessibleName(plain.remove(QLatin1Char('&')));
}

}  // namespace

PreferencesDialog::PreferencesDialog(const Preferences& now, const QString& share, GeneRefusal geneRefusal,
                                     QWidget* parent)
    : QDialog(parent), m_now(now), m_geneRefusal(std::move(geneRefusal)), m_said(new QLabel) {
  setWindowTitle(tr("Preferences"));
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  addWork(*form, share);
  addLook(*form);
  m_said->setWordWrap(true);
  m_said->setAccessibleName(tr("What the preferences lack"));
  m_said->setMinimumHeight(2 * fontMetrics().lineSpacing());
  m_said->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel |
                                       QDialogButtonBox::RestoreDefaults);
  m_ok = buttons->button(QDialogButtonBox::Ok);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_said);
  layout->addWidget(buttons);
  setMinimumWidth(52 * fontMetrics().averageCharWidth());
  enter(now);
  connect(buttons, &QDialogButtonBox::accepted, this, &PreferencesDialog::take);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this,
          [this] { enter({}); });
  for (QSpinBox* count : {m_memory, m_threads})
    connect(count, &QSpinBox::valueChanged, this, &PreferencesDialog::check);
  for (QComboBox* choice : {m_units, m_language, m_theme})
    connect(choice, &QComboBox::currentIndexChanged, this, &PreferencesDialog::check);
  connect(m_gene, &QLineEdit::textChanged, this, &PreferencesDialog::check);
  check();
}

void PreferencesDialog::addWork(QFormLayout& form, const QString& share) {
  m_memory = makeCount(tr("a quarter: %1").arg(bytesText(qint64(usualMemoryBudget()))), tr(" MiB"));
  m_memory->setSingleStep(256);
  m_threads = makeCount(tr("all %1 processors").arg(threadCount(0)), {});
  m_predicts = new QCheckBox(tr("&Predict a slide as soon as it is open"));
  m_predicts->setToolTip(tr("Without it, F5 predicts the slide that is open."));
  m_predicts->setAccessibleDescription(m_predicts->toolTip());
  m_gene = new QLineEdit;
  m_gene->setPlaceholderText(tr("none"));
  addRow(form, tr("&Memory"), m_memory,
         tr("What tiles, textures and maps of all open slides take at most. %1").arg(share));
  addRow(form, tr("&Threads"), m_threads,
         tr("Threads that read tiles and predict, from the next slide or prediction on."));
  form.addRow(m_predicts);
  addRow(form, tr("&Gene shown first"), m_gene,
         tr("The gene whose map a slide shows from the start, until another is chosen."));
}

void PreferencesDialog::addLook(QFormLayout& form) {
  m_units = makeChoice({tr("Micrometres and millimetres"), tr("Pixels of the slide")});
  m_language = makeChoice({tr("As the system"), QStringLiteral("English"), QStringLiteral("Deutsch")});
  m_theme = makeChoice({tr("As the system"), tr("Dark"), tr("Light")});
  addRow(form, tr("&Units"), m_units, tr("In what lengths, areas and positions are shown."));
  addRow(form, tr("&Language"), m_language,
         tr("The language of all texts and numbers. It changes after a restart."));
  addRow(form, tr("T&heme"), m_theme, tr("The colours of the window; the slide's stay as they are."));
}

void PreferencesDialog::enter(const Preferences& preferences) {
  m_memory->setValue(preferences.memoryMiB);
  m_threads->setValue(preferences.threads);
  m_predicts->setChecked(preferences.predicts);
  m_gene->setText(preferences.gene);
  m_units->setCurrentIndex(int(preferences.units));
  m_language->setCurrentIndex(int(preferences.language));
  m_theme->setCurrentIndex(int(preferences.theme));
}

Preferences PreferencesDialog::entered() const {
  return {m_memory->value(),
          m_threads->value(),
          m_predicts->isChecked(),
          m_gene->text().trimmed(),
          Units(m_units->currentIndex()),
          Language(m_language->currentIndex()),
          Theme(m_theme->currentIndex())};
}

QString PreferencesDialog::said() const {
  return m_said->text();
}

void PreferencesDialog::check() {
  const Preferences wanted = entered();
  const QString refusal = refusalOf(wanted, m_geneRefusal);
  const bool restarts = shownLanguage(wanted.language) != shownLanguage(m_now.language);
  m_said->setText(!refusal.isEmpty() ? refusal
                  : restarts         ? tr("The language changes after a restart.")
                                     : QString());
  m_said->setProperty("refusal", !refusal.isEmpty());
  m_said->style()->polish(m_said);
  m_ok->setEnabled(refusal.isEmpty());
}

void PreferencesDialog::take() {
  const Preferences wanted = entered();
  if (!refusalOf(wanted, m_geneRefusal).isEmpty()) return;
  keep(wanted);
  Q_EMIT chosen(wanted);
  accept();
}

}  // namespace geneglass
