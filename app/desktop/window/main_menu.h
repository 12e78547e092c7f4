// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

class QAction;
class QMainWindow;
class QMenu;

namespace geneglass {

/// The window's menus; each action is owned by the window and connected by it.
struct MainMenu {
  QAction* open;
  QMenu* recent;
  QAction* cohort;  ///< the results of a run
  QAction* saveSnapshot;
  QAction* saveSeries;       ///< a snapshot of each of several genes
  QAction* saveAnnotations;  ///< a snapshot of each of several annotations
  QAction* saveReport;
  QAction* printReport;
  QAction* quit;
  QMenu* edit;
  QAction* preferences;
  QAction* undo;  ///< these two say what, as the window knows
  QAction* redo;
  QAction* copyPicture;
  QMenu* view;
  QAction* fit;
  QMenu* magnification;
  QAction* rotate;
  QAction* hideMaps;
  QAction* swapGenes;  ///< the last two that were looked at
  QAction* nextHotspot;
  QAction* hotspotBefore;
  QAction* overview;
  QAction* colourProfile;
  std::array<QAction*, 3> stains;  ///< one for each StainView, in its order
  QAction* resetPicture;
  QMenu* slide;
  QAction* openBeside;
  QAction* closePane;  ///< with its slide
  QAction* facts;
  QAction* setPixelSize;
  QMenu* associated;  ///< images stored beside the pyramid; may name the patient, so shown only when asked
  QAction* measuredSpots;
  QAction* subtype;
  QAction* predict;
  QAction* cancelPrediction;
  QAction* sharpen;
  QAction* finerMaps;
  QMenu* annotations;  ///< filled by the window
  QAction* featureCache;
  QAction* takeSnapshot;  ///< into the tray
  QAction* addBookmark;
  QMenu* bookmarks;
  QAction* saveCaseAs;
  QMenu* models;  ///< see TrainingMenu
  QMenu* help;
  QAction* about;
};

MainMenu buildMenu(QMainWindow& window);

/// Actions that need an open slide.
void setSlideActionsEnabled(const MainMenu& menu, bool enabled);

}  // namespace geneglass
