// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMetaObject>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

namespace geneglass {
namespace {

constexpr int kRest = 250;  ///< ms without a change before it is checked
constexpr int kWidth = 640;

QString keyOf(const char* name) {
  return QStringLiteral("training/") + QLatin1String(name);
}

Result<QString> describeGuarded(const TrainingPlan& plan) {
  try {
    return describeTraining(plan);
  } catch (const std::exception& error) {
    return fail(std::string("The training could not be checked: ") + error.what() + ".");
  }
}

}  // namespace

TrainingDialog::TrainingDialog(QWidget* parent)
    : QDialog(parent),
      m_recipe(new QComboBox),
      m_labels(new QComboBox),
      m_folds(new QSpinBox),
      m_verdict(new QLabel) {
  setWindowTitle(tr("Train a model"));
  setMinimumWidth(kWidth);
  auto* form = new QFormLayout;
  m_cohort = addPath(*form, tr("&Cohort"), tr("CSV: slide, case, split, and a column a gene"),
                     &TrainingDialog::askForCohort);
  m_encoder = addPath(*form, tr("&Encoder"), tr("the shipped model's"), &TrainingDialog::askForEncoder);
  addRecipe(*form);
  m_out = addPath(*form, tr("&New model"), tr("a folder that is not there yet"), &TrainingDialog::askForOut);
  m_bags = addPath(*form, tr("Keep features &in"), tr("beside the new model"), &TrainingDialog::askForBags);
  for (QLineEdit* edit : {m_cohort, m_encoder, m_out, m_bags})
    connect(edit, &QLineEdit::textChanged, this, &TrainingDialog::waitToCheck);
  m_verdict->setWordWrap(true);
  m_verdict->setAccessibleName(tr("What is known of the cohort"));
  m_verdict->setMinimumHeight(3 * fontMetrics().lineSpacing());
  m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  m_begin = buttons->addButton(tr("Train"), QDialogButtonBox::AcceptRole);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(form);
  layout->addWidget(m_verdict, 1);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_begin, &QPushButton::clicked, this, &TrainingDialog::begin);
  connect(m_cohort, &QLineEdit::textChanged, this, &TrainingDialog::proposeOut);
  m_rest.setSingleShot(true);
  m_rest.setInterval(kRest);
  connect(&m_rest, &QTimer::timeout, this, &TrainingDialog::check);
  const QSettings settings;
  m_encoder->setText(settings.value(keyOf("encoder")).toString());
  m_bags->setText(settings.value(keyOf("bags")).toString());
  m_recipe->setCurrentIndex(std::max(0, m_recipe->findData(settings.value(keyOf("recipe")))));
  m_cohort->setText(settings.value(keyOf("cohort")).toString());
  check();
}

TrainingDialog::~TrainingDialog() = default;

QLineEdit* TrainingDialog::addPath(QFormLayout& form, const QString& name, const QString& hint,
                                   void (TrainingDialog::*ask)()) {
  auto* row = new QWidget;
  auto* edit = new QLineEdit;
  auto* browse = new QPushButton(tr("Browse…"));
  QString plain = name;
  plain.remove(QLatin1Char('&'));
  edit->setPlaceholderText(hint);
  edit->setAccessibleName(plain);
  browse->setAccessibleName(tr("Browse for: %1").arg(plain));
  browse->setAutoDefault(false);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(edit, 1);
  layout->addWidget(browse);
  form.addRow(name, row);
  if (auto* label = qobject_cast<QLabel*>(form.labelForField(row))) label->setBuddy(edit);
  connect(browse, &QPushButton::clicked, this, ask);
  return edit;
}

void TrainingDialog::addRecipe(QFormLayout& form) {
  m_recipe->addItem(tr("geneglass: all genes in one model"), QStringLiteral("geneglass"));
  m_recipe->addItem(tr("histcode2022: gated attention as in the paper, one model a gene and fold"),
                    QStringLiteral("histcode2022"));
  m_recipe->addItem(tr("graziani2022: as in the paper, one model a gene and fold"),
                    QStringLiteral("graziani2022"));
  m_labels->addItem(tr("as they are, unless they look like raw counts"), int(LabelRule::Checked));
  m_labels->addItem(tr("log2(x + 1)"), int(LabelRule::Log2));
  m_labels->addItem(tr("as they are, whatever they look like"), int(LabelRule::AsIs));
  m_folds->setRange(3, 50);
  m_folds->setValue(5);
  form.addRow(tr("&Recipe"), m_recipe);
  form.addRow(tr("&Values"), m_labels);
  form.addRow(tr("&Folds of cases"), m_folds);
  m_recipe->setAccessibleName(tr("Recipe"));
  m_labels->setAccessibleName(tr("What is made of the cohort's values"));
  m_folds->setAccessibleName(tr("Folds of cases"));
  for (QComboBox* box : {m_recipe, m_labels})
    connect(box, &QComboBox::currentIndexChanged, this, &TrainingDialog::waitToCheck);
  connect(m_folds, &QSpinBox::valueChanged, this, &TrainingDialog::waitToCheck);
}

