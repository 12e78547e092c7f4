// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QCustomPlot;

namespace geneglass {

/// Gives a chart the colours and the font of the window it lies in.
void styleChart(QCustomPlot& chart);

/// Says over a chart why it is empty; an empty text removes the line.
void showEmptyText(QCustomPlot& chart, const QString& text);

}  // namespace geneglass
