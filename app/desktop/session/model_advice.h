// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/session/slide_session.h"
#include "app/desktop/workplace/newest_job.h"
#include "inference/model_fit.h"

namespace geneglass {

/// Looks for an installed model that learnt from tissue like the open slide's, where the one in use did not:
/// behind the window, on a thread of its own, once a slide. GUI thread, which never waits for it.
class ModelAdvice final : public QObject {
  Q_OBJECT

 public:
  using Models = std::function<std::vector<std::filesystem::path>()>;  ///< folders of packages

  explicit ModelAdvice(SlideSession& session, QObject* parent = nullptr);  ///< which outlives it

  void chooseAmong(Models models) { m_models = std::move(models); }  ///< installedModels() unless told

  enum class State { NotAsked, Looking, Found };
  State state() const { return m_state; }
  /// The nearest, once it is found; none where no model learnt from such tissue.
  const std::optional<ModelFit>& suited() const { return m_suited; }

 Q_SIGNALS:
  void changed();
  void refused(const QString& sentence);

 private:
  void forget();
  void look();
  void take(const Result<ModelFits>& compared);

  SlideSession& m_session;
  Models m_models;
  State m_state = State::NotAsked;
  std::optional<ModelFit> m_suited;
  NewestJob m_job;
};

}  // namespace geneglass
