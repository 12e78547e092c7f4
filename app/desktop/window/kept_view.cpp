// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/kept_view.h"

#include "app/desktop/case/case_keeper.h"
#include "app/desktop/layers/overlay_settings.h"
#include "app/desktop/session/channel_settings.h"
#include "app/desktop/session/slide_session.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

const char* const kGeneKey = "gene";
const char* const kModelKey = "model";
const char* const kModelHashKey = "model.hash";
const char* const kOverlaysKey = "overlays";
const char* const kChannelsKey = "channels";

}  // namespace

KeptView::KeptView(Case& document, CaseKeeper& keeper, SlideCanvas& canvas, SlideSession& session,
                   OverlayChoice& overlays)
    : m_case(document), m_keeper(keeper), m_canvas(canvas), m_session(session), m_overlays(overlays) {
  connect(&m_canvas, &SlideCanvas::viewportChanged, this, [this] {
    if (!m_keeper.isOpening()) m_case.setView(view());
  });
  connect(&m_overlays, &OverlayChoice::changed, this, [this] {
    if (m_session.opened().slide && !m_keeper.isOpening())
      m_case.setEntry(kOverlaysKey, textOf(overlaySettings(m_overlays)));
  });
  connect(&m_session, &SlideSession::sceneChanged, this, &KeptView::keepGene);
  connect(&m_session, &SlideSession::channelsShown, this, [this] {
    if (!m_keeper.isOpening()) m_case.setEntry(kChannelsKey, textOf(m_session.channels()));
  });
  connect(&m_keeper, &CaseKeeper::opened, this, [this](bool found) {
    if (found) bringBack();
  });
}

CaseView KeptView::view() const {
  const Viewport& viewport = m_canvas.viewport();
  return {viewport.centre, viewport.downsample, viewport.rotation};
}

void KeptView::show(const CaseView& view) {
  Viewport viewport = m_canvas.viewport();
  viewport.centre = view.centre;
  viewport.downsample = view.downsample;
  viewport.rotation = view.rotation;
  m_canvas.setViewport(viewport);
}

void KeptView::bringBack() {
  if (const auto view = m_case.view()) show(*view);
  if (const auto settings = overlaySettingsOf(m_case.entry(kOverlaysKey)))
    geneglass::bringBack(*settings, m_overlays);
  if (const std::string channels = m_case.entry(kChannelsKey); !channels.empty())
    m_session.showChannels(channelsAs(channels, m_session.opened().slide->channels));
  const std::string gene = m_case.entry(kGeneKey);
  if (!gene.empty() && m_session.scene().gene < 0) m_session.chooseGene(gene);
}

void KeptView::keepGene() {
  const OverlayScene& scene = m_session.scene();
  if (m_keeper.isOpening() || !scene.prediction || scene.gene < 0) return;
  m_case.setEntry(kGeneKey, scene.prediction->genes[static_cast<size_t>(scene.gene)].symbol);
  m_case.setEntry(kModelKey, scene.prediction->modelName);
  m_case.setEntry(kModelHashKey, scene.prediction->modelHash);
}

}  // namespace geneglass
