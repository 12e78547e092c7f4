// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/charts/chart_style.h"

#include "app/desktop/charts/plot_library.h"

#include <QEvent>
#include <QLabel>
#include <QPalette>
#include <QVBoxLayout>

namespace geneglass {

static void styleAxis(QCPAxis& axis, const QColor& text, const QColor& line, const QFont& font) {
  axis.setBasePen(QPen(line));
  axis.setTickPen(QPen(line));
  axis.setSubTickPen(Qt::NoPen);
  axis.setTickLabelColor(text);
  axis.setLabelColor(text);
  axis.setTickLabelFont(font);
  axis.setLabelFont(font);
  axis.grid()->setPen(QPen(line, 0, Qt::DotLine));
  axis.grid()->setZeroLinePen(QPen(text, 0));
}

void layTitleOverChart(QWidget& owner, QLabel* title, QCustomPlot* chart, int leastHeight) {
  title->setWordWrap(true);
  title->setObjectName(QStringLiteral("chartTitle"));
  auto* layout = new QVBoxLayout(&owner);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addWidget(title);
  layout->addWidget(chart, 1);
  chart->setMinimumHeight(leastHeight);
  styleChart(*chart);
}

namespace {

/// Styles a chart anew when the window's colours change. The chart's own child.
class ChartRestyler final : public QObject {
 public:
  explicit ChartRestyler(QCustomPlot& chart) : QObject(&chart), m_chart(chart) {
    chart.installEventFilter(this);
  }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::PaletteChange) {
      styleChart(m_chart);
      m_chart.replot(QCustomPlot::rpQueuedReplot);
    }
    return QObject::eventFilter(watched, event);
  }

 private:
  QCustomPlot& m_chart;
};

bool isWatched(const QCustomPlot& chart) {
  for (const QObject* child : chart.children())
    if (dynamic_cast<const ChartRestyler*>(child)) return true;
  return false;
}

}  // namespace

QFont chartFont(const QWidget& chart) {
  QFont font = chart.font();
  font.setPointSizeF(0.85 * font.pointSizeF());
  return font;
}

void styleChart(QCustomPlot& chart) {
  if (!isWatched(chart)) new ChartRestyler(chart);
  // With the window's next frame: at once would paint the whole window, slide and all, for each chart.
  chart.setPlottingHint(QCP::phImmediateRefresh, false);
  const QPalette palette = chart.palette();
  const QColor text = palette.color(QPalette::WindowText);
  QColor line = text;
  line.setAlphaF(0.35f);
  const QFont font = chartFont(chart);
  chart.setBackground(palette.brush(QPalette::Base));
  for (const QCPAxisRect* rect : chart.axisRects()) {
    for (const auto side : {QCPAxis::atBottom, QCPAxis::atLeft})
      styleAxis(*rect->axis(side), text, line, font);
    rect->axis(QCPAxis::atBottom)->grid()->setVisible(false);
  }
}

/// Lines of at most so many letters, where the words allow.
static QString wrapped(const QString& text, qsizetype most) {
  QString lines;
  qsizetype length = 0;
  for (const QString& word : text.split(QLatin1Char(' '))) {
    const bool breaks = length + word.size() > most;
    if (!lines.isEmpty()) lines += breaks ? QLatin1Char('\n') : QLatin1Char(' ');
    lines += word;
    length = (breaks ? 0 : length) + word.size() + 1;
  }
  return lines;
}

void showEmptyText(QCustomPlot& chart, const QString& text) {
  chart.clearItems();
  const bool empty = !text.isEmpty();
  for (const QCPAxisRect* rect : chart.axisRects()) {
    for (const auto side : {QCPAxis::atBottom, QCPAxis::atLeft}) rect->axis(side)->setVisible(!empty);
    rect->axis(QCPAxis::atLeft)->grid()->setVisible(!empty);
  }
  if (!empty) return;
  auto* label = new QCPItemText(&chart);
  label->position->setType(QCPItemPosition::ptAxisRectRatio);
  label->position->setCoords(0.5, 0.5);
  label->setText(wrapped(text, 36));  // what a narrow panel shows
  label->setColor(chart.palette().color(QPalette::Disabled, QPalette::WindowText));
  label->setFont(chartFont(chart));
}

}  // namespace geneglass
