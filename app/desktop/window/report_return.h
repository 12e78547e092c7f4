// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "app/desktop/report/report_origin.h"

namespace geneglass {

class SlidePane;

/// Waits until a pane has opened the slide of a report and its case, then shows what was looked at when the
/// report was made, and is gone; gone too where the slide is refused or another one opened. GUI thread.
class ReportReturn final : public QObject {
  Q_OBJECT

 public:
  ReportReturn(SlidePane& pane, ReportOrigin origin);  ///< a child of the pane

 Q_SIGNALS:
  void returned(const geneglass::ReportOrigin& origin);  ///< view and gene are as they were

 private:
  void bringBackView();

  SlidePane& m_pane;
  const ReportOrigin m_origin;
};

}  // namespace geneglass
