// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <vector>

#include "app/desktop/training/model_summary.h"
#include "app/desktop/workplace/newest_job.h"

class QMenu;
class QToolButton;

namespace geneglass {

/// Which model is on, always in sight, and the way to every other: those installed and those used before.
/// What they are is read behind the window. GUI thread.
class ModelChoice final : public QObject {
  Q_OBJECT

 public:
  /// Adds the list at the top of `menu`. All outlive it.
  ModelChoice(QMenu& menu, Workplace& workplace, QWidget& window);

  QToolButton* button() const { return m_button; }  ///< says which is on; a click opens the list

 Q_SIGNALS:
  void modelWanted(const std::filesystem::path& package);

 private:
  void read();
  void showModel();
  void fill();

  Workplace& m_workplace;
  std::vector<ModelSummary> m_models;
  QMenu* m_list;
  QToolButton* m_button;
  NewestJob m_reading;
};

}  // namespace geneglass
