// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>
#include <vector>

#include "app/desktop/genes/gene_standing.h"

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCustomPlot;
class QLabel;

namespace geneglass {

/// Every predicted gene as a point with its expected error and, where known, how far the fold models lie
/// apart; grouped by subtype. A click chooses a gene. GUI
/// thread.
class SubtypeChart final : public QWidget {
  Q_OBJECT

 public:
  explicit SubtypeChart(QWidget* parent = nullptr);
  void showStandings(std::vector<GeneStanding> standings, const GenePanel& panel);
  void chooseGene(int gene);  ///< marks it; -1 for none
  bool event(QEvent* event) override;

 Q_SIGNALS:
  void geneChosen(int gene);

 private:
  void placeGroup(size_t first, size_t end, double offset, QColor colour);
  void addPoints(size_t first, size_t end, bool wellPredicted, QColor colour);
  void nameTitle();
  void addMark();
  void markChosen();
  int nearest(QPointF position) const;  ///< index into m_standings, -1 for none

  std::vector<GeneStanding> m_standings;
  std::vector<double> m_places;  ///< x of each standing
  int m_gene = -1;
  QLabel* m_title;
  QCustomPlot* m_chart;
  QPointer<QCPItemStraightLine> m_line;  ///< of the chosen gene; null while there are no points
  QPointer<QCPItemText> m_label;
};

}  // namespace geneglass
