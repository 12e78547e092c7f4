// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/subtype_calling.h"

#include "inference/subtype/subtype_slide.h"

namespace geneglass {

using PredictionPtr = std::shared_ptr<const Prediction>;

SubtypeCalling::SubtypeCalling(SlideSession& session, QObject* parent)
    : QObject(parent), m_session(session), m_job(this, session.workplace()) {
  for (const auto known : {&SlideSession::predictionFinished, &SlideSession::predictionUncovered})
    connect(&session, known, this, &SubtypeCalling::start);
}

void SubtypeCalling::call(const std::filesystem::path& templates) {
  m_templates = templates;
  m_called = nullptr;
  const PredictionPtr& prediction = m_session.scene().prediction;
  if (!prediction || !prediction->waiting.empty())
    Q_EMIT refused(
        tr("There is no whole prediction to call a subtype of yet: it is called when there is one."));
  else if (prediction->withheld)
    Q_EMIT refused(tr("No subtype is called: this tissue is unlike what the model learnt from."));
  start();
}

void SubtypeCalling::start() {
  const PredictionPtr prediction = m_session.scene().prediction;
  const auto model = m_session.workplace().model();
  if (m_templates.empty() || !model || !prediction || prediction == m_called) return;
  if (!prediction->waiting.empty() || prediction->withheld) return;
  Q_EMIT started();
  const auto work = [templates = m_templates, prediction,
                     model](const std::stop_token& stop) -> Result<PredictionPtr> {
    const Result<TemplateSet> set = readTemplates(templates);
    if (!set) return tl::unexpected(set.error());
    auto with = std::make_shared<Prediction>(*prediction);
    if (const auto added = addSubtype(*with, model->package(), *set, stop); !added)
      return tl::unexpected(added.error());
    return PredictionPtr(std::move(with));
  };
  m_job.start<PredictionPtr>(m_templates, work, [this, prediction](const Result<PredictionPtr>& with) {
    if (!with) {
      m_templates.clear();
      Q_EMIT refused(QString::fromStdString(with.error().sentence));
    } else if (m_session.scene().prediction == prediction) {
      m_called = *with;
      m_session.takeCalls(*with);
      Q_EMIT called();
    }
  });
}

}  // namespace geneglass
