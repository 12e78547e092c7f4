// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include "app/desktop/genes/gene_pair.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/package/model_package.h"
#include "overlays/overlay_plugin.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStringListModel;

namespace geneglass {

class LassoScatter;
class StandingChart;

/// What is predicted of the chosen gene against its training, and against a second gene tile by tile: tiles
/// that are marked in the chart are outlined on the slide, and those of a region that is selected there are
/// marked in the chart. Works only while it is visible. GUI thread.
class GeneCharts final : public QWidget {
  Q_OBJECT

 public:
  explicit GeneCharts(Workplace& workplace, QWidget* parent = nullptr);  ///< which outlives it
  void showScene(const OverlayScene& scene);
  void offerSecond(const std::string& symbol);  ///< as long as none was typed
  /// Of the prediction's grid, places row by row, as placesWithin() gives them; empty: none.
  void markPlaces(const std::vector<bool>& places);
  QString sentence() const;  ///< statistics of the two

 Q_SIGNALS:
  void tilesMarked(const std::vector<geneglass::TileGrid::Cell>& cells);  ///< of the map's grid

 protected:
  void showEvent(QShowEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  enum class Mark { None, Both, FirstOnly, SecondOnly };
  QWidget* makeChoices();
  void read();
  void readInSight();
  void readMaps();  ///< and what is told of them; some seconds of one processor where tiles are many
  void take(const Result<GenePair>& pair);
  void showPair(const GenePair& pair);
  void markQuarters(Mark which);
  void tellMarked(const std::vector<bool>& tiles);
  int second() const;  ///< index into the prediction's genes; -1 for none

  Workplace& m_workplace;
  OverlayScene m_scene;
  GenePair m_pair;  ///< as it is shown
  StandingChart* m_standing;
  QLineEdit* m_second;
  QStringListModel* m_symbols;
  QComboBox* m_marks;
  LassoScatter* m_scatter;
  QLabel* m_statistics;
  bool m_isStale = false;  ///< another scene was shown since it was read
  QTimer m_rest;           ///< genes that are only walked past are not read
  NewestJob m_job;
};

}  // namespace geneglass
