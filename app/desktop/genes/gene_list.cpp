// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_list.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QStyle>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <utility>

#include "app/desktop/genes/gene_filter.h"
#include "app/desktop/genes/gene_search.h"
#include "app/desktop/genes/gene_set_choice.h"
#include "app/desktop/genes/mix_choice.h"
#include "app/desktop/genes/spread_delegate.h"
#include "app/desktop/genes/tile_spreads.h"
#include "inference/prediction/genes_together.h"

namespace geneglass {
namespace {

constexpr int kAtRest = 150;  // ms
constexpr std::array kAlwaysShown{GeneTable::Symbol, GeneTable::HeldOut, GeneTable::Percentile};

bool mayBeHidden(int column) {
  return std::ranges::find(kAlwaysShown, column) == kAlwaysShown.end();
}

QString hiddenKey() {
  return QStringLiteral("genes/hiddenColumns");
}

QString wantedKey() {
  return QStringLiteral("genes/wantedColumns");
}

QStringList with(QStringList columns, int column, bool isIn) {
  columns.removeAll(QString::number(column));
  if (isIn) columns << QString::number(column);
  return columns;
}

}  // namespace

GeneList::GeneList(QWidget* parent)
    : QWidget(parent),
      m_table(new GeneTable(this)),
      m_sorted(new GeneFilter(this)),
      m_spreads(new TileSpreads),
      m_view(new QTableView),
      m_search(new GeneSearch(*m_sorted, *m_view)),
      m_sets(new GeneSetChoice),
      m_mix(new MixChoice),
      m_atRest(new QTimer(this)) {
  m_spreads->setParent(this);
  buildView();
  buildColumns();
  auto* columns = new QToolButton;
  columns->setText(tr("Columns"));
  columns->setAccessibleName(tr("Columns of the gene table"));
  columns->setPopupMode(QToolButton::InstantPopup);
  columns->setMenu(columnMenu());
  auto* row = new QHBoxLayout;
  row->addWidget(m_search, 1);
  row->addWidget(columns, 0, Qt::AlignTop);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(row);
  layout->addWidget(m_sets);
  layout->addWidget(m_view, 1);
  layout->addWidget(m_mix);
  connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search, &GeneSearch::begin);
  connect(m_search, &GeneSearch::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
  connect(m_search, &GeneSearch::rowChosen, this,
          [this](const QModelIndex& found) { Q_EMIT geneChosen(geneAt(found)); });
  connect(m_mix, &MixChoice::chosen, this, &GeneList::tellSeveral);
  connect(m_sets, &GeneSetChoice::chosen, this, &GeneList::narrow);
  connect(m_sets, &GeneSetChoice::chosen, this, &GeneList::setListed);
  connect(m_sets, &GeneSetChoice::mapWanted, this, &GeneList::meanWanted);
  connect(m_sets, &GeneSetChoice::refused, this, &GeneList::refused);
  connect(m_spreads, &TileSpreads::made, m_view->viewport(), qOverload<>(&QWidget::update));
  m_atRest->setSingleShot(true);
  m_atRest->setInterval(kAtRest);
  connect(m_atRest, &QTimer::timeout, this, &GeneList::wantSpreads);
  for (const auto moved : {&QAbstractItemModel::layoutChanged})
    connect(m_sorted, moved, m_atRest, qOverload<>(&QTimer::start));
  connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, m_atRest, qOverload<>(&QTimer::start));
}

void GeneList::buildView() {
  m_sorted->setSourceModel(m_table);
  m_sorted->setSortRole(GeneTable::kSortRole);
  m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_sorted->setFilterKeyColumn(-1);
  m_view->viewport()->installEventFilter(this);
  m_view->setModel(m_sorted);
  m_view->setItemDelegateForColumn(GeneTable::Tiles, new SpreadDelegate(*m_spreads, this));
  m_view->setAccessibleName(tr("Predicted genes"));
  m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_view->setToolTip(tr("Several genes at once: Ctrl or Shift with a click, or Shift with the arrows"));
  m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_view->setShowGrid(false);
  m_view->setAlternatingRowColors(true);
  m_view->setWordWrap(false);
  const int line = fontMetrics().height();
  m_view->setIconSize(QSize(2 * line / 3, 2 * line / 3));
  m_view->verticalHeader()->hide();
  m_view->verticalHeader()->setDefaultSectionSize(3 * line / 2);
  m_view->setSortingEnabled(true);
  m_view->sortByColumn(GeneTable::Class, Qt::AscendingOrder);
  connect(m_view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, m_view, &QTableView::scrollToTop);
  connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& row) {
            const bool more =
                QGuiApplication::keyboardModifiers() & (Qt::ControlModifier | Qt::ShiftModifier);
            if (row.isValid() && !m_showing && !more) Q_EMIT geneChosen(geneAt(row));
          });
  connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &GeneList::takeSelection);
  // A click on the gene that is current already switches its map on again.
  connect(m_view, &QTableView::clicked, this, [this](const QModelIndex& cell) {
    if (m_several.empty()) Q_EMIT geneChosen(geneAt(cell));
  });
}

