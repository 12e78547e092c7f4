// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/lasso_scatter.h"

#include "app/desktop/charts/plot_library.h"

#include <QLabel>
#include <QMouseEvent>
#include <algorithm>
#include <utility>

#include "app/desktop/charts/chart_pair.h"
#include "app/desktop/charts/chart_style.h"
#include "app/desktop/help/glossary.h"

namespace geneglass {

std::vector<bool> within(const QPolygonF& line, const std::vector<float>& across,
                         const std::vector<float>& up) {
  const QRectF box = line.boundingRect();
  std::vector<bool> inside;
  inside.reserve(across.size());
  for (size_t tile = 0; tile < across.size(); ++tile) {
    const QPointF point{double(across[tile]), double(up[tile])};
    inside.push_back(box.contains(point) && line.containsPoint(point, Qt::OddEvenFill));
  }
  return inside;
}

LassoScatter::LassoScatter(QWidget* parent) : QWidget(parent), m_title(new QLabel), m_chart(new QCustomPlot) {
  layTitleOverChart(*this, m_title, m_chart, 170);
  m_chart->setObjectName(QStringLiteral("scatterChart"));
  m_chart->setAccessibleName(tr("Two genes over the tiles, a point a tile"));
  m_chart->setToolTip(tr("Draw around points with the button held: their tiles are outlined on the slide"));
  m_chart->installEventFilter(this);
  explain(*this, QStringLiteral("two-genes"));
}

void LassoScatter::showNothing(const QString& why) {
  m_across = m_up = {};
  m_chart->clearPlottables();
  showEmptyText(*m_chart, why);
  m_title->clear();
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void LassoScatter::showValues(Axis across, Axis up, const QString& title) {
  m_across = std::move(across);
  m_up = std::move(up);
  showEmptyText(*m_chart, {});
  ChartExtent horizontal, vertical;
  for (const float value : m_across.values) horizontal.add(double(value));
  for (const float value : m_up.values) vertical.add(double(value));
  horizontal.fit(*m_chart->xAxis);
  vertical.fit(*m_chart->yAxis);
  m_chart->xAxis->setLabel(m_across.label);
  m_chart->yAxis->setLabel(m_up.label);
  const size_t tiles = m_across.values.size();
  m_title->setText(
      tiles > kMostDrawn ? tr("%1 %2 of %3 tiles are drawn.").arg(title).arg(kMostDrawn).arg(tiles) : title);
  mark({});
}

/// Those that are marked over the others.
void LassoScatter::addPoints(const std::vector<bool>& marked) {
  const size_t tiles = m_across.values.size(), step = std::max<size_t>(1, tiles / kMostDrawn);
  const QColor plain = palette().color(QPalette::PlaceholderText);  // seen on dark and on light
  for (const bool which : {false, true}) {
    QVector<double> across, up;
    for (size_t tile = 0; tile < tiles; tile += step)
      if ((!marked.empty() && marked[tile]) == which) {
        across << double(m_across.values[tile]);
        up << double(m_up.values[tile]);
      }
    QCPGraph* points = m_chart->addGraph();
    points->setData(across, up);
    points->setLineStyle(QCPGraph::lsNone);
    points->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, which ? QColor(0xE6, 0x9F, 0x00) : plain, which ? 5 : 3));
  }
}

void LassoScatter::mark(const std::vector<bool>& tiles) {
  m_chart->clearPlottables();
  if (m_across.values.empty()) return;
  addPoints(tiles.size() == m_across.values.size() ? tiles : std::vector<bool>());
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

void LassoScatter::drawLasso() {
  for (int item = m_chart->plottableCount() - 1; item >= 0; --item)
    if (auto* curve = qobject_cast<QCPCurve*>(m_chart->plottable(item))) m_chart->removePlottable(curve);
  if (m_lasso.size() > 1) {
    auto* curve = new QCPCurve(m_chart->xAxis, m_chart->yAxis);
    QVector<double> across, up;
    for (const QPointF& point : m_lasso) {
      across << point.x();
      up << point.y();
    }
    curve->setData(across, up);
    curve->setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DashLine));
  }
  m_chart->replot(QCustomPlot::rpQueuedReplot);
}

/// A click without a drag marks nothing.
void LassoScatter::close() {
  m_drawing = false;
  const std::vector<bool> tiles = within(m_lasso, m_across.values, m_up.values);
  m_lasso.clear();
  mark(tiles);
  Q_EMIT lassoed(tiles);
}

bool LassoScatter::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  const bool mouse =
      type == QEvent::MouseButtonPress || type == QEvent::MouseMove || type == QEvent::MouseButtonRelease;
  if (!mouse || m_across.values.empty()) return QWidget::eventFilter(watched, event);
  const QPointF at = static_cast<const QMouseEvent&>(*event).position();
  if (type == QEvent::MouseButtonPress) m_drawing = true;
  if (m_drawing)
    m_lasso << QPointF(m_chart->xAxis->pixelToCoord(at.x()), m_chart->yAxis->pixelToCoord(at.y()));
  if (m_drawing && type == QEvent::MouseButtonRelease)
    close();
  else if (m_drawing)
    drawLasso();
  return QWidget::eventFilter(watched, event);
}

}  // namespace geneglass
