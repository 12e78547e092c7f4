// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/desktop/session/mailbox.h"
#include "app/desktop/session/slide_session.h"
#include "inference/prediction/measured_spots.h"

namespace geneglass {

/// The spots measured on a session's slide, read, predicted and compared behind the window, on a thread of
/// its own; again with each other model. They end with their slide. GUI thread, which never waits for it.
class SpotReading final : public QObject {
  Q_OBJECT

 public:
  explicit SpotReading(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it
  ~SpotReading() override;

  /// Of the open slide or, while there is none, of the next; see spotFilesIn(). Replaces those before.
  void read(const std::filesystem::path& folder);

  const std::shared_ptr<const MeasuredSpots>& spots() const { return m_spots; }  ///< null: none, or not yet

 Q_SIGNALS:
  void started();
  void changed();  ///< spots() are others, or gone
  void refused(const QString& sentence);

 private:
  void takeSlide();
  void start();
  void stop();
  void put(std::shared_ptr<const MeasuredSpots> spots);
  void take(const Result<std::shared_ptr<const MeasuredSpots>>& measured);

  SlideSession& m_session;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::optional<std::filesystem::path> m_folder;
  std::filesystem::path m_slide;  ///< that m_folder is of; empty: the next
  std::stop_source m_stop;
  std::shared_ptr<const MeasuredSpots> m_spots;
  std::shared_ptr<JobThread> m_reader = std::make_shared<JobThread>();
};

}  // namespace geneglass
