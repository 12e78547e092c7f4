// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "app/desktop/preferences/preferences.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace geneglass {

/// Asks for the preferences, and says in a sentence what cannot be taken, and what waits for a restart.
/// GUI thread.
class PreferencesDialog final : public QDialog {
  Q_OBJECT

 public:
  /// `share`: what the open slides may take of the memory now, a sentence.
  PreferencesDialog(const Preferences& now, const QString& share, GeneRefusal geneRefusal,
                    QWidget* parent = nullptr);

  Preferences entered() const;
  QString said() const;  ///< what it says below the fields

 Q_SIGNALS:
  void chosen(const geneglass::Preferences& preferences);  ///< and kept

 private:
  void addWork(QFormLayout& form, const QString& share);
  void addLook(QFormLayout& form);
  void enter(const Preferences& preferences);
  void check();
  void take();

  const Preferences m_now;
  const GeneRefusal m_geneRefusal;
  QSpinBox* m_memory;
  QSpinBox* m_threads;
  QCheckBox* m_predicts;
  QLineEdit* m_gene;
  QComboBox* m_units;
  QComboBox* m_language;
  QComboBox* m_theme;
  QLabel* m_said;
  QPushButton* m_ok;
};

}  // namespace geneglass
