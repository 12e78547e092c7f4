// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/cohort/cohort_dialog.h"

#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTableView>
#include <algorithm>

#include "app/desktop/cohort/value_bar_delegate.h"
#include "inference/package/model_package.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

CohortDialog::CohortDialog(Workplace& workplace, QWidget* parent)
    : QDialog(parent),
      m_workplace(workplace),
      m_glances(workplace),
      m_reading(this, workplace),
      m_place(new QLabel(
          tr("No results are shown yet: choose the folder that “geneglass-cli predict” wrote to."))),
      m_model(new QLabel),
      m_genes(new QComboBox),
      m_standing(new QLabel),
      m_view(new QTableView) {
  setWindowTitle(tr("Cohort"));
  resize(QSize(1000, 640).boundedTo(0.9 * screen()->availableSize()));
  auto* folder = new QPushButton(tr("Results…"));
  folder->setAccessibleName(tr("Choose a folder of results"));
  folder->setAutoDefault(false);
  m_genes->setEditable(true);
  m_genes->setInsertPolicy(QComboBox::NoInsert);
  m_genes->completer()->setFilterMode(Qt::MatchContains);
  m_genes->completer()->setCompletionMode(QCompleter::PopupCompletion);
  m_genes->setAccessibleName(tr("Gene"));
  m_genes->lineEdit()->setAccessibleName(tr("Gene"));
  m_genes->setMinimumContentsLength(12);
  for (QLabel* label : {m_place, m_model, m_standing}) label->setWordWrap(true);
  m_sorted.setSourceModel(&m_table);
  m_sorted.setSortRole(CohortTable::kSortRole);
  m_view->setModel(&m_sorted);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(CohortTable::Name, Qt::AscendingOrder);
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setAccessibleName(tr("Slides of the cohort"));
  m_view->setItemDelegateForColumn(CohortTable::Value, new ValueBarDelegate(m_view));
  m_view->setIconSize(QSize(SlideGlances::kSide, SlideGlances::kSide) / 2);
  m_view->setWordWrap(false);
  m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(SlideGlances::kSide / 2 + 6);
  m_view->horizontalHeader()->setStretchLastSection(true);
  m_view->setColumnWidth(CohortTable::Name, 240);
  m_view->setColumnWidth(CohortTable::Value, 170);
  auto* top = new QHBoxLayout;
  top->addWidget(folder);
  top->addWidget(m_place, 1);
  auto* chosen = new QHBoxLayout;
  auto* gene = new QLabel(tr("&Gene"));
  gene->setBuddy(m_genes);
  chosen->addWidget(gene);
  chosen->addWidget(m_genes);
  chosen->addWidget(m_standing, 1);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(top);
  layout->addWidget(m_model);
  layout->addLayout(chosen);
  layout->addWidget(m_view, 1);
  m_wish.setSingleShot(true);
  m_wish.setInterval(50);
  connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(m_view->verticalScrollBar(), &QScrollBar::rangeChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(&m_sorted, &QAbstractItemModel::layoutChanged, &m_wish, qOverload<>(&QTimer::start));
  connect(&m_wish, &QTimer::timeout, this, &CohortDialog::wantVisible);
  connect(folder, &QPushButton::clicked, this, &CohortDialog::askForFolder);
  connect(m_genes, &QComboBox::textActivated, this, &CohortDialog::chooseGene);
  connect(m_view, &QTableView::activated, this, &CohortDialog::openRow);
  connect(&m_glances, &SlideGlances::read, this,
          [this](const std::filesystem::path& file, const SlideGlance& glance) {
            if (glance.refusal.isEmpty() && !glance.hasMpp) m_withoutMpp.insert(file);
            m_table.takePicture(file, glance.picture);
          });
  connect(&workplace, &Workplace::modelTaken, this, [this] { m_model->setText(modelText()); });
}

void CohortDialog::askForFolder() {
  auto* dialog = new QFileDialog(this, tr("A folder of results"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  if (const auto& cohort = m_table.cohort())
    dialog->setDirectory(QString::fromStdString(cohort->folder.parent_path().string()));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& folder) { read(folder.toStdString()); });
  dialog->open();
}

void CohortDialog::read(const std::filesystem::path& folder) {
  using Read = std::shared_ptr<const CohortResults>;
  m_place->setText(tr("Reading the results in %1…").arg(QString::fromStdString(folder.filename().string())));
  m_reading.start<Read>(
      folder,
      [folder](const std::stop_token& stop) {
        return readCohort(folder, stop).map([](CohortResults read) -> Read {
          return std::make_shared<const CohortResults>(std::move(read));
        });
      },
      [this](const Result<Read>& cohort) { take(cohort); });
}

void CohortDialog::take(const Result<std::shared_ptr<const CohortResults>>& cohort) {
  if (!cohort) {
    const QString sentence = QString::fromStdString(cohort.error().sentence);
    m_place->setText(sentence);
    Q_EMIT refused(sentence);
    return;
  }
  m_withoutMpp.clear();
  m_table.showCohort(*cohort);
  QStringList symbols;
  for (const ModelGene& gene : (*cohort)->table.genes) symbols << QString::fromStdString(gene.symbol);
  const QString before = m_genes->currentText();
  m_genes->clear();
  m_genes->addItems(symbols);
  m_place->setText(cohortText());
  m_place->setToolTip(QString::fromStdString((*cohort)->folder.string()));
  m_model->setText(modelText());
  const auto& genes = (*cohort)->table.genes;
  const auto first = std::ranges::find_if(genes, &ModelGene::wellPredicted);
  if (symbols.contains(before))
    chooseGene(before);
  else if (first != genes.end())
    chooseGene(QString::fromStdString(first->symbol));
  else
    chooseGene(symbols.value(0));
  m_wish.start();
  Q_EMIT taken();
}

QString CohortDialog::cohortText() const {
  const CohortResults& cohort = *m_table.cohort();
  QString text = tr("%1 slides with results in %2")
                     .arg(countText(qint64(cohort.table.slides.size())),
                          QString::fromStdString(cohort.folder.filename().string()));
  if (const size_t without = cohort.slides.size() - cohort.table.slides.size(); without > 0)
    text += tr("; of %1 there is none").arg(countText(qint64(without)));
  return text;
}

/// What a row's slide is opened with may be another model than that of its result.
QString CohortDialog::modelText() const {
  if (!m_table.cohort() || m_table.cohort()->table.slides.empty()) return {};
  const SlideResult& first = m_table.cohort()->table.slides.front();
  const QString name = QString::fromStdString(first.modelName),
                unit = QString::fromStdString(first.labelUnit);
  const auto package = m_workplace.package();
  const QString own = unit.isEmpty() ? tr("Predicted by the model “%1”.").arg(name)
                                     : tr("Predicted by the model “%1”, in %2.").arg(name, unit);
  if (package && package->hash == first.modelHash) return own;
  return own + QLatin1Char(' ') +
         tr("Another one is chosen in the window: a slide that is opened from here is predicted by that.");
}

void CohortDialog::chooseGene(const QString& symbol) {
  if (!m_table.cohort()) return;
  const int gene = m_genes->findText(symbol, Qt::MatchFixedString);
  if (gene < 0) {
    m_standing->setText(tr("The model does not predict “%1”.").arg(symbol));
    return;
  }
  m_genes->setCurrentIndex(gene);
  m_table.showGene(gene);
  tellGene();
}

/// No value without what it is worth.
void CohortDialog::tellGene() {
  const ModelGene& gene = m_table.cohort()->table.genes[size_t(m_table.gene())];
  QString text =
      tr("Held-out r %1 (95 % interval %2 to %3).")
          .arg(numberText(gene.heldOutR, 2), numberText(gene.ciLow, 2), numberText(gene.ciHigh, 2));
  const GeneScale& scale = m_table.scale();
  if (!gene.wellPredicted)
    text += QLatin1Char(' ') + tr("The model cannot predict this gene: its values say nothing.");
  else if (scale.slides > 0)
    text += QLatin1Char(' ') +
            tr("Bars from %1 to %2, over %3 slides.")
                .arg(numberText(scale.least, 2), numberText(scale.most, 2), countText(qint64(scale.slides)));
  m_standing->setText(text);
}

void CohortDialog::openRow(const QModelIndex& row) {
  const CohortSlide& slide = m_table.slide(m_sorted.mapToSource(row).row());
  const auto& table = m_table.cohort()->table;
  ListedSlide wanted{slide.file, slide.name, {}};
  if (slide.result && m_withoutMpp.contains(slide.file)) wanted.mpp = table.slides[*slide.result].mpp;
  Q_EMIT slideWanted(wanted, m_table.gene() < 0 ? std::string() : table.genes[size_t(m_table.gene())].symbol);
}

/// Pictures of the rows in view, and of a page after them.
void CohortDialog::wantVisible() {
  if (!m_table.cohort() || !m_view->isVisible()) return;
  const int first = std::max(0, m_view->rowAt(0));
  const int page =
      m_view->viewport()->height() / std::max(1, m_view->verticalHeader()->defaultSectionSize()) + 2;
  std::vector<ListedSlide> wanted;
  for (int row = first; row < std::min(m_sorted.rowCount(), first + 2 * page); ++row) {
    const int place = m_sorted.mapToSource(m_sorted.index(row, 0)).row();
    const CohortSlide& slide = m_table.slide(place);
    if (!m_table.hasPicture(place) && !slide.file.empty()) wanted.push_back({slide.file, slide.name, {}});
  }
  m_glances.want(std::move(wanted));
}

}  // namespace geneglass
