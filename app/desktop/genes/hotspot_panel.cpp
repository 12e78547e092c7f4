// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/hotspot_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "overlays/reason.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

QTableWidgetItem* cellOf(const QString& text) {
  auto* cell = new QTableWidgetItem(text);
  cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  return cell;
}

/// Around its outer outline.
Rect areaOf(const Hotspot& hotspot) {
  if (hotspot.rings.empty()) return {};
  const auto [left, right] = std::ranges::minmax(hotspot.rings.front(), {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(hotspot.rings.front(), {}, &Point::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

}  // namespace

HotspotPanel::HotspotPanel(QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_list(new QTableWidget(0, 3)) {
  m_text->setWordWrap(true);
  m_list->setAccessibleName(tr("Hotspots of the chosen gene"));
  m_list->setHorizontalHeaderLabels({tr("Rank"), tr("mm²"), tr("Mean")});
  m_list->horizontalHeaderItem(0)->setToolTip(tr("1 is the largest of its gene"));
  m_list->horizontalHeaderItem(2)->setToolTip(tr("Mean of its tiles' expression estimates"));
  m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m_list->verticalHeader()->hide();
  m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_list->setSelectionMode(QAbstractItemView::SingleSelection);
  m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_list->setTabKeyNavigation(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->addWidget(m_text);
  layout->addWidget(m_list, 1);
  connect(m_list, &QTableWidget::cellClicked, this, &HotspotPanel::go);
  connect(m_list, &QTableWidget::cellActivated, this, &HotspotPanel::go);
  showScene({});
}

QString HotspotPanel::headingOf(const GenePrediction& gene) const {
  const Prediction& prediction = *m_scene.prediction;
  const QString name =
      tr("%1 (held-out r %2)").arg(QString::fromStdString(gene.symbol), numberText(gene.heldOutR, 2));
  if (prediction.withheld)
    return tr("Hotspots of %1 are withheld: this tissue is unlike the training tissue.").arg(name);
  if (!prediction.waiting.empty())
    return tr("Hotspots of %1 are known when all tiles are computed.").arg(name);
  if (m_map->hotspots.empty())
    return tr("%1 has no hotspot: no four neighbouring tiles are in this slide's top 5 %.").arg(name);
  return tr("%n hotspot(s) of %1, mean in %2. A click goes there; “.” to the next, “,” to the one before.",
            nullptr, int(m_map->hotspots.size()))
      .arg(name, QString::fromStdString(prediction.labelUnit));
}

void HotspotPanel::showScene(const OverlayScene& scene) {
  if (m_scene.prediction == scene.prediction && m_scene.gene == scene.gene && !m_text->text().isEmpty())
    return;
  m_scene = scene;
  const auto map = mapToShow(scene.prediction.get(), scene.gene);
  m_map = map.value_or(nullptr);
  m_text->setText(map ? headingOf(scene.prediction->genes[size_t(scene.gene)])
                      : QString::fromStdString(map.error().sentence));
  showRows();
}

void HotspotPanel::showRows() {
  const size_t count = m_map ? m_map->hotspots.size() : 0;
  m_list->clearSelection();
  m_list->setCurrentItem(nullptr);
  m_list->setRowCount(int(count));
  for (size_t row = 0; row < count; ++row) {
    const Hotspot& hotspot = m_map->hotspots[row];
    m_list->setItem(int(row), 0, cellOf(QString::number(hotspot.rank)));
    m_list->setItem(int(row), 1, cellOf(numberText(hotspot.areaMm2, 2)));
    m_list->setItem(int(row), 2, cellOf(numberText(hotspot.mean, 2)));
  }
}

void HotspotPanel::go(int row) {
  if (!m_map || row < 0 || size_t(row) >= m_map->hotspots.size()) return;
  Q_EMIT areaWanted(areaOf(m_map->hotspots[size_t(row)]));
}

void HotspotPanel::step(int by) {
  const int count = m_list->rowCount(), now = m_list->currentRow();
  if (count == 0) return;
  const int next = now < 0 ? (by > 0 ? 0 : count - 1) : (now + by + count) % count;
  m_list->setCurrentCell(next, 0);
  go(next);
}

QString HotspotPanel::sentence() const {
  return m_text->text();
}

}  // namespace geneglass
