// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_panel_view.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "app/desktop/charts/value_histogram.h"
#include "app/desktop/genes/calls_view.h"
#include "app/desktop/genes/gene_list.h"
#include "app/desktop/genes/spot_scatter.h"
#include "app/desktop/genes/subtype_chart.h"
#include "app/desktop/layers/caption_overlay.h"
#include "app/desktop/session/few_tiles_text.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

static constexpr int kAtRestMilliseconds =
    60;  ///< longer than a key that is held down needs to its next press

static GenesWish wishOf(const std::vector<std::string>& symbols) {
  GenesWish wish;
  for (const std::string& symbol : symbols) wish.genes.push_back({symbol});
  return wish;
}

GenePanelView::GenePanelView(QWidget* parent)
    : QWidget(parent),
      m_statement(new QLabel),
      m_calls(new CallsView),
      m_callsArea(new QScrollArea),
      m_subtypes(new SubtypeChart),
      m_histogram(new ValueHistogram),
      m_scatter(new SpotScatter),
      m_genes(new GeneList) {
  m_statement->setWordWrap(true);
  m_statement->setAccessibleName(tr("What the prediction is"));
  m_callsArea->setWidget(m_calls);
  m_callsArea->setWidgetResizable(true);
  m_callsArea->setFrameShape(QFrame::NoFrame);
  m_callsArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_callsArea->setAccessibleName(tr("What the slide is called"));
  m_callsArea->hide();
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
  layout->addWidget(m_callsArea);
  layout->addWidget(splitter, 1);
  const auto choose = [this](int gene) {
    m_genes->endMean();
    Q_EMIT geneChosen(gene);
  };
  connect(m_subtypes, &SubtypeChart::geneChosen, this, choose);
  connect(m_genes, &GeneList::geneChosen, this, choose);
  connect(m_histogram, &ValueHistogram::styleChosen, this, &GenePanelView::styleChosen);
  connect(m_genes, &GeneList::meanWanted, this, &GenePanelView::wantMean);
  connect(m_genes, &GeneList::severalChosen, this, [this](const std::vector<int>& genes, ColourMix mix) {
    std::vector<std::string> symbols;
    for (const int gene : genes) symbols.push_back(m_prediction->genes[size_t(gene)].symbol);
    GenesWish wish = wishOf(symbols);
    wish.mix = mix;
    m_genes->endMean();
    Q_EMIT togetherWanted(wish);
  });
  connect(m_genes, &GeneList::refused, this, &GenePanelView::refused);
  connect(m_genes, &GeneList::setListed, this, [this] { Q_EMIT setListed(m_genes->set()); });
  m_rest.setSingleShot(true);
  m_rest.setInterval(kAtRestMilliseconds);
  connect(&m_rest, &QTimer::timeout, this, &GenePanelView::showHistogram);
  showSpots(nullptr);
  showState(tr("Open a slide to predict its genes."));
}

void GenePanelView::showPrediction(std::shared_ptr<const Prediction> prediction,
                                   std::shared_ptr<const ModelPackage> package) {
  m_genes->showPrediction(prediction);
  if (prediction && package && !prediction->withheld)
    m_subtypes->showStandings(standingsOf(*prediction, *package), prediction->panel);
  else
    m_subtypes->showStandings({}, {});
  m_calls->showPrediction(prediction);
  fitCalls();
  const bool genes = !prediction || !prediction->genes.empty();
  m_genes->setVisible(genes);
  const bool hasGroups = !prediction || !prediction->panel.groups.empty();
  m_subtypes->setVisible(genes && hasGroups && !(prediction && prediction->withheld));
  m_prediction = std::move(prediction);
  showStatement();
  showScatter();
}

