// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/kept_view.h"

#include "app/desktop/case/case_keeper.h"
#include "app/desktop/layers/overlay_settings.h"
#include "app/desktop/session/channel_settings.h"
#include "app/desktop/session/genes_wish_text.h"
#include "app/desktop/session/slide_session.h"
#include "app/desktop/session/together_reading.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {
namespace {

const char* const kGeneKey = "gene";
const char* const kTogetherKey = "genes.together";
const char* const kSetKey = "genes.set";
const char* const kModelKey = "model";
const char* const kModelHashKey = "model.hash";
const char* const kOverlaysKey = "overlays";
const char* const kChannelsKey = "channels";

}  // namespace

KeptView::KeptView(Case& document, CaseKeeper& keeper, SlideCanvas& canvas, SlideSession& session,
                   OverlayChoice& overlays, TogetherReading& together)
    : m_case(document),
      m_keeper(keeper),
      m_canvas(canvas),
      m_session(session),
      m_overlays(overlays),
      m_together(together) {
  connect(&m_canvas, &SlideCanvas::viewportChanged, this, [this] {
    if (!m_keeper.isOpening()) m_case.setView(view());
  });
  connect(&m_overlays, &OverlayChoice::changed, this, [this] {
    if (m_session.opened().slide && !m_keeper.isOpening())
      m_case.setEntry(kOverlaysKey, textOf(overlaySettings(m_overlays)));
  });
  connect(&m_session, &SlideSession::sceneChanged, this, &KeptView::keepGene);
  connect(&m_together, &TogetherReading::wished, this, &KeptView::keepTogether);
  connect(&m_session, &SlideSession::channelsShown, this, [this] {
    if (!m_keeper.isOpening()) m_case.setEntry(kChannelsKey, textOf(m_session.channels()));
  });
  connect(&m_keeper, &CaseKeeper::opened, this, [this](bool found) {
    if (found) bringBack();
  });
}

CaseView KeptView::view() const {
  const Viewport& viewport = m_canvas.viewport();
  return {viewport.centre, viewport.downsample, viewport.rotation, viewport.isMirrored};
}

void KeptView::show(const CaseView& view) {
  Viewport viewport = m_canvas.viewport();
  viewport.centre = view.centre;
  viewport.downsample = view.downsample;
  viewport.rotation = view.rotation;
  viewport.isMirrored = view.isMirrored;
  m_canvas.setViewport(viewport);
}

void KeptView::bringBack() {
  if (const auto view = m_case.view()) show(*view);
  if (const auto settings = overlaySettingsOf(m_case.entry(kOverlaysKey)))
    geneglass::bringBack(*settings, m_overlays);
  if (const std::string channels = m_case.entry(kChannelsKey); !channels.empty())
    m_session.showChannels(channelsAs(channels, m_session.opened().slide->channels));
  if (const std::string together = m_case.entry(kTogetherKey); !together.empty())
    m_together.want(genesWishOf(together));
  const std::string gene = m_case.entry(kGeneKey);
  if (!gene.empty() && m_session.scene().gene < 0) m_session.chooseGene(gene);
}

void KeptView::keepGene() {
  const OverlayScene& scene = m_session.scene();
  if (m_keeper.isOpening() || !scene.prediction || scene.gene < 0) return;
  m_case.setEntry(kGeneKey, scene.prediction->genes[static_cast<size_t>(scene.gene)].symbol);
  m_case.setEntry(kModelKey, scene.prediction->modelName);
  m_case.setEntry(kModelHashKey, scene.prediction->modelHash);
  keepTogether();
}

/// That there are none only where there were some: most cases need not say it.
void KeptView::keepTogether() {
  if (m_keeper.isOpening() || !m_session.opened().slide) return;
  if (m_together.wish() || !m_case.entry(kTogetherKey).empty())
    m_case.setEntry(kTogetherKey, textOf(m_together.wish()));
}

void KeptView::keepSet(const std::optional<GeneSet>& set) {
  if (m_keeper.isOpening() || !m_session.opened().slide) return;
  if (set || hasSet())
    m_case.setEntry(kSetKey, textOf(set ? std::vector<GeneSet>{*set} : std::vector<GeneSet>()));
}

bool KeptView::hasSet() const {
  return !m_case.entry(kSetKey).empty();
}

std::optional<GeneSet> KeptView::set() const {
  const std::vector<GeneSet> sets = geneSetsOf(m_case.entry(kSetKey));
  return sets.empty() ? std::nullopt : std::optional(sets.front());
}

}  // namespace geneglass
