// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <optional>

#include "app/desktop/genes/gene_set.h"

namespace geneglass {

class Case;
class CaseKeeper;
class OverlayChoice;
class SlideCanvas;
class SlideSession;
class TogetherReading;
struct CaseView;

/// Keeps in a case where on its slide one looks, which gene and model are shown, which genes together, which
/// set is listed, and how overlays and channels look, and brings all but the model back when the case is
/// opened. All outlive it. GUI thread.
class KeptView final : public QObject {
 public:
  KeptView(Case& document, CaseKeeper& keeper, SlideCanvas& canvas, SlideSession& session,
           OverlayChoice& overlays, TogetherReading& together);

  CaseView view() const;  ///< as it is now
  void show(const CaseView& view);
  void keepSet(const std::optional<GeneSet>& set);  ///< that is listed; none: all genes
  bool hasSet() const;                              ///< one was kept, or that there was none
  std::optional<GeneSet> set() const;

 private:
  void bringBack();
  void keepGene();
  void keepTogether();

  Case& m_case;
  CaseKeeper& m_keeper;
  SlideCanvas& m_canvas;
  SlideSession& m_session;
  OverlayChoice& m_overlays;
  TogetherReading& m_together;
};

}  // namespace geneglass
