// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/main_menu.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace geneglass {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("geneglass", text);
}

QAction* addAction(QMenu* menu, const QString& text, const QKeySequence& keys = {}) {
  QAction* action = menu->addAction(text);
  action->setShortcut(keys);
  return action;
}

void buildFileMenu(MainMenu& menu, QMenuBar& bar) {
  QMenu* file = bar.addMenu(tr("&File"));
  menu.open = addAction(file, tr("&Open…"), QKeySequence::Open);
  menu.recent = file->addMenu(tr("Open &Recent"));
  menu.cohort = addAction(file, tr("&Cohort…"));
  menu.cohort->setToolTip(tr("The results of a run over many slides, a row a slide"));
  file->addSeparator();
  menu.saveSnapshot = addAction(file, tr("Save &Snapshot…"), QKeySequence::Save);
  menu.saveSeries = addAction(file, tr("Save a Snapshot of &Each Gene…"));
  menu.saveAnnotations = addAction(file, tr("Save a Snapshot of Each &Annotation…"));
  menu.saveReport = addAction(file, tr("Save &Report…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
  menu.printReport = addAction(file, tr("&Print Report…"), QKeySequence::Print);
  file->addSeparator();
  menu.quit = addAction(file, tr("&Quit"), QKeySequence::Quit);
}

void buildEditMenu(MainMenu& menu, QMenuBar& bar) {
  QMenu* edit = menu.edit = bar.addMenu(tr("&Edit"));
  menu.undo = addAction(edit, tr("&Undo"), QKeySequence::Undo);
  menu.redo = addAction(edit, tr("&Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
  edit->addSeparator();
  menu.copyPicture = addAction(edit, tr("&Copy Picture"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
  edit->addSeparator();
  menu.preferences = addAction(edit, tr("&Preferences…"), QKeySequence(Qt::CTRL | Qt::Key_Comma));
  menu.undo->setEnabled(false);
  menu.redo->setEnabled(false);
}

void buildCaseMenu(MainMenu& menu, QMenuBar& bar) {
  QMenu* document = bar.addMenu(tr("&Case"));
  menu.takeSnapshot = addAction(document, tr("&Take Snapshot"), QKeySequence(Qt::CTRL | Qt::Key_T));
  menu.addBookmark = addAction(document, tr("Add &Bookmark…"), QKeySequence(Qt::CTRL | Qt::Key_D));
  menu.bookmarks = document->addMenu(tr("Book&marks"));
  document->addSeparator();
  menu.saveCaseAs = addAction(document, tr("Save Case &As…"));
}

void buildViewMenu(MainMenu& menu, QMenuBar& bar) {
  menu.view = bar.addMenu(tr("&View"));
  // The canvas answers F, 1-6 and R itself while it has the focus; these names tell them.
  menu.fit = addAction(menu.view, tr("&Fit the Slide\tF"));
  menu.magnification = menu.view->addMenu(tr("&Magnification"));
  menu.rotate = addAction(menu.view, tr("&Rotate by 90°\tR"));
  menu.view->addSeparator();
  menu.hideMaps = addAction(menu.view, tr("&Hide All Maps\tM"));  // a PeekKey
  menu.hideMaps->setCheckable(true);
  menu.hideMaps->setObjectName(QStringLiteral("hideMaps"));
  menu.hideMaps->setToolTip(tr("Tap M to hide or show them; hold it to peek"));
  menu.swapGenes = addAction(menu.view, tr("Gene &Before This One"), QKeySequence(Qt::Key_Z));
  menu.swapGenes->setEnabled(false);
  menu.nextHotspot = addAction(menu.view, tr("&Next Hotspot"), QKeySequence(Qt::Key_Period));
  menu.hotspotBefore = addAction(menu.view, tr("Hotspot Before"), QKeySequence(Qt::Key_Comma));
  menu.view->addSeparator();
  menu.overview = addAction(menu.view, tr("&Overview Map"), QKeySequence(Qt::CTRL | Qt::Key_M));
  menu.overview->setCheckable(true);
  menu.overview->setChecked(true);
  menu.colourProfile = addAction(menu.view, tr("&Colour Profile"), QKeySequence(Qt::Key_P));
  menu.colourProfile->setCheckable(true);
  menu.colourProfile->setEnabled(false);
  menu.stains = {addAction(menu.view, tr("&As Scanned"), QKeySequence(Qt::Key_A)),
                 addAction(menu.view, tr("&Haematoxylin Only"), QKeySequence(Qt::Key_H)),
                 addAction(menu.view, tr("&Eosin Only"), QKeySequence(Qt::Key_E))};
  auto* one = new QActionGroup(menu.view);
  for (QAction* stain : menu.stains) {
    stain->setCheckable(true);
    one->addAction(stain);
  }
  menu.stains[0]->setChecked(true);
  menu.resetPicture = addAction(menu.view, tr("Reset the Pi&cture"), QKeySequence(Qt::CTRL | Qt::Key_R));
  menu.view->addSeparator();
}

void buildSlideMenu(MainMenu& menu, QMenuBar& bar) {
  menu.slide = bar.addMenu(tr("&Slide"));
  menu.openBeside =
      addAction(menu.slide, tr("Open &Beside…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
  menu.closePane = addAction(menu.slide, tr("C&lose This Slide"), QKeySequence::Close);
  menu.closePane->setEnabled(false);
  menu.slide->addSeparator();
  menu.facts = addAction(menu.slide, tr("&Facts…"), QKeySequence(Qt::CTRL | Qt::Key_I));
  menu.setPixelSize = addAction(menu.slide, tr("Pixel &Size…"));
  menu.associated = menu.slide->addMenu(tr("&Label and Other Images"));
  menu.measuredSpots = addAction(menu.slide, tr("&Measured Spots…"));
  menu.subtype = addAction(menu.slide, tr("Subtype by &Templates…"));
  menu.subtype->setToolTip(tr("Which class of a file of marker genes the predicted genes are nearest to"));
  menu.slide->addSeparator();
  menu.predict = addAction(menu.slide, tr("&Predict Again"), QKeySequence(Qt::Key_F5));
  menu.cancelPrediction = addAction(menu.slide, tr("&Cancel the Prediction"), QKeySequence(Qt::Key_Escape));
  menu.sharpen = addAction(menu.slide, tr("S&harpen Here"), QKeySequence(Qt::CTRL | Qt::Key_H));
  menu.sharpen->setToolTip(
      tr("The map of what is in view, of tiles a quarter of a tile apart; the rest stays as it is"));
  menu.sharpen->setEnabled(false);
  menu.finerMaps = addAction(menu.slide, tr("Fi&ner Maps"));
  menu.finerMaps->setCheckable(true);
  menu.finerMaps->setToolTip(tr("Tiles half a tile apart: four times as many, and four times the time"));
  menu.slide->addSeparator();
  menu.featureCache = addAction(menu.slide, tr("Feature C&ache…"));
}

}  // namespace

MainMenu buildMenu(QMainWindow& window) {
  MainMenu menu{};
  QMenuBar& bar = *window.menuBar();
  buildFileMenu(menu, bar);
  buildEditMenu(menu, bar);
  buildViewMenu(menu, bar);
  buildSlideMenu(menu, bar);
  buildCaseMenu(menu, bar);
  menu.annotations = bar.addMenu(tr("&Annotations"));
  menu.models = bar.addMenu(tr("&Models"));
  menu.help = bar.addMenu(tr("&Help"));
  menu.about = menu.help->addAction(tr("&About Geneglass"));
  setSlideActionsEnabled(menu, false);
  menu.cancelPrediction->setEnabled(false);
  return menu;
}

void setSlideActionsEnabled(const MainMenu& menu, bool enabled) {
  for (QAction* action : {menu.saveSnapshot, menu.saveSeries, menu.saveAnnotations, menu.copyPicture,
                          menu.takeSnapshot, menu.fit, menu.rotate, menu.facts, menu.setPixelSize,
                          menu.measuredSpots, menu.subtype, menu.predict, menu.addBookmark, menu.saveCaseAs})
    action->setEnabled(enabled);
  menu.magnification->setEnabled(enabled);
  menu.bookmarks->setEnabled(enabled);
  menu.associated->setEnabled(enabled);
  for (QAction* stain : menu.stains) stain->setEnabled(enabled);
  menu.resetPicture->setEnabled(enabled);
  if (!enabled)
    for (QAction* action : {menu.saveReport, menu.printReport}) action->setEnabled(false);
}

}  // namespace geneglass
