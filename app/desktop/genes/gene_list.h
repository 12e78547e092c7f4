// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/genes/gene_set.h"
#include "app/desktop/genes/gene_table.h"
#include "viewer/foundation/colour_mix.h"

class QMenu;
class QModelIndex;
class QTableView;
class QTimer;

namespace geneglass {

class GeneFilter;
class GeneSearch;
class GeneSetChoice;
class MixChoice;
class TileSpreads;

/// The table of predicted genes: to search, to sort, to narrow to a set, and to choose from; which columns it
/// has is the user's choice, but gene, reliability and percentile are always there. GUI thread.
class GeneList final : public QWidget {
  Q_OBJECT

 public:
  explicit GeneList(QWidget* parent = nullptr);
  void showPrediction(std::shared_ptr<const Prediction> prediction);  ///< null for none
  void showSpots(std::shared_ptr<const MeasuredSpots> spots);         ///< null for none
  void chooseGene(int gene);                                          ///< without emitting; -1 for none
  std::vector<int> neighbours() const;              ///< of the current gene: what an arrow key chooses next
  const std::optional<GeneSet>& set() const;        ///< that is listed; none: all genes
  void listSet(const std::optional<GeneSet>& set);  ///< as a case kept it
  /// Marks genes that are shown together already, without emitting.
  void showSeveral(const std::vector<std::string>& symbols, ColourMix mix);
  void beginMean(const std::string& name);  ///< that of the set is shown, if it is listed: without emitting
  void endMean();                           ///< another map is shown: without emitting
  void showMean(const QString& text);       ///< what is said of the set's mean; empty: nothing

 Q_SIGNALS:
  void geneChosen(int gene);
  void severalChosen(const std::vector<int>& genes, geneglass::ColourMix mix);  ///< two or more
  void meanWanted(bool on);                                                     ///< of the listed set
  void setListed();                                                             ///< set() is another
  void refused(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void buildView();
  void buildColumns();
  QMenu* columnMenu();
  void keepCurrentInView();
  void fitColumns();
  void fitWidth();
  void dropColumns();
  void narrow();
  void wantSpreads();
  void setColumnShown(int column, bool shown);
  int geneAt(const QModelIndex& row) const;
  void takeSelection();
  void tellSeveral();

  std::shared_ptr<const Prediction> m_prediction;
  bool m_showing = false;  ///< what is shown changes, not the user's choice
  GeneTable* m_table;
  GeneFilter* m_sorted;
  TileSpreads* m_spreads;
  QTableView* m_view;
  GeneSearch* m_search;
  GeneSetChoice* m_sets;
  MixChoice* m_mix;
  int m_chosen = -1;           ///< by chooseGene()
  std::vector<int> m_several;  ///< in the order they were picked; empty where one is shown
  std::array<int, GeneTable::ColumnCount> m_widths{};  ///< of the columns, pixels
  std::vector<int> m_columns;  ///< that there are, from the left, whether or not they have room
  int m_leastColumns = 0;      ///< width of those that are always shown, pixels
  int m_allColumns = 0;        ///< their width, pixels, where there are measured spots
  QTimer* m_atRest;            ///< when the rows have stood still for a while
};

}  // namespace geneglass
