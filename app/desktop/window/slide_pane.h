// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "app/desktop/annotating/annotation_exchange.h"
#include "app/desktop/case/case_keeper.h"
#include "app/desktop/layers/overlay_stack.h"
#include "app/desktop/layers/scene_layers.h"
#include "app/desktop/session/model_advice.h"
#include "app/desktop/session/sharpening.h"
#include "app/desktop/session/slide_session.h"
#include "app/desktop/session/slide_watch.h"
#include "app/desktop/session/spot_reading.h"
#include "app/desktop/session/subtype_calling.h"
#include "app/desktop/session/together_reading.h"
#include "app/desktop/window/kept_view.h"
#include "app/desktop/workplace/newest_job.h"

class QHelpEvent;
class QLabel;
class QStackedWidget;

namespace geneglass {

class DomainBanner;
class OverviewMap;
class SlideCanvas;

/// A canvas with its session: one slide as the window shows it, with its overview map and what lies over it.
/// GUI thread.
class SlidePane final : public QFrame {
  Q_OBJECT

 public:
  /// All three outlive it.
  SlidePane(Workplace& workplace, OverlayChoice& choice, ToolChoice& tools, QWidget* parent = nullptr);
  ~SlidePane() override;

  SlideSession& session() { return m_session; }
  SlideWatch& watch() { return m_watch; }
  SpotReading& spots() { return m_spots; }
  SubtypeCalling& subtypes() { return m_subtypes; }
  Sharpening& sharpening() { return m_sharpening; }
  TogetherReading& together() { return m_together; }
  ModelAdvice& advice() { return m_advice; }
  OverlayScene scene() const;          ///< the session's, with spots, what was sharpened, genes together
  Case& document() { return m_case; }  ///< what the user made of the slide
  CaseKeeper& keeper() { return m_keeper; }
  KeptView& keptView() { return m_keptView; }
  SlideCanvas& canvas() { return *m_canvas; }
  OverlayStack& overlays() { return m_overlays; }
  AnnotationLayer& annotations() { return m_annotations; }
  AnnotationExchange& exchange() { return m_exchange; }
  std::vector<OverlayLayer> fileLayers() const;     ///< of overlays and annotations: what goes into a file
  PictureChoice& picture() { return m_picture; }    ///< how the user wants this slide to look
  const QString& state() const { return m_state; }  ///< why there is no prediction, or that it runs
  bool isEmpty() const { return !m_asked && !m_session.opened().slide; }  ///< no slide, and none on its way
  QString title() const;  ///< the slide's file name; empty without a slide

  void showName(bool shown);            ///< over the slide, where there are several panes
  void setActive(bool active);          ///< marks the name
  void setOverviewWanted(bool wanted);  ///< in the upper right corner, while not the whole slide is in view
  void setDisplayColour(const DisplayColour& colour);
  void useCase(const std::filesystem::path& file) { m_namedCase = file; }  ///< for the slide opened next
  void markTiles(const std::vector<TileGrid::Cell>& cells);  ///< of the prediction's map; none: no more
  void shareRange(const std::optional<SharedRange>& range);  ///< with other panes; none: its own
  void goTo(const Rect& area);  ///< level-0 pixels: to the middle, near enough to see its cells

 Q_SIGNALS:
  void touched();       ///< the user looks here
  void stateChanged();  ///< of the prediction
  void modelWanted(const std::filesystem::path& folder);
  void openWanted();  ///< on the page that is shown without a slide
  void folderWanted();
  void fileWanted(const QString& file);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void connectSession();
  void connectPrediction();
  void connectCanvas();
  void showSlide();
  void openCase();
  void say(const QString& state);
  void showLayers();
  void tellValue(const QHelpEvent& rest);
  void placeOverview();
  void takeShare();

  SlideSession m_session;
  SlideWatch m_watch{m_session};
  Case m_case;
  CaseKeeper m_keeper;
  std::filesystem::path m_namedCase;  ///< empty: the usual one
  SpotReading m_spots;
  SubtypeCalling m_subtypes;
  Sharpening m_sharpening;
  TogetherReading m_together;
  ModelAdvice m_advice;
  OverlayStack m_overlays;
  QLabel* m_name;
  DomainBanner* m_banner;
  QStackedWidget* m_centre;
  SlideCanvas* m_canvas;
  OverviewMap* m_overview;
  NewestJob m_wandReading;
  AnnotationLayer m_annotations;
  AnnotationExchange m_exchange;
  KeptView m_keptView;
  std::shared_ptr<const Overlay> m_marked;  ///< null: none
  std::optional<SharedRange> m_range;
  PictureChoice m_picture;
  QString m_state;
  bool m_overviewWanted = true;
  bool m_asked = false;  ///< a slide is being opened
};

}  // namespace geneglass
