// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/genes/gene_table.h"
#include "inference/package/model_package.h"
#include "viewer/canvas/overlay.h"

class QLabel;
class QLineEdit;
class QModelIndex;
class QSortFilterProxyModel;
class QTableView;

namespace geneglass {

class CallsView;
class SpotScatter;
class SubtypeChart;
class ValueHistogram;

/// The predicted genes: what the model is, a table to sort, filter and choose from, and charts below. GUI
/// thread.
class GenePanelView final : public QWidget {
  Q_OBJECT

 public:
  explicit GenePanelView(QWidget* parent = nullptr);
  void showPrediction(std::shared_ptr<const Prediction> prediction,
                      std::shared_ptr<const ModelPackage> package);
  /// Measured on the slide; null: none. `leftOut`: which of the folder's are none of these, in words.
  void showSpots(std::shared_ptr<const MeasuredSpots> spots, const std::string& leftOut = {});
  void showState(const QString& sentence);  ///< why there is no prediction, or that it runs
  void showHeatmap(const std::optional<OverlayLayer>& layer, const QString& whyNone);
  void chooseGene(int gene);            ///< without emitting; -1 for none
  std::vector<int> neighbours() const;  ///< of the current gene in the table: what an arrow key chooses next

 Q_SIGNALS:
  void geneChosen(int gene);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeTable();
  void keepCurrentInView();
  void fitColumns();
  void showStatement();
  void showScatter();

  std::shared_ptr<const Prediction> m_prediction;
  std::shared_ptr<const MeasuredSpots> m_spots;
  QString m_leftOut;
  int m_gene = -1;
  bool m_showing = false;  ///< what is shown changes, not the user's choice
  GeneTable* m_table;
  QSortFilterProxyModel* m_sorted;
  QLabel* m_statement;
  CallsView* m_calls;
  QLineEdit* m_filter;
  QTableView* m_view;
  SubtypeChart* m_subtypes;
  ValueHistogram* m_histogram;
  SpotScatter* m_scatter;
  QWidget* m_genes;  ///< the table and its filter
};

}  // namespace geneglass
