// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/desktop/snapshots/snapshot_choice.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace geneglass {

/// Asks how a snapshot of the view is to be saved, and says how large it will be. Accepted: see choice(). GUI
/// thread; reads nothing.
class SnapshotDialog final : public QDialog {
  Q_OBJECT

 public:
  /// `request` is of the screen's view.
  SnapshotDialog(SnapshotRequest request, const SnapshotChoice& choice, QWidget* parent = nullptr);

  SnapshotChoice choice() const;
  QString estimate() const;  ///< what is said of the size, or why it cannot be

 private:
  void build();
  void show(const SnapshotChoice& choice);
  void showEstimate();

  const SnapshotRequest m_request;
  QComboBox* m_format;
  QComboBox* m_sizing;
  QSpinBox* m_longSide;
  QDoubleSpinBox* m_downsample;
  QCheckBox* m_annotations;
  QCheckBox* m_legend;
  QCheckBox* m_scaleBar;
  QCheckBox* m_caption;
  QCheckBox* m_orientation;
  QCheckBox* m_overview;
  QLabel* m_estimate;
  QPushButton* m_save = nullptr;
};

}  // namespace geneglass
