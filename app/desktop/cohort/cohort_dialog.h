// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <filesystem>
#include <set>

#include "app/desktop/browsing/slide_glances.h"
#include "app/desktop/cohort/cohort_table.h"
#include "app/desktop/workplace/newest_job.h"

class QComboBox;
class QLabel;
class QTableView;

namespace geneglass {

/// The results of a run over many slides: a row a slide, one gene at a time on one scale; a row opens its
/// slide. Stays open beside the window. GUI thread.
class CohortDialog final : public QDialog {
  Q_OBJECT

 public:
  CohortDialog(Workplace& workplace, QWidget* parent);  ///< the workplace outlives it

  void askForFolder();
  void read(const std::filesystem::path& folder);  ///< behind the window
  CohortTable& table() { return m_table; }

 Q_SIGNALS:
  /// `gene`: the chosen one; empty for none.
  void slideWanted(const geneglass::ListedSlide& slide, const std::string& gene);
  void taken();  ///< another cohort is shown
  void refused(const QString& sentence);

 private:
  void take(const Result<std::shared_ptr<const CohortResults>>& cohort);
  void chooseGene(const QString& symbol);
  void tellGene();
  QString cohortText() const;
  QString modelText() const;
  void openRow(const QModelIndex& row);
  void wantVisible();

  Workplace& m_workplace;
  CohortTable m_table;
  QSortFilterProxyModel m_sorted;
  SlideGlances m_glances;
  NewestJob m_reading;
  std::set<std::filesystem::path> m_withoutMpp;  ///< slides whose files say no pixel size
  QLabel* m_place;
  QLabel* m_model;
  QComboBox* m_genes;
  QLabel* m_standing;
  QTableView* m_view;
  QTimer m_wish;  ///< until the rows in view are asked for
};

}  // namespace geneglass