/// In the order they were picked; what is too much is let go again.
void GeneList::takeSelection() {
  if (m_showing) return;
  std::vector<int> now;
  for (const QModelIndex& row : m_view->selectionModel()->selectedRows()) now.push_back(geneAt(row));
  const auto isOf = [](const std::vector<int>& genes) {
    return [&genes](int gene) { return std::ranges::find(genes, gene) != genes.end(); };
  };
  const bool wereSeveral = !m_several.empty();
  std::erase_if(m_several, std::not_fn(isOf(now)));
  std::ranges::copy_if(now, std::back_inserter(m_several), std::not_fn(isOf(m_several)));
  if (m_several.size() > GenesTogether::kMostMixed) {
    Q_EMIT refused(tr("At most five genes are shown together."));
    m_several.resize(GenesTogether::kMostMixed);
  }
  if (m_several.size() < 2) m_several.clear();
  m_mix->showCount(m_several.size());
  if (!m_several.empty())
    tellSeveral();
  else if (wereSeveral && now.size() == 1)
    Q_EMIT geneChosen(now.front());
}

void GeneList::tellSeveral() {
  if (!m_several.empty()) Q_EMIT severalChosen(m_several, m_mix->mix());
}

void GeneList::listSet(const std::optional<GeneSet>& set) {
  m_sets->list(set);
}

void GeneList::showSeveral(const std::vector<std::string>& symbols, ColourMix mix) {
  std::vector<int> genes;
  for (const std::string& symbol : symbols) {
    const auto found = std::ranges::find(m_prediction->genes, symbol, &GenePrediction::symbol);
    if (found != m_prediction->genes.end()) genes.push_back(int(found - m_prediction->genes.begin()));
  }
  if (genes == m_several || genes.size() < 2) return;
  m_several = std::move(genes);
  m_mix->showCount(m_several.size());
  m_mix->choose(mix);
  m_showing = true;
  m_view->selectionModel()->clearSelection();
  for (const int gene : m_several)
    m_view->selectionModel()->select(m_sorted->mapFromSource(m_table->index(gene, 0)),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
  m_showing = false;
}

void GeneList::beginMean(const std::string& name) {
  if (m_sets->set() && m_sets->set()->name == name) m_sets->showMap(true);
}

void GeneList::endMean() {
  m_sets->showMap(false);
}

void GeneList::showMean(const QString& text) {
  m_sets->showMean(text);
}

/// However narrow the panel, gene, reliability and percentile are in sight.
void GeneList::buildColumns() {
  QHeaderView& header = *m_view->horizontalHeader();
  header.setHighlightSections(false);
  header.setStretchLastSection(true);
  const int widths[] = {67, 62, 44, 66, 111, 80, 76, 112};
  // A gene that cannot be predicted has the longest of them.
  const int longest = fontMetrics().horizontalAdvance(QStringLiteral("-0.88 [-0.88, 0.88]")) +
                      3 * style()->pixelMetric(QStyle::PM_FocusFrameHMargin);
  for (int column = 0; column < GeneTable::ColumnCount; ++column) {
    const bool isCorrelation = column == GeneTable::HeldOut || column == GeneTable::AtSpots;
    m_widths[size_t(column)] = isCorrelation ? std::max(longest, widths[column]) : widths[column];
    m_view->setColumnWidth(column, m_widths[size_t(column)]);
  }
  int place = 0;
  for (const int column : {GeneTable::Symbol, GeneTable::HeldOut, GeneTable::Percentile, GeneTable::Value,
                           GeneTable::AtSpots, GeneTable::Tiles})
    header.moveSection(header.visualIndex(column), place++);
  m_view->setColumnHidden(GeneTable::AtSpots, true);
  header.setContextMenuPolicy(Qt::CustomContextMenu);
  connect(&header, &QWidget::customContextMenuRequested, this, [this](QPoint at) {
    QMenu* menu = columnMenu();
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(m_view->horizontalHeader()->mapToGlobal(at));
  });
}

QMenu* GeneList::columnMenu() {
  auto* menu = new QMenu(this);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    menu->clear();
    for (int column = 0; column < GeneTable::ColumnCount; ++column) {
      QAction* action =
          menu->addAction(m_table->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
      action->setCheckable(true);
      action->setChecked(!m_view->isColumnHidden(column));
      if (std::ranges::find(m_columns, column) != m_columns.end() && m_view->isColumnHidden(column))
        action->setText(tr("%1 (no room)").arg(action->text()));
      action->setEnabled(mayBeHidden(column) && column != GeneTable::AtSpots);
      connect(action, &QAction::toggled, this, [this, column](bool shown) { setColumnShown(column, shown); });
    }
  });
  return menu;
}

void GeneList::setColumnShown(int column, bool shown) {
  QSettings settings;
  settings.setValue(hiddenKey(), with(settings.value(hiddenKey()).toStringList(), column, !shown));
  settings.setValue(wantedKey(), with(settings.value(wantedKey()).toStringList(), column, shown));
  fitColumns();
}

