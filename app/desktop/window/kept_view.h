// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace geneglass {

class Case;
class CaseKeeper;
class SlideCanvas;
class SlideSession;
struct CaseView;

/// Keeps in a case where on its slide one looks and which gene and model are shown, and brings view and gene
/// back when the case is opened. All outlive it. GUI thread.
class KeptView final : public QObject {
 public:
  KeptView(Case& document, CaseKeeper& keeper, SlideCanvas& canvas, SlideSession& session);

  CaseView view() const;  ///< as it is now
  void show(const CaseView& view);

 private:
  void bringBack();
  void keepGene();

  Case& m_case;
  CaseKeeper& m_keeper;
  SlideCanvas& m_canvas;
  SlideSession& m_session;
};

}  // namespace geneglass
