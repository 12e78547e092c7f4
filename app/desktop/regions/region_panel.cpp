// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/regions/region_panel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "inference/regions/compare_regions.h"
#include "viewer/foundation/files/text_file.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

/// What stands for a region in the boxes; a class has its name after the first letter.
QString classChoice(const QString& name) {
  return QLatin1Char('c') + name;
}
constexpr QLatin1String kSelectedChoice("s"), kRestChoice("r");

/// Fills a box and keeps what was chosen where it is still there.
void fillRegions(QComboBox& box, const std::vector<std::string>& classes, QLatin1String last,
                 const QString& lastText) {
  const QVariant chosen = box.currentData();
  box.clear();
  if (last == kRestChoice) box.addItem(lastText, QString(last));
  for (const std::string& name : classes) {
    const QString text = QString::fromStdString(name);
    box.addItem(text, classChoice(text));
  }
  box.addItem(RegionPanel::tr("What is selected"), QString(kSelectedChoice));
  const int place = box.findData(chosen);
  box.setCurrentIndex(place < 0 ? 0 : place);
}

Region chosenRegion(const QString& choice, const AnnotationSet& set,
                    const std::vector<AnnotationPtr>& selected) {
  if (choice != kSelectedChoice) return regionNamed(set, choice.mid(1).toStdString());
  const bool named = selected.size() == 1 && !selected.front()->name.empty();
  return regionOf(named ? selected.front()->name : RegionPanel::tr("What is selected").toStdString(),
                  selected);
}

QString asLines(const std::vector<std::string>& sentences) {
  QStringList lines;
  for (const std::string& sentence : sentences) lines << QString::fromStdString(sentence);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

RegionPanel::RegionPanel(Workplace& workplace, QWidget* parent)
    : QWidget(parent),
      m_comparing(this, workplace),
      m_writing(this, workplace),
      m_table(new RegionTable(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_a(new QComboBox),
      m_b(new QComboBox),
      m_compare(new QPushButton(tr("&Compare"))),
      m_sentences(new QLabel),
      m_view(new QTableView),
      m_counterfactual(new QLabel),
      m_csv(new QPushButton(tr("Export C&SV…"))),
      m_report(new QPushButton(tr("Add to &Report"))) {
  build();
  connectAll();
  showAnnotations();
  showComparison();
}

RegionPanel::~RegionPanel() = default;

void RegionPanel::build() {
  m_a->setAccessibleName(tr("Region A"));
  m_b->setAccessibleName(tr("Region B"));
  m_sentences->setObjectName(QStringLiteral("regionSentences"));
  m_counterfactual->setObjectName(QStringLiteral("counterfactual"));
  for (QLabel* label : {m_sentences, m_counterfactual}) {
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  m_sorted->setSourceModel(m_table);
  m_sorted->setSortRole(RegionTable::kSortRole);
  m_view->setModel(m_sorted);
  m_view->setAccessibleName(tr("Genes of the compared regions"));
  m_view->setSelectionBehavior(QTableView::SelectRows);
  m_view->setSelectionMode(QTableView::SingleSelection);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(RegionTable::Effect, Qt::DescendingOrder);
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(22);
  auto* regions = new QFormLayout;
  regions->addRow(tr("Region &A"), m_a);
  regions->addRow(tr("against &B"), m_b);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_csv);
  buttons->addWidget(m_report);
  buttons->addStretch(1);
  auto* layout = new QVBoxLayout(this);
  layout->addLayout(regions);
  layout->addWidget(m_compare);
  layout->addWidget(m_sentences);
  layout->addWidget(m_view, 1);
  layout->addStretch();  // where there is no table yet
  layout->addWidget(m_counterfactual);
  layout->addLayout(buttons);
}

void RegionPanel::connectAll() {
  connect(m_compare, &QPushButton::clicked, this, [this] {
    if (!m_running) return compare();
    m_comparing.stop();
    showRunning(false);
    showComparison();
  });
  connect(m_csv, &QPushButton::clicked, this, &RegionPanel::askForCsv);
  connect(m_report, &QPushButton::clicked, this, &RegionPanel::addToReport);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            showCounterfactual();
            if (!current.isValid()) return;
            const RegionGene& gene = m_table->geneAt(m_sorted->mapToSource(current).row());
            Q_EMIT geneChosen(QString::fromStdString(gene.symbol));
          });
}

void RegionPanel::showLayer(AnnotationLayer* layer) {
  if (m_layer) {
    m_layer->disconnect(this);
    m_layer->document().disconnect(this);
  }
  if (layer != m_layer) forgetComparison();
  m_layer = layer;
  if (m_layer) connect(m_layer, &AnnotationLayer::layerChanged, this, &RegionPanel::showAnnotations);
  showAnnotations();
}

/// The classes that can be chosen; another slide's table goes.
void RegionPanel::showAnnotations() {
  const bool hasSlide = m_layer && m_layer->slide();
  if (m_comparison && (!hasSlide || m_layer->slide()->hash != m_comparison->slideHash)) forgetComparison();
  const AnnotationSetPtr set = hasSlide ? m_layer->document().annotations() : nullptr;
  if (set != m_listed || m_a->count() == 0) {
    m_listed = set;
    const auto classes = set ? regionClasses(*set) : std::vector<std::string>();
    fillRegions(*m_a, classes, kSelectedChoice, {});
    fillRegions(*m_b, classes, kRestChoice, tr("Rest of the tissue"));
    showStanding();
  }
  m_compare->setEnabled(hasSlide && m_prediction);
}

void RegionPanel::showPrediction(std::shared_ptr<const Prediction> prediction) {
  m_prediction = std::move(prediction);
  m_compare->setEnabled(m_layer && m_layer->slide() && m_prediction);
  showStanding();
}

void RegionPanel::forgetComparison() {
  m_comparing.stop();
  showRunning(false);
  m_comparison = nullptr;
  showComparison();
}

void RegionPanel::compare() {
  if (!m_layer || !m_layer->slide() || !m_prediction) return;
  const AnnotationSetPtr drawn = m_layer->document().annotations();
  const QString a = m_a->currentData().toString(), b = m_b->currentData().toString();
  showRunning(true);
  m_comparing.start<RegionComparison>(
      m_layer->slide()->file,
      [prediction = m_prediction, set = drawn, selected = m_layer->selected(), a,
       b](const std::stop_token& stop) {
        std::optional<Region> second;
        if (b != kRestChoice) second = chosenRegion(b, *set, selected);
        return compareRegions(*prediction, chosenRegion(a, *set, selected), second,
                              {.threads = threadsBesideWindow()}, stop);
      },
      [this, drawn](const Result<RegionComparison>& made) { takeComparison(made, drawn); });
}

void RegionPanel::takeComparison(const Result<RegionComparison>& made, const AnnotationSetPtr& drawn) {
  showRunning(false);
  if (!made) {
    Q_EMIT refused(QString::fromStdString(made.error().sentence));
    return;
  }
  m_drawn = drawn;
  m_comparison = std::make_shared<const RegionComparison>(*made);
  showComparison();
  Q_EMIT compared();
}

void RegionPanel::showRunning(bool running) {
  m_running = running;
  m_compare->setText(running ? tr("&Cancel") : tr("&Compare"));
}

void RegionPanel::showComparison() {
  m_table->showComparison(m_comparison);
  m_view->setVisible(m_comparison != nullptr);
  m_view->resizeColumnsToContents();
  m_csv->setEnabled(m_comparison != nullptr);
  m_report->setEnabled(m_comparison != nullptr);
  showStanding();
  showCounterfactual();
}

/// What the table is of, and what has changed since it was made.
void RegionPanel::showStanding() {
  if (!m_comparison) {
    m_sentences->setText(
        tr("Draw areas and give them classes, or select some; then compare what is predicted in them."));
    return;
  }
  QStringList lines{tr("A: %1").arg(QString::fromStdString(inWords(m_comparison->a))),
                    tr("B: %1").arg(QString::fromStdString(inWords(m_comparison->b)))};
  if (!m_prediction || m_prediction->modelHash != m_comparison->modelHash)
    lines << tr("Made with %1 %2, which is not what the slide is predicted with now.")
                 .arg(QString::fromStdString(m_comparison->modelName),
                      QString::fromStdString(m_comparison->modelVersion));
  if (m_listed != m_drawn) lines << tr("The annotations have changed since.");
  m_sentences->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n') +
                       asLines(sentencesOf(*m_comparison)));
}

