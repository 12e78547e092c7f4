// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_panel_view.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>
#include <utility>

#include "app/desktop/charts/value_histogram.h"
#include "app/desktop/genes/calls_view.h"
#include "app/desktop/genes/spot_scatter.h"
#include "app/desktop/genes/subtype_chart.h"
#include "app/desktop/layers/caption_overlay.h"

namespace geneglass {

GenePanelView::GenePanelView(QWidget* parent)
    : QWidget(parent),
      m_table(new GeneTable(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_statement(new QLabel),
      m_calls(new CallsView),
      m_filter(new QLineEdit),
      m_view(new QTableView),
      m_subtypes(new SubtypeChart),
      m_histogram(new ValueHistogram),
      m_scatter(new SpotScatter),
      m_genes(makeTable()) {
  m_statement->setWordWrap(true);
  m_statement->setAccessibleName(tr("What the prediction is"));
  auto* splitter = new QSplitter(Qt::Vertical);
  splitter->addWidget(m_genes);
  splitter->addWidget(m_subtypes);
  splitter->addWidget(m_histogram);
  splitter->addWidget(m_scatter);
  splitter->setSizes({420, 230, 190, 260});
  splitter->setChildrenCollapsible(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->addWidget(m_statement);
  layout->addWidget(m_calls);
  layout->addWidget(splitter, 1);
  connect(m_subtypes, &SubtypeChart::geneChosen, this, &GenePanelView::geneChosen);
  showSpots(nullptr);
  showState(tr("Open a slide to predict its genes."));
}

QWidget* GenePanelView::makeTable() {
  m_sorted->setSourceModel(m_table);
  m_sorted->setSortRole(GeneTable::kSortRole);
  m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_sorted->setFilterKeyColumn(-1);
  m_filter->setPlaceholderText(tr("Filter by gene or class"));
  m_filter->setAccessibleName(tr("Filter genes"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setToolTip(tr("Ctrl+F"));
  connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_filter,
          [this] { m_filter->setFocus(); });
  connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);

  m_view->viewport()->installEventFilter(this);
  m_view->setModel(m_sorted);
  m_view->setAccessibleName(tr("Predicted genes"));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::SingleSelection);
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setShowGrid(false);
  m_view->setAlternatingRowColors(true);
  m_view->setWordWrap(false);
  m_view->setIconSize(QSize(10, 10));
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(22);
  m_view->horizontalHeader()->setHighlightSections(false);
  m_view->horizontalHeader()->setStretchLastSection(true);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(GeneTable::Class, Qt::AscendingOrder);
  const int widths[] = {67, 62, 42, 66, 111, 80, 112};
  for (int column = 0; column < GeneTable::ColumnCount; ++column)
    m_view->setColumnWidth(column, widths[column]);
  // However narrow the panel, a value stands beside its reliability.
  m_view->horizontalHeader()->moveSection(GeneTable::Value, 1);
  m_view->horizontalHeader()->moveSection(GeneTable::HeldOut, 2);
  m_view->horizontalHeader()->moveSection(GeneTable::AtSpots, 3);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& row) {
            if (row.isValid() && !m_showing) Q_EMIT geneChosen(m_sorted->mapToSource(row).row());
          });
  // A click on the gene that is current already switches its map on again.
  connect(m_view, &QTableView::clicked, this,
          [this](const QModelIndex& cell) { Q_EMIT geneChosen(m_sorted->mapToSource(cell).row()); });

  auto* box = new QWidget;
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_filter);
  layout->addWidget(m_view, 1);
  return box;
}

void GenePanelView::showPrediction(std::shared_ptr<const Prediction> prediction,
                                   std::shared_ptr<const ModelPackage> package) {
  m_showing = true;
  m_table->showPrediction(prediction);
  m_showing = false;
  if (prediction && package && !prediction->withheld)
    m_subtypes->showStandings(standingsOf(*prediction, *package), prediction->panel);
  else
    m_subtypes->showStandings({}, {});
  m_calls->showPrediction(prediction);
  const bool genes = !prediction || !prediction->genes.empty();
  m_genes->setVisible(genes);
  const bool hasGroups = !prediction || !prediction->panel.groups.empty();
  m_view->setColumnHidden(GeneTable::Class, !hasGroups);
  fitColumns();
  m_subtypes->setVisible(genes && hasGroups && !(prediction && prediction->withheld));
  m_prediction = std::move(prediction);
  showStatement();
  showScatter();
}

