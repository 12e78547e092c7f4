// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "app/desktop/genes/gene_set.h"
#include "app/desktop/workplace/job_thread.h"
#include "inference/prediction/prediction.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace geneglass {

/// Which genes are listed: all, a group of the model's panel, or a set that the user typed or read from a
/// file. Says how much of a set the model knows. GUI thread.
class GeneSetChoice final : public QWidget {
  Q_OBJECT

 public:
  explicit GeneSetChoice(QWidget* parent = nullptr);
  void showPrediction(std::shared_ptr<const Prediction> prediction);
  void showMean(const QString& text);  ///< below what is known of the set; empty: nothing
  void showMap(bool on);               ///< whether the set's mean is shown: without emitting
  /// As a case kept it, beside the others where it is none of them; none: all genes. No map is wanted.
  void list(const std::optional<GeneSet>& set);
  const std::optional<GeneSet>& set() const { return m_set; }  ///< none: all genes

 Q_SIGNALS:
  void chosen();            ///< another set, or none
  void mapWanted(bool on);  ///< of the set's mean
  void refused(const QString& sentence);

 private:
  void fill(const std::optional<GeneSet>& wanted);
  void choose(int entry);
  void askForGenes();
  void askForFile();
  void read(const std::filesystem::path& file);
  void add(const std::vector<GeneSet>& sets);
  void tellKnown();

  std::shared_ptr<const Prediction> m_prediction;
  std::vector<GeneSet> m_own;
  std::optional<GeneSet> m_kept;  ///< of the case; none: it has none, or it is of the others
  std::vector<GeneSet> m_listed;  ///< in the combo box below "All genes"
  std::optional<GeneSet> m_set;
  QComboBox* m_sets;
  QPushButton* m_map;
  QLabel* m_known;
  QLabel* m_mean;
  JobThread m_reading;  ///< last, so that it ends first
};

/// "6 of 9 genes well predicted, 2 not in this model: ABC1, ABC2"
QString knownText(const GeneSet& set, const Prediction& prediction);

}  // namespace geneglass
