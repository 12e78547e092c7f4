// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "app/desktop/session/slide_session.h"
#include "app/desktop/workplace/newest_job.h"

namespace geneglass {

/// Calls the subtype of a session's slide by templates that were chosen, behind the window, on a thread of
/// its own; again after each other prediction. GUI thread, which never waits for it.
class SubtypeCalling final : public QObject {
  Q_OBJECT

 public:
  explicit SubtypeCalling(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it

  /// By this file, see readTemplates(): as soon as there is a whole prediction that is not withheld.
  void call(const std::filesystem::path& templates);

 Q_SIGNALS:
  void started();
  void called();  ///< the session's prediction has the calls
  void refused(const QString& sentence);

 private:
  void start();

  SlideSession& m_session;
  std::filesystem::path m_templates;           ///< empty: none were chosen
  std::shared_ptr<const Prediction> m_called;  ///< that has its calls; null: none yet
  NewestJob m_job;
};

}  // namespace geneglass
