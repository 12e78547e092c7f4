// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <memory>

#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/mailbox.h"

namespace geneglass {

class SlideSession;

/// Notices what befalls the file of a session's slide while it is open, and says it once a slide. GUI thread,
/// which never asks the file system here.
class SlideWatch final : public QObject {
  Q_OBJECT

 public:
  static constexpr std::chrono::milliseconds kPatience{10'000};

  /// The session outlives it. `patience`: without a tile, while some are read, until that is said.
  explicit SlideWatch(SlideSession& session, std::chrono::milliseconds patience = kPatience,
                      QObject* parent = nullptr);
  ~SlideWatch() override;

 Q_SIGNALS:
  void changed(const QString& sentence);  ///< it is another file, or gone
  void stalled();                         ///< no read comes back
  void answered();                        ///< after it stalled

 private:
  void begin();
  void look();
  void lookForReads();
  void checkFile();

  SlideSession& m_session;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<JobThread> m_checks = std::make_shared<JobThread>();
  bool m_checking = false;
  size_t m_damaged = 0;  ///< tiles, when the file was checked last
  bool m_saidChanged = false;
  bool m_saidStalled = false;
  std::chrono::milliseconds m_quiet{0};  ///< since a tile came, or none was read
  const std::chrono::milliseconds m_patience;
  QTimer m_clock;
};

}  // namespace geneglass
