// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <vector>

#include "inference/prediction/prediction.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace geneglass {

/// Asks which genes a series of snapshots shows and how its files are named. GUI thread.
class SeriesDialog final : public QDialog {
  Q_OBJECT

 public:
  /// `slide`: the name that `{slide}` stands for; `gene`: chosen at first, -1 for none.
  SeriesDialog(const Prediction& prediction, int gene, const QString& slide, const QString& pattern,
               QWidget* parent = nullptr);

  std::vector<int> genes() const;  ///< indices into Prediction::genes, in its order
  QString pattern() const;

 private:
  void showNames();

  const QString m_slide;
  QListWidget* m_genes;
  QLineEdit* m_pattern;
  QLabel* m_names;
  QPushButton* m_save;
};

}  // namespace geneglass