void GeneList::fitColumns() {
  const QStringList hidden = QSettings().value(hiddenKey()).toStringList();
  const bool hasGroups = !m_prediction || !m_prediction->panel.groups.empty();
  const bool hasSpots = m_table->hasSpots();
  int width = 2 * m_view->frameWidth() + m_view->verticalScrollBar()->sizeHint().width();
  m_leastColumns = width;
  for (const int column : kAlwaysShown) m_leastColumns += m_widths[size_t(column)];
  m_columns.clear();
  for (int place = 0; place < GeneTable::ColumnCount; ++place) {
    const int column = m_view->horizontalHeader()->logicalIndex(place);
    const bool known = column == GeneTable::Class ? hasGroups : column != GeneTable::AtSpots || hasSpots;
    if (!known || (mayBeHidden(column) && hidden.contains(QString::number(column)))) continue;
    m_columns.push_back(column);
    width += m_widths[size_t(column)];
  }
  m_allColumns = hasSpots ? width : 0;
  fitWidth();
  dropColumns();
}

/// What has no room is left out, the last first, rather than cut off; but not what the user asked for.
void GeneList::dropColumns() {
  const QStringList wanted = QSettings().value(wantedKey()).toStringList();
  std::vector<int> shown = m_columns;
  const auto width = [&] {
    int sum = 0;
    for (const int column : shown) sum += m_widths[size_t(column)];
    return sum;
  };
  const auto mayGo = [&](int column) {
    return mayBeHidden(column) && column != GeneTable::AtSpots && !wanted.contains(QString::number(column));
  };
  for (auto last = shown.rbegin(); last != shown.rend() && width() > m_view->viewport()->width();)
    last = mayGo(*last) ? std::make_reverse_iterator(shown.erase(std::next(last).base())) : std::next(last);
  for (int column = 0; column < GeneTable::ColumnCount; ++column) {
    const bool isHidden = std::ranges::find(shown, column) == shown.end();
    if (isHidden != m_view->isColumnHidden(column)) m_view->setColumnHidden(column, isHidden);
  }
}

/// The panel is so wide that what is always shown is not cut off, nor, with measured spots, any column, where
/// the window has the room.
void GeneList::fitWidth() {
  const int width = window()->width();
  m_view->setMinimumWidth(std::max(std::min(m_leastColumns, width / 4), std::min(m_allColumns, width / 3)));
}

void GeneList::showEvent(QShowEvent* event) {
  window()->installEventFilter(this);
  fitWidth();
  QWidget::showEvent(event);
}

void GeneList::showPrediction(std::shared_ptr<const Prediction> prediction) {
  m_showing = true;
  m_table->showPrediction(prediction);
  m_showing = false;
  m_prediction = std::move(prediction);
  m_spreads->showPrediction(m_prediction);
  m_sets->showPrediction(m_prediction);
  m_search->showModel(m_prediction ? QString::fromStdString(m_prediction->modelName) : QString());
  fitColumns();
  m_atRest->start();
}

void GeneList::showSpots(std::shared_ptr<const MeasuredSpots> spots) {
  m_table->showSpots(std::move(spots));
  fitColumns();
}

void GeneList::narrow() {
  std::optional<std::set<QString>> symbols;
  if (m_sets->set()) {
    symbols.emplace();
    for (const std::string& symbol : m_sets->set()->genes) symbols->insert(QString::fromStdString(symbol));
  }
  m_showing = true;
  m_sorted->showOnly(std::move(symbols));
  m_showing = false;
  m_search->tellMissing();
  m_atRest->start();
}

void GeneList::wantSpreads() {
  if (!m_prediction || m_view->isColumnHidden(GeneTable::Tiles)) return;
  const int height = m_view->viewport()->height();
  const int first = std::max(0, m_view->rowAt(0)), last = m_view->rowAt(height - 1);
  std::vector<int> genes;
  for (int row = first; row <= (last < 0 ? m_sorted->rowCount() - 1 : last); ++row)
    genes.push_back(geneAt(m_sorted->index(row, 0)));
  m_spreads->want(std::move(genes));
}

int GeneList::geneAt(const QModelIndex& row) const {
  return m_sorted->mapToSource(row).row();
}

const std::optional<GeneSet>& GeneList::set() const {
  return m_sets->set();
}

/// The view lays out new rows only when control is back in the event loop.
void GeneList::keepCurrentInView() {
  QTimer::singleShot(0, m_view, [this] { m_view->scrollTo(m_view->currentIndex()); });
}

/// A chart that comes or goes makes the table smaller or larger.
bool GeneList::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && watched == window()) {
    fitWidth();
  } else if (event->type() == QEvent::Resize) {
    dropColumns();
    keepCurrentInView();
    m_atRest->start();
  }
  return QWidget::eventFilter(watched, event);
}

std::vector<int> GeneList::neighbours() const {
  std::vector<int> genes;
  for (const int step : {1, -1, 2}) {
    const QModelIndex row = m_sorted->index(m_view->currentIndex().row() + step, 0);
    if (row.isValid()) genes.push_back(geneAt(row));
  }
  return genes;
}

void GeneList::chooseGene(int gene) {
  const bool same = std::exchange(m_chosen, gene) == gene;
  if (same && !m_several.empty()) return;
  m_several.clear();
  m_mix->showCount(0);
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
