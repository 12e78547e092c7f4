// SPDX-License-Identifier: GPL-3.0-or-later
// How MainWindow shows the slide's colours.
#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QSettings>
#include <algorithm>

#include "app/desktop/genes/tile_gallery_panel.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/window/main_window.h"

namespace geneglass {
namespace {

using Screen = PicturePanel::Screen;

QString screenKey() {
  return QStringLiteral("screenProfile/source");
}
QString screenFileKey() {
  return QStringLiteral("screenProfile/file");
}

Screen chosenScreen() {
  return static_cast<Screen>(std::clamp(QSettings().value(screenKey(), 0).toInt(), 0, 2));
}

QString chosenFile() {
  return QSettings().value(screenFileKey()).toString();
}

}  // namespace

void MainWindow::connectPicture() {
  connect(m_picture, &PicturePanel::chosen, this, [this] {
    pane().picture() = m_picture->choice();
    showColour();
  });
  connect(&m_picture->channels(), &ChannelPanel::chosen, this,
          [this] { session().showChannels(m_picture->channels().channels()); });
  connect(m_picture, &PicturePanel::screenWanted, this, [this](Screen source) {
    if (source == Screen::File)
      askForScreenProfile();
    else
      chooseScreen(static_cast<int>(source));
  });
  connect(&m_workplace, &Workplace::screenRead, this,
          [this] { m_picture->showScreen(chosenScreen(), m_workplace.screen(), chosenFile()); });
  connect(m_menu.colourProfile, &QAction::triggered, this, [this](bool on) {
    PictureChoice choice = m_picture->choice();
    choice.useProfile = on;
    m_picture->choose(choice);
  });
  for (size_t view = 0; view < m_menu.stains.size(); ++view)
    connect(m_menu.stains[view], &QAction::triggered, this, [this, view] {
      PictureChoice choice = m_picture->choice();
      choice.stain = static_cast<StainView>(view);
      m_picture->choose(choice);
    });
  connect(m_menu.resetPicture, &QAction::triggered, this, [this] { m_picture->choose({}); });
  chooseScreen(static_cast<int>(chosenScreen()));
}

/// Every pane; menu, status line and gallery are the active one's.
void MainWindow::showColour() {
  for (SlidePane* pane : m_panes)
    if (pane->session().opened().slide)
      pane->setDisplayColour(screenColour(pane->session().colours(), pane->picture()));
  const auto& slide = session().opened().slide;
  if (!slide) return;
  const bool hasProfile = !slide->colourProfile.empty();
  const PictureChoice& choice = pane().picture();
  const DisplayColour colour = screenColour(session().colours(), choice);
  const QString refusal = slide->colourProfileRefusal.empty()
                              ? tr("This slide has no colour profile.")
                              : QString::fromStdString(slide->colourProfileRefusal);
  const QString profile = hasProfile ? QString::fromStdString(slide->colourProfileName) : refusal;
  m_menu.colourProfile->setEnabled(hasProfile);
  m_menu.colourProfile->setChecked(hasProfile && choice.useProfile);
  m_menu.colourProfile->setStatusTip(profile);
  m_menu.stains[static_cast<size_t>(choice.stain)]->setChecked(true);
  QStringList state = pictureChanges(colour);
  if (hasProfile) state.prepend(choice.useProfile ? tr("Colour profile on") : tr("Colour profile off"));
  m_colour->setToolTip(profile);
  m_colour->setText(state.join(QStringLiteral(", ")));
  m_gallery->setDisplayColour(colour);
}

void MainWindow::chooseScreen(int source) {
  QSettings().setValue(screenKey(), source);
  ScreenSource wanted;
  if (static_cast<Screen>(source) == Screen::System) wanted.bytes = systemScreenProfile();
  if (static_cast<Screen>(source) == Screen::File) wanted.file = chosenFile().toStdString();
  m_workplace.useScreen(std::move(wanted));
}

void MainWindow::askForScreenProfile() {
  auto* dialog = new QFileDialog(this, tr("The screen's colour profile"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("ICC profiles (*.icc *.icm *.ICC *.ICM)"), tr("All files (*)")});
  if (const QString before = chosenFile(); !before.isEmpty())
    dialog->setDirectory(QFileInfo(before).path());
  else if (const QString usual = QStringLiteral("/usr/share/color/icc"); QFileInfo::exists(usual))
    dialog->setDirectory(usual);
  connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::useScreenFile);
  connect(dialog, &QFileDialog::rejected, this,
          [this] { m_picture->showScreen(chosenScreen(), m_workplace.screen(), chosenFile()); });
  dialog->open();
}

void MainWindow::useScreenFile(const QString& file) {
  QSettings().setValue(screenFileKey(), file);
  chooseScreen(static_cast<int>(Screen::File));
}

}  // namespace geneglass
