// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

#include "app/desktop/job_thread.h"
#include "app/desktop/training_plan.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace geneglass {

/// Asks what to train. Whatever is entered is checked behind the window, as the training itself would, and
/// what is wrong with it stands there as a sentence; only a training that can begin is begun. GUI thread.
class TrainingDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit TrainingDialog(QWidget* parent = nullptr);
  ~TrainingDialog() override;

  void chooseCohort(const QString& file);  ///< as if typed
  QString verdict() const;                 ///< the sentence that is shown

 Q_SIGNALS:
  void wanted(const geneglass::TrainingPlan& plan);
  void checked(bool mayBegin);

 private:
  QLineEdit* addPath(QFormLayout& form, const QString& name, const QString& hint,
                     void (TrainingDialog::*ask)());
  void addRecipe(QFormLayout& form);
  void askForCohort();
  void askForEncoder();
  void askForOut();
  void askForBags();
  void askForFolder(const QString& title, QLineEdit* target);
  void proposeOut();
  TrainingPlan plan() const;
  void waitToCheck();
  void check();
  void showVerdict(int serial, const Result<QString>& verdict);
  void begin();

  QString m_proposed;  ///< the folder proposed for the cohort that was chosen last
  QLineEdit* m_cohort;
  QLineEdit* m_encoder;
  QComboBox* m_recipe;
  QComboBox* m_labels;
  QSpinBox* m_folds;
  QLineEdit* m_out;
  QLineEdit* m_bags;
  QLabel* m_verdict;
  QPushButton* m_begin = nullptr;
  QTimer m_rest;       ///< runs out when typing pauses
  int m_serial = 0;    ///< counts checks; the newest counts
  JobThread m_reader;  ///< last, so that it ends first
};

}  // namespace geneglass
