// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/report_return.h"

#include <utility>

#include "app/desktop/window/slide_pane.h"

namespace geneglass {

ReportReturn::ReportReturn(SlidePane& pane, ReportOrigin origin)
    : QObject(&pane), m_pane(pane), m_origin(std::move(origin)) {
  connect(&pane.session(), &SlideSession::slideRefused, this, &QObject::deleteLater);
  connect(&pane.session(), &SlideSession::openingCancelled, this, &QObject::deleteLater);
  // After all that a slide that has just been opened sets up.
  connect(&pane.keeper(), &CaseKeeper::opened, this, &ReportReturn::bringBackView, Qt::QueuedConnection);
}

void ReportReturn::bringBackView() {
  deleteLater();
  const auto& slide = m_pane.session().opened().slide;
  if (!slide || slide->hash != m_origin.slideHash) return;
  m_pane.keptView().show(m_origin.view);
  if (!m_origin.gene.empty()) m_pane.session().chooseGene(m_origin.gene);
  Q_EMIT returned(m_origin);
}

}  // namespace geneglass