/// At most a third of the panel: the rest is the table's and the charts'.
void GenePanelView::fitCalls() {
  m_callsArea->setVisible(!m_calls->isHidden());
  if (m_calls->isHidden()) return;
  const QMargins margins = layout()->contentsMargins();
  const int bar = m_callsArea->verticalScrollBar()->sizeHint().width();
  const int wide = width() - margins.left() - margins.right() - bar;
  const int needed =
      m_calls->hasHeightForWidth() ? m_calls->heightForWidth(wide) : m_calls->sizeHint().height();
  const int most = std::max(height() / 3, 6 * fontMetrics().lineSpacing());
  m_callsArea->setFixedHeight(std::clamp(needed, 0, most));
}

void GenePanelView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitCalls();
}

void GenePanelView::wantMean(bool on) {
  if (!on || !m_genes->set()) return Q_EMIT togetherWanted({});
  GenesWish wish = wishOf(m_genes->set()->genes);
  wish.name = m_genes->set()->name;
  Q_EMIT togetherWanted(wish);
}

void GenePanelView::showTogether(const std::shared_ptr<const GenesTogether>& together) {
  if (together && together->mix) {
    std::vector<std::string> symbols;
    for (const GenesTogether::Gene& gene : together->genes) symbols.push_back(gene.symbol);
    m_genes->showSeveral(symbols, *together->mix);
  }
  const bool mean = together && !together->mix;
  if (!mean) return m_genes->showMean({});
  m_genes->beginMean(together->name);
  m_genes->showMean(tr("Mean z of the slide %1, over %2 of %3 genes. It has no held-out r of its own.")
                        .arg(numberText(together->slideZ, 2))
                        .arg(together->used)
                        .arg(together->named));
}

void GenePanelView::showStatement() {
  if (!m_prediction) return;
  QString text = modelCaption(*m_prediction);
  if (!m_prediction->labelUnit.empty() && !m_prediction->genes.empty())
    text += tr(" Values in %1.").arg(QString::fromStdString(m_prediction->labelUnit));
  if (const QString few = fewTilesText(*m_prediction); !few.isEmpty()) text += QLatin1Char(' ') + few;
  if (m_prediction->damagedTiles > 0)
    text += tr(" %n damaged tile(s) left out.", nullptr, m_prediction->damagedTiles);
  if (m_spots && !std::isnan(m_spots->meanR))
    text += tr(" At %1 measured spots of this slide: mean r %2 [%3, %4] over %5 genes.")
                .arg(m_spots->centres.size())
                .arg(numberText(m_spots->meanR, 2))
                .arg(numberText(m_spots->meanLow, 2))
                .arg(numberText(m_spots->meanHigh, 2))
                .arg(m_spots->genes.size());
  if (m_spots && !m_leftOut.isEmpty()) text += tr(" Spots left out: %1.").arg(m_leftOut);
  m_statement->setText(text);
}

void GenePanelView::showSpots(std::shared_ptr<const MeasuredSpots> spots, const std::string& leftOut) {
  m_spots = std::move(spots);
  m_leftOut = QString::fromStdString(leftOut);
  m_genes->showSpots(m_spots);
  m_scatter->setVisible(m_spots != nullptr);
  showStatement();
  showScatter();
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
  m_layer = layer;
  m_whyNoLayer = whyNone;
  const auto map = layer ? layer->overlay->heatmap() : nullptr;
  if (map && m_histogramOf && map != m_histogramOf) return m_rest.start();
  showHistogram();
}

void GenePanelView::showHistogram() {
  m_rest.stop();
  m_histogramOf = m_layer ? m_layer->overlay->heatmap() : nullptr;
  m_histogram->showLayer(m_layer, m_whyNoLayer);
}

void GenePanelView::listSet(const std::optional<GeneSet>& set) {
  m_genes->listSet(set);
}

const std::optional<GeneSet>& GenePanelView::listedSet() const {
  return m_genes->set();
}

std::vector<int> GenePanelView::neighbours() const {
  return m_genes->neighbours();
}

void GenePanelView::chooseGene(int gene) {
  m_subtypes->chooseGene(gene);
  m_gene = gene;
  showScatter();
  m_genes->chooseGene(gene);
}

}  // namespace geneglass
