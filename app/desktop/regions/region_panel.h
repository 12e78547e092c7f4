// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "app/desktop/annotating/annotation_layer.h"
#include "app/desktop/regions/region_table.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/prediction/prediction.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace geneglass {

/// The entry of a case that holds the region tables for its report, see regionTablesFromJson().
inline constexpr const char* kRegionTablesEntry = "regionTables";

/// Compares what is predicted in one region that was drawn with another, or with the rest of the tissue, on a
/// thread of its own. A table stays what it was made from: where prediction or annotations have changed
/// since, that is said. GUI thread.
class RegionPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit RegionPanel(Workplace& workplace, QWidget* parent = nullptr);  ///< which outlives it
  ~RegionPanel() override;

  void showLayer(AnnotationLayer* layer);  ///< whose annotations can be chosen; null: none
  void showPrediction(std::shared_ptr<const Prediction> prediction);  ///< null: none

  void compare();
  void exportCsv(const QString& file);
  void addToReport();                                                                  ///< a step of the case
  std::shared_ptr<const RegionComparison> comparison() const { return m_comparison; }  ///< null: none

 Q_SIGNALS:
  void compared();
  void geneChosen(const QString& symbol);
  void said(const QString& sentence);
  void refused(const QString& sentence);

 private:
  void build();
  void connectAll();
  void showAnnotations();
  void forgetComparison();
  void takeComparison(const Result<RegionComparison>& made, const AnnotationSetPtr& drawn);
  void showComparison();
  void showStanding();
  void showCounterfactual();
  void showRunning(bool running);
  void askForCsv();

  NewestJob m_comparing;
  NewestJob m_writing;
  AnnotationLayer* m_layer = nullptr;
  std::shared_ptr<const Prediction> m_prediction;
  AnnotationSetPtr m_listed;  ///< whose classes can be chosen
  AnnotationSetPtr m_drawn;   ///< what m_comparison was made of
  bool m_running = false;
  std::shared_ptr<const RegionComparison> m_comparison;
  RegionTable* m_table;
  QSortFilterProxyModel* m_sorted;
  QComboBox* m_a;
  QComboBox* m_b;
  QPushButton* m_compare;
  QLabel* m_sentences;
  QTableView* m_view;
  QLabel* m_counterfactual;
  QPushButton* m_csv;
  QPushButton* m_report;
};

}  // namespace geneglass
