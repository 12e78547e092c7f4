// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <any>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/mailbox.h"

namespace geneglass {

/// Finds the slide of a case behind the window, since the case may lie on a disk that does not answer. GUI
/// thread.
class CaseOpener final : public QObject {
  Q_OBJECT

 public:
  using LetGo = std::function<void(std::any)>;
  using Found = std::function<void(const std::filesystem::path& slide)>;

  /// `letGo` ends a thread where its end may wait for the disk.
  explicit CaseOpener(LetGo letGo, QObject* parent = nullptr);
  ~CaseOpener() override;

  void open(const std::filesystem::path& file, Found found);  ///< replaces one under way
  void giveUp();                                              ///< what is looked for is not told any more

 Q_SIGNALS:
  void refused(const QString& sentence);

 private:
  LetGo m_letGo;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<JobThread> m_reader = std::make_shared<JobThread>();
};

}  // namespace geneglass
