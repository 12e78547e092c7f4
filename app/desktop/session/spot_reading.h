// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/desktop/session/slide_session.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/learning/spots/measure_slide.h"

namespace geneglass {

/// The spots measured on a session's slide, read, predicted and compared behind the window, on a thread of
/// its own; again with each other model. They end with their slide. GUI thread, which never waits for it.
class SpotReading final : public QObject {
  Q_OBJECT

 public:
  explicit SpotReading(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it

  /// Of the open slide or, while there is none, of the next; see readSpots(). Replaces those before.
  void read(const std::filesystem::path& folder);

  const std::shared_ptr<const MeasuredSpots>& spots() const { return m_spots; }  ///< null: none, or not yet
  const std::string& leftOut() const { return m_leftOut; }  ///< of the folder's spots, see leftOutOf()

 Q_SIGNALS:
  void started();
  void changed();  ///< spots() are others, or gone
  void refused(const QString& sentence);

 private:
  void takeSlide();
  void start();
  void put(const SlideMeasurement& measured);
  void take(const Result<SlideMeasurement>& measured);

  SlideSession& m_session;
  std::optional<std::filesystem::path> m_folder;
  std::filesystem::path m_slide;  ///< that m_folder is of; empty: the next
  std::shared_ptr<const MeasuredSpots> m_spots;
  std::string m_leftOut;
  NewestJob m_job;
};

}  // namespace geneglass
