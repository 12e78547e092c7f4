// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "app/desktop/layers/overlay_stack.h"
#include "app/desktop/session/session.h"
#include "app/desktop/window/main_menu.h"

class QFileDialog;
class QLabel;
class QStackedWidget;
class QTimer;

namespace geneglass {

class FileSaver;
class GenePanelView;
class MessageBar;
class OverviewMap;
class PicturePanel;
class PredictionStatus;
class SlideCanvas;
class TileGalleryPanel;
class TrainingMenu;

/// The window: canvas, docks, status line, menus; connects them with the session, which outlives it. GUI
/// thread.
class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(Session& session, QWidget* parent = nullptr);
  ~MainWindow() override;

  SlideCanvas& canvas() { return *m_canvas; }
  OverlayChoice& overlayChoice() { return m_overlayChoice; }
  OverlayStack& overlays() { return m_overlays; }
  MessageBar& messages() { return *m_messages; }
  void saveSnapshot(const QString& file);  ///< of the view, behind the window
  void saveReport(const QString& file);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void buildCentre();
  void buildDocks();
  void buildStatusLine();
  void connectMenu();
  void connectSession();
  void connectPrediction();
  void connectViews();
  void connectPicture();
  void connectSaver();
  void connectModels();

  void askForSlide();
  void askForPixelSize();
  QFileDialog* saveDialog(const QString& title, const QString& filter, const QString& suffix);
  void askForSnapshot();
  void askForReport();
  void showAssociatedImage(const QString& name, const QImage& image);
  void showAbout();
  void showFeatureCache();
  void fillRecentMenu();
  void fillAssociatedMenu();
  void showSlide();
  void showScene();
  void showColour();
  void chooseScreen(int source);
  void askForScreenProfile();
  void useScreenFile(const QString& file);
  void chooseGene(int gene);
  void goTo(const Rect& area);
  void refusePrediction(const QString& sentence);
  void endPrediction();
  void placeOverview();
  void showPosition(Point slide, bool onCanvas);
  void showViewport(const Viewport& viewport);
  void showLoading();

  Session& m_session;
  OverlayChoice m_overlayChoice;
  OverlayStack m_overlays;
  MainMenu m_menu;
  SlideCanvas* m_canvas;
  OverviewMap* m_overview;
  MessageBar* m_messages;
  QStackedWidget* m_centre;
  GenePanelView* m_genes;
  PicturePanel* m_picture;
  PredictionStatus* m_prediction;
  TileGalleryPanel* m_gallery;
  FileSaver* m_saver;
  TrainingMenu* m_training;
  QLabel* m_position;
  QLabel* m_magnification;
  QLabel* m_colour;
  QLabel* m_value;
  QLabel* m_loading;
  QTimer* m_loadingCheck;
};

}  // namespace geneglass
