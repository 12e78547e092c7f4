// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "app/desktop/session/slide_session.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/prediction/genes_together.h"

namespace geneglass {

/// Several genes of a session's prediction read together behind the window, and again whenever the prediction
/// is another. GUI thread, which never waits for it.
class TogetherReading final : public QObject {
  Q_OBJECT

 public:
  explicit TogetherReading(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it

  void want(std::optional<GenesWish> wish);  ///< none: one gene at a time again
  const std::optional<GenesWish>& wish() const { return m_wish; }
  const std::shared_ptr<const GenesTogether>& together() const { return m_together; }  ///< null: none yet

 Q_SIGNALS:
  void wished();  ///< wish() is another
  void changed();
  void refused(const QString& sentence);

 private:
  void follow();
  void read();
  GenesWish wishOfModel() const;

  SlideSession& m_session;
  std::optional<GenesWish> m_wish;
  std::shared_ptr<const Prediction> m_read;  ///< what `m_together` is of, or will be
  std::shared_ptr<const GenesTogether> m_together;
  NewestJob m_job;
};

}  // namespace geneglass
