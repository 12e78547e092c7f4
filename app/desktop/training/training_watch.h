// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <variant>

#include "app/desktop/workplace/job_thread.h"
#include "inference/learning/heads/training_curve_reader.h"
#include "inference/learning/pretraining/pretraining_curve_reader.h"

namespace geneglass {

/// The curve of heads, or that of an encoder.
using WatchedCurve = std::variant<ReadCurve, PretrainingCurve>;

/// Reads a training's curve again whenever its file changes, on a thread of its own: rows that are added, a
/// file that is replaced, one that comes later. GUI thread.
class TrainingWatch final : public QObject {
  Q_OBJECT

 public:
  explicit TrainingWatch(QObject* parent = nullptr);

  /// Replaces what was watched.
  void watch(const std::filesystem::path& file);

 Q_SIGNALS:
  void curveRead(std::shared_ptr<const geneglass::WatchedCurve> curve);
  void refused(const QString& sentence);  ///< as long as the file is no curve; it goes on being looked at
  void packageFound(bool found);          ///< whether the package that the curve is of is there

 private:
  struct Seen;
  struct Found;
  void look();
  void take(int serial, const Found& found);

  std::filesystem::path m_file;
  std::shared_ptr<Seen> m_seen;  ///< of m_file; the reader's alone
  QTimer m_clock;
  int m_serial = 0;     ///< counts calls of watch()
  bool m_busy = false;  ///< a look is under way
  JobThread m_reader;   ///< last, so that it ends first
};

}  // namespace geneglass