/// Of the current gene, else of the one that the region changes most.
void RegionPanel::showCounterfactual() {
  m_counterfactual->setVisible(m_comparison != nullptr);
  if (!m_comparison || m_comparison->genes.empty()) return;
  const QModelIndex current = m_sorted->mapToSource(m_view->currentIndex());
  const auto change = [](const RegionGene& gene) { return std::abs(gene.withoutA - gene.slide); };
  const RegionGene& gene = current.isValid() ? m_table->geneAt(current.row())
                                             : *std::ranges::max_element(m_comparison->genes, {}, change);
  m_counterfactual->setText(
      tr("Without “%1” the slide's %2 would be %3 instead of %4.")
          .arg(QString::fromStdString(m_comparison->a.name), QString::fromStdString(gene.symbol))
          .arg(numberText(gene.withoutA, 2))
          .arg(numberText(gene.slide, 2)));
}

void RegionPanel::askForCsv() {
  auto* dialog = new QFileDialog(this, tr("Export the Region Table"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(tr("CSV table (*.csv)"));
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  connect(dialog, &QFileDialog::fileSelected, this, &RegionPanel::exportCsv);
  dialog->open();
}

void RegionPanel::exportCsv(const QString& file) {
  if (!m_comparison) return;
  m_writing.start<void>(
      file.toStdString(),
      [comparison = m_comparison, file](const std::stop_token&) {
        return writeText(file.toStdString(), toCsv(*comparison));
      },
      [this, file](const Result<void>& written) {
        if (written)
          Q_EMIT said(tr("Saved %1").arg(file));
        else
          Q_EMIT refused(QString::fromStdString(written.error().sentence));
      });
}

void RegionPanel::addToReport() {
  if (!m_comparison || !m_layer) return;
  Case& document = m_layer->document();
  auto tables = regionTablesFromJson(document.entry(kRegionTablesEntry));
  if (!tables) {
    Q_EMIT refused(QString::fromStdString(tables.error().sentence));
    return;
  }
  tables->push_back(*m_comparison);
  document.changeEntry(kRegionTablesEntry, toJson(*tables), tr("Add Region Table to Report"));
  Q_EMIT said(tr("The report has %n region table(s).", "", static_cast<int>(tables->size())));
}

}  // namespace geneglass
