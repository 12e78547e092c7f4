// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

class QCustomPlot;
class QLabel;
class QWidget;

namespace geneglass {

/// Lays a title of several lines over a chart, which fill their owner; the chart is styled and at least so
/// high, in pixels.
void layTitleOverChart(QWidget& owner, QLabel* title, QCustomPlot* chart, int leastHeight);

/// Gives a chart the colours and the font of the window it lies in, also when these change.
void styleChart(QCustomPlot& chart);

/// The font of a chart's texts, a little smaller than the window's.
QFont chartFont(const QWidget& chart);

/// Says over a chart why it is empty; an empty text removes the line.
void showEmptyText(QCustomPlot& chart, const QString& text);

}  // namespace geneglass
