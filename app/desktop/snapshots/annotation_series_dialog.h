// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <vector>

#include "app/desktop/snapshots/annotation_series.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace geneglass {

/// Asks which annotations a series of snapshots shows, with how much around them, and how its files are
/// named. GUI thread.
class AnnotationSeriesDialog final : public QDialog {
  Q_OBJECT

 public:
  /// `slide`: the name that `{slide}` stands for; `margin`: of the longer side.
  AnnotationSeriesDialog(std::vector<SeriesAnnotation> annotations, const QString& slide,
                         const QString& pattern, double margin, QWidget* parent = nullptr);

  std::vector<SeriesAnnotation> annotations() const;  ///< the chosen ones, the lowest first
  QString pattern() const;
  double margin() const;

 private:
  void build();
  void addChoices();
  void showNames();

  const std::vector<SeriesAnnotation> m_all;
  const QString m_slide;
  QComboBox* m_which;
  QSpinBox* m_margin;
  QLineEdit* m_pattern;
  QLabel* m_names;
  QPushButton* m_save = nullptr;
};

}  // namespace geneglass
