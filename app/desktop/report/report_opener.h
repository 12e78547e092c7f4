// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <any>
#include <functional>
#include <memory>

#include "app/desktop/report/report_reader.h"
#include "app/desktop/workplace/job_thread.h"
#include "app/desktop/workplace/mailbox.h"

namespace geneglass {

/// Finds behind the window what a report was made of, and makes sure that the slide is the one. GUI thread.
class ReportOpener final : public QObject {
  Q_OBJECT

 public:
  using LetGo = std::function<void(std::any)>;

  /// `letGo` ends a thread where its end may wait for the disk.
  explicit ReportOpener(LetGo letGo, QObject* parent = nullptr);
  ~ReportOpener() override;

  void open(const std::filesystem::path& report);                         ///< replaces one under way
  void openWith(FoundReport report, const std::filesystem::path& slide);  ///< as the user chose it

 Q_SIGNALS:
  void found(const geneglass::FoundReport& report);  ///< its slide is there and has the report's hash
  void slideWanted(const geneglass::FoundReport& report,
                   const QString& file);  ///< anonymised: the user knows
  void refused(const QString& sentence);

 private:
  void add(std::function<void(int wanted)> job, const std::filesystem::path& file);

  LetGo m_letGo;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::shared_ptr<JobThread> m_reader = std::make_shared<JobThread>();
};

}  // namespace geneglass
