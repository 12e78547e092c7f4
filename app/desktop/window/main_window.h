// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QPointer>

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "app/desktop/annotating/tool_choice.h"
#include "app/desktop/window/main_menu.h"
#include "app/desktop/window/slide_pane.h"
#include "app/desktop/window/window_view.h"

class QFileDialog;
class QLabel;
class QPrinter;
class QSplitter;
class QTimer;

namespace geneglass {

class AnnotationPanel;
class CompareDesk;
class FileSaver;
class GeneCharts;
class GenePanelView;
class HotspotPanel;
class MessageBar;
class ModelChoice;
class OverlayPanel;
class PicturePanel;
class PredictionStatus;
class RegionPanel;
class ReportDialog;
class CaseOpener;
class ReportOpener;
struct FoundReport;
struct ReportRequest;
class SlideBrowser;
class SnapshotDesk;
class TileGalleryPanel;
class TrainingMenu;
class WayFinder;

/// The window: panes side by side, docks, status line, menus. The docks follow the active pane, the one that
/// was touched last. GUI thread.
class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  /// The workplace outlives it. `overlays`: folders of them beside the usual ones.
  explicit MainWindow(Workplace& workplace, const std::vector<std::filesystem::path>& overlays = {},
                      QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Opens a slide in a pane of its own beside the others; in the only pane while that has no slide.
  /// Of a report: the slide, case and view that it was made of, in the active pane.
  void openBeside(const std::filesystem::path& file, std::optional<double> userMpp = {});
  void openHere(const std::filesystem::path& file);  ///< in the active pane
  void closePane();  ///< the active one; in place of the only one comes an empty one

  SlidePane& pane() { return *m_active; }  ///< the active one
  const std::vector<SlidePane*>& panes() const { return m_panes; }
  SlideSession& session() { return m_active->session(); }
  SlideCanvas& canvas() { return m_active->canvas(); }
  OverlayChoice& overlayChoice() { return m_overlayChoice; }
  OverlayStack& overlays() { return m_active->overlays(); }
  MessageBar& messages() { return *m_messages; }
  SnapshotDesk& snapshots() { return *m_snapshots; }
  ReportRequest reportRequest();  ///< of the active pane, as the user's template has it
  void saveReport(const ReportRequest& request);
  void printReport(const ReportRequest& request, std::shared_ptr<QPrinter> printer);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void takeSize();
  void buildCentre();
  void buildDocks();
  void buildStatusLine();
  void buildAnnotating();
  void connectMenu();
  SlidePane& addPane();
  SlidePane* freePane();
  void openCase(const std::filesystem::path& file, bool beside);
  void openReport(const std::filesystem::path& file, bool beside);
  void arrangePanes();
  void activate(SlidePane& pane);
  void connectPane(SlidePane& pane);
  void connectSession(SlidePane& pane);
  void connectWatch(SlidePane& pane);
  void connectPrediction(SlidePane& pane);
  void connectSpots(SlidePane& pane);
  void connectSubtypes(SlidePane& pane);
  void connectSharpening(SlidePane& pane);
  void markSelectedRegion(SlidePane& pane);
  void connectTogether(SlidePane& pane);
  void showTogether(const std::optional<GenesWish>& wish);
  void connectCase(SlidePane& pane);
  void connectCaseMenu();
  void connectViews(SlidePane& pane);
  void connectAnnotations(SlidePane& pane);
  void connectPanels();
  void connectPicture();
  void connectRegions();
  void connectSaver();
  void connectReports();
  void connectSnapshots();
  void connectModels();
  void useModel(const std::filesystem::path& package);

  void askForSlide(bool beside);
  void askForPixelSize(SlidePane& pane);
  void askForSpots();
  void askForTemplates();
  void askForBookmark();
  void fillBookmarks();
  void askForCaseFile(SlidePane& pane);
  void annotate(std::vector<Annotation> made, const QString& what, const QString& refusal);
  void annotateHotspots();
  void annotateRegion();
  void annotateSpots();
  void askForAnnotations();
  void askForAnnotationFile();
  QFileDialog* saveDialog(const QString& title, const QString& filter, const QString& suffix);
  ReportDialog* askForReport();
  void askForReportFile(const ReportRequest& request);
  void askForPrinter(const ReportRequest& request);
  void askForSlideOf(const FoundReport& report, const QString& file);
  void returnTo(const FoundReport& report);
  void showAssociatedImage(const QString& name, const QImage& image);
  void showAbout();
  void showFeatureCache();
  void fillRecentMenu();
  void fillAssociatedMenu();
  void showSlide();
  void showScene();
  void showCase();
  void showAgain();
  void showColour();
  void chooseScreen(int source);
  void askForScreenProfile();
  void useScreenFile(const QString& file);
  void connectGenes();
  void chooseGene(int gene);
  void refuseGene(const QString& sentence);  ///< until another is chosen
  void swapGenes();
  void showPrediction();
  void showLayers();
  void refusePrediction(SlidePane& pane, const QString& sentence);
  void showPosition(Point slide, bool onCanvas);
  void showValue();
  void showViewport();
  void showLoading();

  Workplace& m_workplace;
  OverlayChoice m_overlayChoice;
  ToolChoice m_tools;
  MainMenu m_menu;
  std::array<QSplitter*, 2> m_rows;  ///< of panes: the lower one where there are more than two
  std::vector<SlidePane*> m_panes;   ///< from left to right, at least one
  SlidePane* m_active = nullptr;
  MessageBar* m_messages;
  OverlayPanel* m_layers = nullptr;
  GenePanelView* m_genes;
  PicturePanel* m_picture;
  AnnotationPanel* m_annotations;
  RegionPanel* m_regions;
  PredictionStatus* m_prediction;
  TileGalleryPanel* m_gallery;
  HotspotPanel* m_hotspots;
  GeneCharts* m_charts;
  FileSaver* m_saver;
  ReportOpener* m_reports;
  CaseOpener* m_cases;
  QPointer<SlidePane> m_caseWanted;  ///< where the slide of a case that is looked for opens
  bool m_reportBeside = false;       ///< what the report that is looked for was made of opens beside
  SnapshotDesk* m_snapshots;
  TrainingMenu* m_training;
  QString m_geneRefusal;     ///< that was told last
  std::string m_geneBefore;  ///< that was looked at before the one of now; empty: none
  ModelChoice* m_models;
  const WindowView m_view;  ///< for the desks
  WayFinder* m_ways;
  SlideBrowser* m_browser;
  CompareDesk* m_compare;
  std::optional<Point> m_cursor;  ///< level-0 pixels; none: not over the slide
  QLabel* m_position;
  QLabel* m_colour;
  QLabel* m_value;
  QLabel* m_loading;
  QTimer* m_loadingCheck;
};

}  // namespace geneglass
