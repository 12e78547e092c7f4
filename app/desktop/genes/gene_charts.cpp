// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_charts.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStringListModel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "app/desktop/charts/lasso_scatter.h"
#include "app/desktop/genes/in_sight.h"
#include "app/desktop/genes/standing_chart.h"
#include "app/desktop/help/glossary.h"
#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kRestMilliseconds = 300;

/// The value above which a quarter of them lie.
float upperQuarter(std::vector<float> values) {
  const auto place = values.begin() + std::ptrdiff_t(values.size() * 3 / 4);
  std::nth_element(values.begin(), place, values.end());
  return place == values.end() ? 0 : *place;
}

/// In two lines: it is longer than a narrow chart is wide.
LassoScatter::Axis axisOf(const Prediction& prediction, const GenePair::Gene& gene) {
  const GenePrediction& facts = prediction.genes[size_t(gene.gene)];
  return {LassoScatter::tr("%1 (held-out r %2), %3")
              .arg(QString::fromStdString(facts.symbol), numberText(facts.heldOutR, 2),
                   QLatin1Char('\n') + QString::fromStdString(prediction.labelUnit)),
          gene.map->expression};
}

}  // namespace

GeneCharts::GeneCharts(Workplace& workplace, QWidget* parent)
    : QWidget(parent),
      m_workplace(workplace),
      m_standing(new StandingChart),
      m_second(new QLineEdit),
      m_symbols(new QStringListModel(this)),
      m_marks(new QComboBox),
      m_scatter(new LassoScatter),
      m_statistics(new QLabel),
      m_job(this, workplace) {
  m_rest.setSingleShot(true);
  m_rest.setInterval(kRestMilliseconds);
  connect(&m_rest, &QTimer::timeout, this, &GeneCharts::readMaps);
  m_statistics->setWordWrap(true);
  explain(*m_statistics, QStringLiteral("morans-i"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->addWidget(m_standing, 1);
  layout->addWidget(makeChoices());
  layout->addWidget(m_scatter, 2);
  layout->addWidget(m_statistics);
  connect(m_scatter, &LassoScatter::lassoed, this, &GeneCharts::tellMarked);
  showScene({});
}

QWidget* GeneCharts::makeChoices() {
  m_second->setAccessibleName(tr("Second gene"));
  m_second->setPlaceholderText(tr("Second gene"));
  m_second->setClearButtonEnabled(true);
  auto* completer = new QCompleter(m_symbols, m_second);
  completer->setCaseSensitivity(Qt::CaseInsensitive);
  m_second->setCompleter(completer);
  connect(m_second, &QLineEdit::editingFinished, this, &GeneCharts::read);
  connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &GeneCharts::read,
          Qt::QueuedConnection);
  m_marks->setAccessibleName(tr("Tiles to mark"));
  m_marks->addItem(tr("those drawn around"), int(Mark::None));
  m_marks->addItem(tr("high in both"), int(Mark::Both));
  m_marks->addItem(tr("high in the first only"), int(Mark::FirstOnly));
  m_marks->addItem(tr("high in the second only"), int(Mark::SecondOnly));
  m_marks->setToolTip(tr("High: in the upper quarter of this slide's tiles"));
  connect(m_marks, &QComboBox::activated, this,
          [this] { markQuarters(Mark(m_marks->currentData().toInt())); });
  auto* choices = new QWidget;
  auto* form = new QFormLayout(choices);
  form->setContentsMargins(0, 0, 0, 0);
  form->setRowWrapPolicy(QFormLayout::WrapLongRows);
  m_marks->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_marks->setMinimumContentsLength(12);
  form->addRow(tr("Against"), m_second);
  form->addRow(tr("Mark tiles"), m_marks);
  return choices;
}

void GeneCharts::showScene(const OverlayScene& scene) {
  const bool sameGenes = scene.prediction == m_scene.prediction;
  const bool same = sameGenes && scene.gene == m_scene.gene;
  m_scene = scene;
  if (!sameGenes) {
    QStringList symbols;
    if (scene.prediction)
      for (const GenePrediction& gene : scene.prediction->genes)
        if (gene.wellPredicted) symbols << QString::fromStdString(gene.symbol);
    m_symbols->setStringList(symbols);
    tellMarked({});
  }
  if (!same) readInSight();
}

/// What is behind another panel is read when it comes to the front.
void GeneCharts::readInSight() {
  m_isStale = true;
  if (isInSight(*this)) read();
}

void GeneCharts::paintEvent(QPaintEvent* event) {
  const auto catchUp = [this] {
    if (m_isStale) read();
  };
  if (m_isStale) QMetaObject::invokeMethod(this, catchUp, Qt::QueuedConnection);
  QWidget::paintEvent(event);
}

void GeneCharts::showEvent(QShowEvent* event) {
  read();
  QWidget::showEvent(event);
}

void GeneCharts::offerSecond(const std::string& symbol) {
  if (m_second->isModified() && !m_second->text().isEmpty()) return;
  m_second->setText(QString::fromStdString(symbol));
  readInSight();
}

int GeneCharts::second() const {
  const std::string typed = m_second->text().trimmed().toUpper().toStdString();
  const auto& genes = m_scene.prediction->genes;
  const auto found = std::ranges::find_if(genes, [&](const GenePrediction& gene) {
    return QString::fromStdString(gene.symbol).toUpper().toStdString() == typed;
  });
  return found == genes.end() ? -1 : int(found - genes.begin());
}

void GeneCharts::read() {
  m_isStale = false;
  m_job.stop();
  m_rest.stop();
  m_pair = {};
  const Result<void> shown = mayShowGene(m_scene.prediction.get(), m_scene.gene);
  if (!shown) {
    const QString why = QString::fromStdString(shown.error().sentence);
    m_standing->showNothing(why);
    m_scatter->showNothing(why);
    m_statistics->clear();
    return;
  }
  if (const auto package = m_workplace.package())
    m_standing->showGene(*m_scene.prediction, *package, m_scene.gene);
  const int other = second();
  if (other < 0)
    m_scatter->showNothing(m_second->text().trimmed().isEmpty()
                               ? tr("Name a second gene to see both tile by tile.")
                               : tr("This model does not predict “%1”.").arg(m_second->text().trimmed()));
  m_statistics->setText(tr("Reading the maps…"));
  m_rest.start();
}

void GeneCharts::readMaps() {
  m_job.start<GenePair>(
      m_scene.prediction->slideFile,
      [prediction = m_scene.prediction, first = m_scene.gene, other = second()](const std::stop_token& stop) {
        return readPair(*prediction, first, other, stop);
      },
      [this](const Result<GenePair>& pair) { take(pair); });
}

void GeneCharts::take(const Result<GenePair>& pair) {
  if (pair) return showPair(*pair);
  m_statistics->setText(QString::fromStdString(pair.error().sentence));
  m_scatter->showNothing(QString::fromStdString(pair.error().sentence));
}

void GeneCharts::showPair(const GenePair& pair) {
  m_pair = pair;
  const Prediction& prediction = *m_scene.prediction;
  m_statistics->setText(QString::fromStdString(pairSentences(prediction, pair)));
  if (pair.second.map)
    m_scatter->showValues(axisOf(prediction, pair.first), axisOf(prediction, pair.second),
                          tr("A point a tile. Draw around some to outline them on the slide."));
}

void GeneCharts::markQuarters(Mark which) {
  if (!m_pair.second.map) return;
  const std::vector<float>&first = m_pair.first.map->expression, &other = m_pair.second.map->expression;
  const float least = upperQuarter(first), leastOther = upperQuarter(other);
  std::vector<bool> tiles(which == Mark::None ? 0 : first.size());
  for (size_t tile = 0; tile < tiles.size(); ++tile) {
    const bool high = first[tile] >= least, highOther = other[tile] >= leastOther;
    tiles[tile] = which == Mark::Both        ? high && highOther
                  : which == Mark::FirstOnly ? high && !highOther
                                             : !high && highOther;
  }
  m_scatter->mark(tiles);
  tellMarked(tiles);
}

void GeneCharts::markPlaces(const std::vector<bool>& places) {
  if (!m_pair.second.map) return;
  const TileGrid& grid = m_scene.prediction->grid;
  std::vector<bool> tiles;
  for (size_t tile = 0; tile < grid.count() && !places.empty(); ++tile) {
    const auto [column, row] = grid.cellOfTile(tile);
    tiles.push_back(places[size_t(row) * size_t(grid.columns) + size_t(column)]);
  }
  m_scatter->mark(tiles);
}

void GeneCharts::tellMarked(const std::vector<bool>& tiles) {
  std::vector<TileGrid::Cell> cells;
  for (size_t tile = 0; tile < tiles.size(); ++tile)
    if (tiles[tile]) cells.push_back(m_scene.prediction->grid.cellOfTile(tile));
  Q_EMIT tilesMarked(cells);
}

QString GeneCharts::sentence() const {
  return m_statistics->text();
}

}  // namespace geneglass
