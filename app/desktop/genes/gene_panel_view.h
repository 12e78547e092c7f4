// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/genes/gene_set.h"
#include "inference/package/model_package.h"
#include "inference/prediction/genes_together.h"
#include "inference/prediction/measured_spots.h"
#include "inference/prediction/prediction.h"
#include "viewer/canvas/overlay.h"

class QLabel;
class QScrollArea;

namespace geneglass {

class CallsView;
class GeneList;
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
  /// The values of a map; of another map than before once nobody walks on: who walks through the genes wants
  /// to see their maps at once. None: why.
  void showHeatmap(const std::optional<OverlayLayer>& layer, const QString& whyNone);
  void showTogether(const std::shared_ptr<const GenesTogether>& together);  ///< null for none
  void listSet(const std::optional<GeneSet>& set);  ///< as a case kept it; none: all genes
  const std::optional<GeneSet>& listedSet() const;
  void chooseGene(int gene);            ///< without emitting; -1 for none
  std::vector<int> neighbours() const;  ///< of the current gene in the table: what an arrow key chooses next

 Q_SIGNALS:
  void geneChosen(int gene);
  /// Several genes in colours of their own, or the mean of a set; none: one gene again.
  void togetherWanted(const std::optional<geneglass::GenesWish>& wish);
  void setListed(const std::optional<geneglass::GeneSet>& set);  ///< none: all genes
  void styleChosen(const geneglass::HeatmapStyle& style);        ///< of the map that is shown
  void refused(const QString& sentence);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitCalls();
  void wantMean(bool on);
  void showStatement();
  void showScatter();
  void showHistogram();

  std::shared_ptr<const Prediction> m_prediction;
  std::shared_ptr<const MeasuredSpots> m_spots;
  QString m_leftOut;
  std::optional<OverlayLayer> m_layer;           ///< whose values are shown, or will be after m_rest
  QString m_whyNoLayer;                          ///< none
  std::shared_ptr<const Heatmap> m_histogramOf;  ///< that is shown
  QTimer m_rest;
  int m_gene = -1;
  QLabel* m_statement;
  CallsView* m_calls;
  QScrollArea* m_callsArea;
  SubtypeChart* m_subtypes;
  ValueHistogram* m_histogram;
  SpotScatter* m_scatter;
  GeneList* m_genes;
};

}  // namespace geneglass
