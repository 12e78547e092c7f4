// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace geneglass {

class Case;
class CaseKeeper;
class OverlayChoice;
class SlideCanvas;
class SlideSession;
struct CaseView;

/// Keeps in a case where on its slide one looks, which gene and model are shown and how overlays and channels
/// look, and brings all but the model back when the case is opened. All outlive it. GUI thread.
class KeptView final : public QObject {
 public:
  KeptView(Case& document, CaseKeeper& keeper, SlideCanvas& canvas, SlideSession& session,
           OverlayChoice& overlays);

  CaseView view() const;  ///< as it is now
  void show(const CaseView& view);

 private:
  void bringBack();
  void keepGene();

  Case& m_case;
  CaseKeeper& m_keeper;
  SlideCanvas& m_canvas;
  SlideSession& m_session;
  OverlayChoice& m_overlays;
};

}  // namespace geneglass
