// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/training/start_dialog.h"
#include "inference/learning/pretraining/pretrain_request.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace geneglass {

class PathField;
class SourceList;

/// Asks how to pretrain an encoder; checked as `geneglass-cli pretrain` would. GUI thread.
class PretrainDialog final : public StartDialog {
  Q_OBJECT

 public:
  explicit PretrainDialog(QWidget* parent = nullptr);
  ~PretrainDialog() override;

  void addSources(const QStringList& paths);  ///< as if chosen
  void chooseOut(const QString& folder);      ///< as if typed
  PretrainRequest request() const;            ///< as entered, with whole paths

 private:
  void addFields();
  bool byContrast() const;
  void showFields();
  void proposeOut();
  StartCheck::Question question() const;

  SourceList* m_sources;
  QComboBox* m_recipe;
  QComboBox* m_encoder;
  PathField* m_start;
  QSpinBox* m_epochs;
  QDoubleSpinBox* m_mpp;
  QSpinBox* m_seed;
  PathField* m_out;
};

}  // namespace geneglass
