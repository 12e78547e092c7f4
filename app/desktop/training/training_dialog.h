// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/training/start_dialog.h"
#include "inference/learning/packages/training_request.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace geneglass {

class PathField;

/// Asks what heads to train: of genes or of a diagnosis. Only what the chosen task needs is asked, checked as
/// `geneglass-cli train` would, and only a training that can begin is begun. GUI thread.
class TrainingDialog final : public StartDialog {
  Q_OBJECT

 public:
  explicit TrainingDialog(QWidget* parent = nullptr);
  ~TrainingDialog() override;

  void chooseCohort(const QString& file);     ///< as if typed
  void chooseEncoder(const QString& folder);  ///< as if typed
  QString missing() const;                    ///< what has still to be entered, in a sentence
  TrainingRequest request() const;            ///< as entered, with whole paths

 private:
  void addWhat();
  void addLabels();
  void addHow();
  void addWhere();
  Task task() const;
  int labelsFrom() const;
  LabelSource labels() const;
  void fillHeads(TrainOptions& options) const;
  bool asksSizes() const;
  void showFields();
  void offerRecipes();
  void offerHeads();
  void proposeOut();
  void askForExample();
  StartCheck::Question question() const;

  QComboBox* m_task;
  PathField* m_cohort;
  QLineEdit* m_label;
  QComboBox* m_labelsFrom;
  PathField* m_expression;
  PathField* m_tumour;
  PathField* m_normal;
  QComboBox* m_rule;
  QComboBox* m_change;
  PathField* m_panel;
  PathField* m_encoder;
  QCheckBox* m_keepGenes;
  QComboBox* m_recipe;
  QComboBox* m_heads;
  QLineEdit* m_sizes;
  QSpinBox* m_folds;
  PathField* m_foldFile;
  PathField* m_out;
  PathField* m_bags;
};

}  // namespace geneglass
