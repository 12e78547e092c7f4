// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <optional>

#include "app/desktop/training/example_cohort.h"
#include "app/desktop/training/hinted_form.h"
#include "app/desktop/training/path_field.h"
#include "app/desktop/training/training_plan.h"
#include "inference/package/model_package.h"

namespace geneglass {
namespace {

constexpr int kFewestFolds = 3;

/// Where the values of genes come from.
enum LabelsFrom { Columns, Table, FoldChange };

/// None where one of them is no number.
std::optional<std::vector<double>> numbersOf(const QString& text) {
  std::vector<double> numbers;
  bool good = true;
  static const QRegularExpression kBetween(QStringLiteral("[,;\\s]+"));
  for (const QString& word : text.split(kBetween, Qt::SkipEmptyParts)) {
    bool isNumber = false;
    numbers.push_back(word.toDouble(&isNumber));
    good = good && isNumber;
  }
  return good ? std::optional(numbers) : std::nullopt;
}

/// A choice of heads, for a box.
int choiceOf(HeadChoice heads, BagPool pool) {
  return 2 * int(heads) + int(pool);
}

}  // namespace

TrainingDialog::TrainingDialog(QWidget* parent)
    : StartDialog(tr("Train a model"), QStringLiteral("training"), parent),
      m_task(new QComboBox),
      m_label(new QLineEdit(QStringLiteral("tumour"))),
      m_labelsFrom(new QComboBox),
      m_rule(new QComboBox),
      m_change(new QComboBox),
      m_keepGenes(new QCheckBox(tr("&Add the diagnosis to this model and keep its genes"))),
      m_recipe(new QComboBox),
      m_heads(new QComboBox),
      m_sizes(new QLineEdit),
      m_folds(new QSpinBox) {
  addWhat();
  addLabels();
  addHow();
  addWhere();
  for (QComboBox* box : {m_task, m_labelsFrom, m_recipe})
    connect(box, &QComboBox::currentIndexChanged, this, &TrainingDialog::showFields);
  connect(m_keepGenes, &QCheckBox::toggled, this, &TrainingDialog::showFields);
  connect(m_foldFile, &PathField::changed, this, &TrainingDialog::showFields);
  connect(m_cohort, &PathField::changed, this, &TrainingDialog::proposeOut);
  showFields();
  keep("task", m_task);
  keep("encoder", m_encoder);
  keep("bags", m_bags);
  keep("recipe", m_recipe);
  keep("cohort", m_cohort);
  start(
      tr("Train"), [this] { return question(); }, [this] { return jobOf(request()); });
  m_cohort->setFocus();
}

TrainingDialog::~TrainingDialog() = default;

void TrainingDialog::addWhat() {
  m_task->addItem(tr("Gene expression"), int(Task::Expression));
  m_task->addItem(tr("Diagnosis: classes of slides"), int(Task::Diagnosis));
  m_cohort = new PathField(PathField::Kind::Table, tr("Cohort"), {});
  form().addRow(tr("&Learn"), m_task,
                tr("Gene expression: a value of each gene for a case. Diagnosis: which class a slide is "
                   "of, as tumour or normal, and where that shows."));
  form().addRow(tr("&Cohort"), m_cohort, {});
  auto* example = new QPushButton(tr("Save an E&xample of a Cohort…"));
  example->setAutoDefault(false);
  connect(example, &QPushButton::clicked, this, &TrainingDialog::askForExample);
  form().addRow({}, example,
                tr("A table with the columns that a cohort needs and rows to be replaced by your slides."));
  form().addRow(
      tr("Colu&mn"), m_label,
      tr("The column that says 1 of a slide with tumour and 0 of a normal one, or the names of two or "
         "more classes."),
      [this] { return task() == Task::Diagnosis; });
}

void TrainingDialog::addLabels() {
  const auto whereFrom = [this](QList<int> some) {
    return [this, some] { return task() == Task::Expression && some.contains(labelsFrom()); };
  };
  m_labelsFrom->addItem(tr("The cohort's own columns"), Columns);
  m_labelsFrom->addItem(tr("A table of expression"), Table);
  m_labelsFrom->addItem(tr("Fold changes, tumour against normal"), FoldChange);
  m_rule->addItem(tr("as they are, unless they look like raw counts"), int(LabelRule::Checked));
  m_rule->addItem(tr("log2(x + 1)"), int(LabelRule::Log2));
  m_rule->addItem(tr("as they are, whatever they look like"), int(LabelRule::AsIs));
  m_change->addItem(tr("log10(1 + t / n), of counts"), int(LabelRule::FoldChangeLog10));
  m_change->addItem(tr("log2((t + 1) / (n + 1)), of TPM"), int(LabelRule::FoldChangeLog2));
  m_expression = new PathField(PathField::Kind::Table, tr("Expression table"), tr("CSV: a case a row"));
  m_tumour = new PathField(PathField::Kind::Table, tr("Tumour table"), tr("CSV: a patient a row"));
  m_normal = new PathField(PathField::Kind::Table, tr("Normal table"), tr("may be the same table"));
  m_panel = new PathField(PathField::Kind::Table, tr("Gene panel"), tr("all genes of the table"));
  form().addRow(tr("&Values from"), m_labelsFrom,
                tr("Where the measured values of the genes are. The paper of HistCode learns fold changes "
                   "of tumour against matched normal tissue."),
                whereFrom({Columns, Table, FoldChange}));
  form().addRow(tr("E&xpression table"), m_expression,
                tr("A CSV whose rows are a case and its values and whose header names the genes. Cases of "
                   "the cohort that it does not have are left out."),
                whereFrom({Table}));
  form().addRow(tr("&Tumour table"), m_tumour,
                tr("A CSV whose rows are a patient, or a TCGA sample 01, and the values of the tumour."),
                whereFrom({FoldChange}));
  form().addRow(tr("Norma&l table"), m_normal,
                tr("A CSV whose rows are a patient, or a TCGA sample 11, and the values of normal tissue "
                   "of the same patient; patients without are left out."),
                whereFrom({FoldChange}));
  form().addRow(tr("Label&s"), m_rule,
                tr("What is made of the values before a model learns them: it should see logarithms."),
                whereFrom({Columns, Table}));
  form().addRow(tr("Label&s"), m_change,
                tr("What is made of the values t of the tumour and n of normal tissue. With counts a gene "
                   "that is 0 in normal tissue has no label."),
                whereFrom({FoldChange}));
  form().addRow(tr("&Genes"), m_panel,
                tr("A text file with one symbol a line, for example 200 driver genes. Without it all genes "
                   "of the table are learnt."),
                whereFrom({Table, FoldChange}));
}

void TrainingDialog::addHow() {
  m_encoder = new PathField(PathField::Kind::Folder, tr("Encoder"), tr("the shipped model's"));
  m_folds->setRange(kFewestFolds, 50);
  m_folds->setValue(5);
  m_foldFile = new PathField(PathField::Kind::FileOrFolder, tr("Fold file"), tr("folds are drawn"));
  form().addRow(tr("&Encoder"), m_encoder,
                tr("A model's folder (with manifest.json) whose encoder turns tiles into features; it is "
                   "not trained further. Models > Pretrain an Encoder makes one."));
  form().addRow(QString(), m_keepGenes,
                tr("The new model then predicts the genes of the encoder's model as before, and tells "
                   "the classes besides."),
                [this] { return task() == Task::Diagnosis; });
  form().addRow(tr("&Recipe"), m_recipe, {});
  form().addRow(
      tr("&Heads"), m_heads,
      tr("How tiles become a slide's value: attention regression adds up the tiles' own "
         "predictions, gated attention predicts from the tiles' mean; both ends: from those of "
         "least and of most attention; linear (ridge regression) counts every tile alike. As suits the "
         "cohort: attention regression for slides; for measured spots the better of linear heads and "
         "it, found on inner folds."),
      [this] { return task() == Task::Expression && m_heads->count() > 1; });
  m_sizes->setPlaceholderText(tr("those of the cohort's bags, else the encoder's"));
  form().addRow(
      tr("Tile si&zes"), m_sizes,
      tr("Sides of the tiles about a place whose features lie side by side, over the encoder's "
         "tile: 1 first, for example 1, 0.5, 2. More sizes see more of the surroundings, and take as "
         "many times as long."),
      [this] { return asksSizes(); });
  form().addRow(tr("Fol&ds"), m_folds,
                tr("Into how many parts the patients are divided: each part is judged by models that "
                   "never saw it."));
  form().addRow(tr("Folds &from"), m_foldFile,
                tr("A CSV case,fold, or a folder of CSVs with the columns train and val, in place of drawn "
                   "folds."));
}

void TrainingDialog::addWhere() {
  m_out = new PathField(PathField::Kind::NewFolder, tr("New model"), tr("a folder that is not there yet"));
  m_bags = new PathField(PathField::Kind::Folder, tr("Keep features in"), tr("where predictions keep them"));
  form().addRow(tr("&New model"), m_out,
                tr("The folder that the model is written to. A training that was stopped goes on when it "
                   "is started again with the same name."));
  form().addRow(tr("&Keep features in"), m_bags,
                tr("Features of slides take longest to make: trainings that share this folder and the "
                   "encoder make them once."));
}

void TrainingDialog::chooseCohort(const QString& file) {
  m_cohort->setText(file);
}

void TrainingDialog::chooseEncoder(const QString& folder) {
  m_encoder->setText(folder);
}

Task TrainingDialog::task() const {
  return static_cast<Task>(m_task->currentData().toInt());
}

int TrainingDialog::labelsFrom() const {
  return m_labelsFrom->currentData().toInt();
}

/// Only what the choice needs.
void TrainingDialog::showFields() {
  offerRecipes();
  offerHeads();
  const bool genes = task() == Task::Expression;
  const int from = labelsFrom();
  form().setHint(
      m_cohort,
      !genes ? tr("A CSV with the columns slide, case, split (train or test) and one of 0 and 1. Slides are "
                  "named relative to it; the case is the patient, who may have slides of both kinds.")
      : from == Columns
          ? tr("A CSV with the columns slide, case, split (train or test) and one for each gene. Slides are "
               "named relative to it; all slides of a case belong together.")
          : tr("A CSV with the columns slide, case and split (train or test). Slides are named relative to "
               "it; all slides of a case belong together."));
  m_cohort->setHint(!genes            ? tr("CSV: slide, case, split, tumour")
                    : from == Columns ? tr("CSV: slide, case, split, and a column a gene")
                                      : tr("CSV: slide, case, split"));
  form().showNeeded();
  m_folds->setEnabled(m_foldFile->text().isEmpty());
  adjustSize();
}

/// The chosen recipe stays where the task has it.
void TrainingDialog::offerRecipes() {
  const QSignalBlocker quiet(m_recipe);
  const QVariant chosen = m_recipe->currentData();
  m_recipe->clear();
  for (const Recipe& recipe : recipes()) {
    if (!recipe.has(task())) continue;
    const std::string& words = task() == Task::Expression ? recipe.genes : recipe.diagnosis;
    offer(*m_recipe, recipe.name, tr(words.c_str()));
  }
  m_recipe->setCurrentIndex(std::max(0, m_recipe->findData(chosen)));
  form().setHint(m_recipe, tr("geneglass is this program's own and the fastest; the others repeat a paper's "
                              "numbers, and take many times as long."));
}

void TrainingDialog::offerHeads() {
  const QSignalBlocker quiet(m_heads);
  const QVariant chosen = m_heads->currentData();
  m_heads->clear();
  if (const auto recipe = recipeNamed(m_recipe->currentData().toString().toStdString(), task())) {
    if (recipe->heads.size() > 1)
      m_heads->addItem(tr("as suits the cohort"), choiceOf(HeadChoice::RecipesOwn, BagPool::Attention));
    for (const HeadChoice heads : recipe->heads) {
      m_heads->addItem(tr(toString(heads)), choiceOf(heads, BagPool::Attention));
      if (heads == HeadChoice::GatedAttention)
        m_heads->addItem(tr("gated attention, both ends"), choiceOf(heads, BagPool::Extremes));
    }
  }
  m_heads->setCurrentIndex(std::max(0, m_heads->findData(chosen)));
}

/// A model whose genes are kept has its own.
bool TrainingDialog::asksSizes() const {
  return task() == Task::Expression || !m_keepGenes->isChecked();
}

void TrainingDialog::askForExample() {
  auto* dialog = new QFileDialog(this, tr("Save an example of a cohort"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(tr("Tables (*.csv)"));
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  dialog->selectFile(task() == Task::Diagnosis ? QStringLiteral("example-diagnosis-cohort.csv")
                                               : QStringLiteral("example-cohort.csv"));
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    const auto written = writeExampleCohort(file.toStdString(), task() == Task::Diagnosis);
    auto* box = new QMessageBox(
        QMessageBox::NoIcon, tr("Example of a cohort"),
        written
            ? tr("The example is in %1. Put your slides in place of its rows and choose it as the cohort.")
                  .arg(file)
            : QString::fromStdString(written.error().sentence),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
  });
  dialog->open();
}

/// A name beside the cohort.
void TrainingDialog::proposeOut() {
  const QFileInfo cohort(m_cohort->text());
  m_out->propose(m_cohort->text().isEmpty()
                     ? QString()
                     : QStringLiteral("%1/%2-model").arg(cohort.path(), cohort.completeBaseName()));
}

LabelSource TrainingDialog::labels() const {
  LabelSource source;
  const int from = labelsFrom();
  source.rule = static_cast<LabelRule>((from == FoldChange ? m_change : m_rule)->currentData().toInt());
  if (from == Table) source.expression = wholePath(m_expression->text());
  if (from == FoldChange) {
    source.tumour = wholePath(m_tumour->text());
    source.normal = wholePath(m_normal->text());
  }
  if (from != Columns) source.panel = wholePath(m_panel->text());
  return source;
}

/// No kind of heads where it is the recipe's own.
void TrainingDialog::fillHeads(TrainOptions& options) const {
  const auto recipe = recipeNamed(options.recipe, Task::Expression);
  if (!recipe || m_heads->count() == 0) return;
  const int chosen = m_heads->currentData().toInt();
  const auto heads = HeadChoice(chosen / 2);
  options.pool = BagPool(chosen % 2);
  if (recipe->heads.size() > 1) options.head = heads;
}

TrainingRequest TrainingDialog::request() const {
  TrainingRequest asked;
  asked.task = task();
  asked.cohort = wholePath(m_cohort->text());
  TrainOptions& options = asked.options;
  options.recipe = m_recipe->currentData().toString().toStdString();
  options.out = wholePath(m_out->text());
  options.foldFile = wholePath(m_foldFile->text());
  options.folds = options.foldFile.empty() ? m_folds->value() : kFewestFolds;
  options.bags = wholePath(m_bags->text());
  options.threads = trainingThreads();
  if (asksSizes()) options.sizes = numbersOf(m_sizes->text()).value_or(std::vector<double>());
  const std::filesystem::path package = wholePath(m_encoder->text());
  if (asked.task == Task::Expression) {
    asked.labels = labels();
    fillHeads(options);
    asked.encoder = package;
  } else {
    asked.label = m_label->text().trimmed().toStdString();
    if (m_keepGenes->isChecked()) asked.addTo = package.empty() ? shippedModelFolder() : package;
    if (!m_keepGenes->isChecked()) asked.encoder = package;
  }
  return asked;
}

QString TrainingDialog::missing() const {
  if (m_cohort->text().isEmpty()) return tr("Choose a cohort: the table that names slides and cases.");
  if (asksSizes() && !numbersOf(m_sizes->text()))
    return tr("Tile sizes are numbers with commas between them, for example 1, 0.5, 2.");
  if (task() == Task::Diagnosis)
    return m_label->text().trimmed().isEmpty() ? tr("Name the column that says which class a slide is of.")
                                               : QString();
  if (labelsFrom() == Table && m_expression->text().isEmpty())
    return tr("Choose the table of expression: a case and its values a row.");
  if (labelsFrom() != FoldChange) return {};
  if (m_tumour->text().isEmpty()) return tr("Choose the table of the tumours' values: a patient a row.");
  if (m_normal->text().isEmpty())
    return tr("Choose the table of the normal tissues' values; it may be the same as the tumours'.");
  return {};
}

StartCheck::Question TrainingDialog::question() const {
  if (const QString what = missing(); !what.isEmpty()) return {what, {}};
  return {{}, [asked = request()](const std::stop_token& stop) { return describeTraining(asked, stop); }};
}

}  // namespace geneglass
