// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/desks/comfort.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QMenu>
#include <QTimer>
#include <QToolBar>

#include "app/desktop/preferences/preferences_dialog.h"
#include "app/desktop/window/parts/theme.h"
#include "app/desktop/workplace/workplace.h"
#include "inference/package/model_package.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

/// What each open slide may take, a sentence.
QString shareText(const Workplace& workplace) {
  const MemoryShare share = workplace.share();
  return Comfort::tr("Of each of the %n open slide(s) now: %1 of tiles, %2 of textures, %3 of maps.", nullptr,
                     workplace.slides())
      .arg(bytesText(qint64(share.tileBytes)), bytesText(qint64(share.textureBytes)),
           bytesText(qint64(2 * share.mapBytes)));
}

QString refusalOfGene(const ModelPackage* package, const QString& gene) {
  if (!package || package->genes.empty()) return {};
  for (const GeneFacts& facts : package->genes)
    if (facts.symbol == gene.toStdString()) return {};
  return Comfort::tr("The model “%1” does not predict the gene “%2”.")
      .arg(QString::fromStdString(package->name), gene);
}

}  // namespace

Comfort::Comfort(const MainMenu& menu, Workplace& workplace, QMainWindow& window)
    : QObject(&window), m_workplace(workplace), m_window(window), m_usualPanels(window.saveState()) {
  menu.preferences->setMenuRole(QAction::PreferencesRole);
  connect(menu.preferences, &QAction::triggered, this, &Comfort::askForPreferences);
  for (QToolBar* bar : window.findChildren<QToolBar*>()) menu.view->addAction(bar->toggleViewAction());
  menu.view->addSeparator();
  connect(menu.view->addAction(tr("Reset the Pane&ls")), &QAction::triggered, this, &Comfort::resetPanels);
  window.installEventFilter(this);
  keepFloatingPanelsInFront();
}

void Comfort::askForPreferences() {
  auto* dialog = new PreferencesDialog(
      keptPreferences(), shareText(m_workplace),
      [this](const QString& gene) { return refusalOfGene(m_workplace.package().get(), gene); }, &m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &PreferencesDialog::chosen, this, [this](const Preferences& chosen) {
    apply(chosen, m_workplace);
    applyTheme(*qApp, chosen.theme);
    Q_EMIT restyled();
  });
  dialog->open();
}

/// All panels, at the side where they belong.
void Comfort::resetPanels() {
  m_window.restoreState(m_usualPanels);
  for (QDockWidget* panel : m_window.findChildren<QDockWidget*>()) panel->show();
}

void Comfort::keepFloatingPanelsInFront() {
  for (QDockWidget* panel : m_window.findChildren<QDockWidget*>())
    connect(panel, &QDockWidget::visibilityChanged, panel, [panel](bool visible) {
      if (visible && panel->isFloating()) panel->raise();
    });
}

/// A panel that was left floating is shown before its window is: it would lie behind it.
bool Comfort::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate)
    QTimer::singleShot(0, this, [this] {
      for (QDockWidget* panel : m_window.findChildren<QDockWidget*>())
        if (panel->isFloating() && panel->isVisible()) panel->raise();
    });
  return QObject::eventFilter(watched, event);
}

}  // namespace geneglass