void TrainingDialog::chooseCohort(const QString& file) {
  m_cohort->setText(file);
}

QString TrainingDialog::verdict() const {
  return m_verdict->text();
}

void TrainingDialog::askForCohort() {
  auto* dialog = new QFileDialog(this, tr("Choose a cohort"), QFileInfo(m_cohort->text()).path());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Tables (*.csv *.CSV)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, m_cohort, &QLineEdit::setText);
  dialog->open();
}

void TrainingDialog::askForFolder(const QString& title, QLineEdit* target) {
  auto* dialog = new QFileDialog(this, title, target->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, target, &QLineEdit::setText);
  dialog->open();
}

void TrainingDialog::askForEncoder() {
  askForFolder(tr("Choose a package whose encoder to use"), m_encoder);
}

void TrainingDialog::askForBags() {
  askForFolder(tr("Choose where features are kept"), m_bags);
}

void TrainingDialog::askForOut() {
  auto* dialog = new QFileDialog(this, tr("Name the new model's folder"), QFileInfo(m_out->text()).path());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setOption(QFileDialog::DontConfirmOverwrite);
  connect(dialog, &QFileDialog::fileSelected, m_out, &QLineEdit::setText);
  dialog->open();
}

/// A name beside the cohort, as long as the user has given none.
void TrainingDialog::proposeOut() {
  if (m_out->text() != m_proposed) return;
  const QFileInfo cohort(m_cohort->text());
  m_proposed = m_cohort->text().isEmpty()
                   ? QString()
                   : QStringLiteral("%1/%2-model").arg(cohort.path(), cohort.completeBaseName());
  m_out->setText(m_proposed);
}

TrainingPlan TrainingDialog::plan() const {
  TrainingPlan plan;
  plan.question.cohort = m_cohort->text().toStdString();
  plan.question.recipe = m_recipe->currentData().toString().toStdString();
  plan.question.labels.rule = static_cast<LabelRule>(m_labels->currentData().toInt());
  plan.question.folds.count = m_folds->value();
  plan.question.out = m_out->text().toStdString();
  plan.encoder = m_encoder->text().toStdString();
  plan.bags = m_bags->text().toStdString();
  // One processor stays with the window.
  plan.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
  return withWholePaths(std::move(plan));
}

/// What is not checked yet cannot begin.
void TrainingDialog::waitToCheck() {
  ++m_serial;
  if (m_begin) m_begin->setEnabled(false);
  m_rest.start();
}

void TrainingDialog::check() {
  m_rest.stop();
  const int serial = ++m_serial;
  m_begin->setEnabled(false);
  if (m_cohort->text().isEmpty()) {
    m_verdict->setText(
        tr("Choose a cohort: a CSV with the columns slide, case, split (train or test) and one "
           "for each gene. Slides are named relative to it."));
    return;
  }
  m_reader.add([this, serial, plan = plan()] {
    const Result<QString> verdict = describeGuarded(plan);
    QMetaObject::invokeMethod(
        this, [this, serial, verdict] { showVerdict(serial, verdict); }, Qt::QueuedConnection);
  });
}

void TrainingDialog::showVerdict(int serial, const Result<QString>& verdict) {
  if (serial != m_serial) return;
  m_verdict->setText(verdict ? *verdict : QString::fromStdString(verdict.error().sentence));
  m_verdict->setProperty("refusal", !verdict);
  m_verdict->style()->polish(m_verdict);  // takes the property's colour
  m_begin->setEnabled(bool(verdict));
  Q_EMIT checked(bool(verdict));
}

void TrainingDialog::begin() {
  QSettings settings;
  settings.setValue(keyOf("cohort"), m_cohort->text());
  settings.setValue(keyOf("encoder"), m_encoder->text());
  settings.setValue(keyOf("bags"), m_bags->text());
  settings.setValue(keyOf("recipe"), m_recipe->currentData());
  Q_EMIT wanted(plan());
  accept();
}

}  // namespace geneglass
