// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <vector>

#include "app/desktop/export/snapshot_request.h"
#include "app/desktop/session/maps_ahead.h"

namespace geneglass {

class FileSaver;

/// The file names of a series, one a gene: `{slide}` and `{gene}` in the pattern are replaced; what a file
/// name cannot hold becomes "_". Errors: an ending that is no picture's; two genes get one name.
Result<QStringList> seriesNames(const QString& pattern, const QString& slide, const QStringList& symbols);

/// What a file's name cannot hold, a folder's separator too, becomes "_".
QString fileNameOf(QString text);

/// Where the files of a series go. Error: a file of one of these names is there already; nothing is written
/// over.
Result<std::vector<std::filesystem::path>> seriesFiles(const QString& folder, const QStringList& names);

/// The genes of `wanted` (indices into prediction.genes) whose map can be shown, and of each other one a
/// sentence why it is passed over: the model cannot predict it, or tiles wait and its map is provisional.
struct SeriesGenes {
  std::vector<int> genes;
  QStringList passedOver;
};
SeriesGenes seriesGenes(const Prediction& prediction, const std::vector<int>& wanted);

/// Saves a snapshot of each of several genes or annotations, one after another. GUI thread; maps are computed
/// and files are written behind it.
class SnapshotSeries final : public QObject {
  Q_OBJECT

 public:
  struct Item {
    int gene = -1;  ///< index into Prediction::genes
    std::filesystem::path file;
    size_t place = 0;  ///< among what the series is of
  };
  /// Called when the gene's map is at hand.
  using MakeRequest = std::function<SnapshotRequest(const Item&)>;

  explicit SnapshotSeries(FileSaver& saver, QObject* parent = nullptr);  ///< which outlives it

  /// One that runs is given up. `prediction`: null where no item has a gene.
  void start(std::shared_ptr<const Prediction> prediction, std::vector<Item> items, MakeRequest make);
  bool isRunning() const { return m_isRunning; }

 Q_SIGNALS:
  void finished(int saved, int wanted);  ///< fewer where one was refused or cancelled

 private:
  void next();
  void end();

  FileSaver& m_saver;
  MapsAhead m_maps;
  std::shared_ptr<const Prediction> m_prediction;
  std::vector<Item> m_items;
  MakeRequest m_make;
  size_t m_saved = 0;
  bool m_isRunning = false;
};

}  // namespace geneglass