void GenePanelView::showStatement() {
  if (!m_prediction) return;
  QString text = modelCaption(*m_prediction);
  if (!m_prediction->labelUnit.empty() && !m_prediction->genes.empty())
    text += tr(" Values in %1.").arg(QString::fromStdString(m_prediction->labelUnit));
  if (m_prediction->damagedTiles > 0)
    text += tr(" %n damaged tile(s) left out.", nullptr, m_prediction->damagedTiles);
  if (m_spots && !std::isnan(m_spots->meanR))
    text += tr(" At %1 measured spots of this slide: mean r %2 [%3, %4] over %5 genes.")
                .arg(m_spots->centres.size())
                .arg(m_spots->meanR, 0, 'f', 2)
                .arg(m_spots->meanLow, 0, 'f', 2)
                .arg(m_spots->meanHigh, 0, 'f', 2)
                .arg(m_spots->genes.size());
  if (m_spots && !m_leftOut.isEmpty()) text += tr(" Spots left out: %1.").arg(m_leftOut);
  m_statement->setText(text);
}

void GenePanelView::showSpots(std::shared_ptr<const MeasuredSpots> spots, const std::string& leftOut) {
  m_spots = std::move(spots);
  m_leftOut = QString::fromStdString(leftOut);
  m_table->showSpots(m_spots);
  m_view->setColumnHidden(GeneTable::AtSpots, !m_spots);
  fitColumns();
  m_scatter->setVisible(m_spots != nullptr);
  showStatement();
  showScatter();
}

/// With one column more the panel is so wide that none is cut off.
void GenePanelView::fitColumns() {
  int width = 2 * m_view->frameWidth() + m_view->verticalScrollBar()->sizeHint().width();
  for (int column = 0; column < GeneTable::ColumnCount; ++column) width += m_view->columnWidth(column);
  m_view->setMinimumWidth(m_spots ? width : 0);
}

/// The view lays out new rows only when control is back in the event loop.
void GenePanelView::keepCurrentInView() {
  QTimer::singleShot(0, m_view, [this] { m_view->scrollTo(m_view->currentIndex()); });
}

/// A chart that comes or goes makes the table smaller or larger.
bool GenePanelView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) keepCurrentInView();
  return QWidget::eventFilter(watched, event);
}

void GenePanelView::showScatter() {
  if (!m_spots) return;
  const bool chosen = m_prediction && m_gene >= 0 && size_t(m_gene) < m_prediction->genes.size();
  m_scatter->showGene(*m_spots, chosen ? m_prediction->genes[size_t(m_gene)].symbol : std::string(),
                      chosen ? QString::fromStdString(m_prediction->labelUnit) : QString());
}

void GenePanelView::showState(const QString& sentence) {
  m_statement->setText(sentence);
}

void GenePanelView::showHeatmap(const std::optional<OverlayLayer>& layer, const QString& whyNone) {
  m_histogram->showLayer(layer, whyNone);
}

std::vector<int> GenePanelView::neighbours() const {
  std::vector<int> genes;
  for (const int step : {1, -1, 2}) {
    const QModelIndex row = m_sorted->index(m_view->currentIndex().row() + step, 0);
    if (row.isValid()) genes.push_back(m_sorted->mapToSource(row).row());
  }
  return genes;
}

void GenePanelView::chooseGene(int gene) {
  m_subtypes->chooseGene(gene);
  m_gene = gene;
  showScatter();
  const QModelIndex row = gene < 0 ? QModelIndex() : m_sorted->mapFromSource(m_table->index(gene, 0));
  if (row == m_view->currentIndex().siblingAtColumn(0)) return;
  m_showing = true;
  if (row.isValid()) {
    m_view->setCurrentIndex(row);
    keepCurrentInView();
  } else {
    m_view->clearSelection();
  }
  m_showing = false;
}

}  // namespace geneglass
