// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/desktop/training/start_check.h"
#include "app/desktop/training/training_job.h"
#include "inference/learning/pretraining/pretrain_request.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace geneglass {

class HintedForm;
class PathField;
class SourceList;

/// Asks how to pretrain an encoder; checked as `geneglass-cli pretrain` would. GUI thread.
class PretrainDialog final : public QDialog {
  Q_OBJECT

 public:
  explicit PretrainDialog(QWidget* parent = nullptr);
  ~PretrainDialog() override;

  void addSources(const QStringList& paths);  ///< as if chosen
  void chooseOut(const QString& folder);      ///< as if typed
  QString verdict() const;                    ///< the sentence that is shown
  PretrainRequest request() const;            ///< as entered, with whole paths

 Q_SIGNALS:
  void wanted(const geneglass::TrainingJob& job);
  void checked(bool mayBegin);

 private:
  void addFields();
  bool byContrast() const;
  void showFields();
  void proposeOut();
  StartCheck::Question question() const;
  void begin();

  QString m_proposed;  ///< the folder proposed last
  HintedForm* m_form;
  SourceList* m_sources;
  QComboBox* m_recipe;
  QComboBox* m_encoder;
  PathField* m_start;
  QSpinBox* m_epochs;
  QDoubleSpinBox* m_mpp;
  QSpinBox* m_seed;
  PathField* m_out;
  StartCheck* m_check = nullptr;
};

}  // namespace geneglass
