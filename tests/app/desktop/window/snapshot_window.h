// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QMenuBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <functional>
#include <memory>

#include "app/desktop/genes/top_gene.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/main_window.h"
#include "inference/synthetic/pyramid_writer.h"
#include "inference/synthetic/slide_painter.h"
#include "tests/inference/made_model.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass::testing {

/// A window with a made slide whose prediction is done, for tests of snapshots.
class SnapshotWindow {
 protected:
  static constexpr int kPatience = 120000;  // ms; a limit for hangs, not a gate

  void makeFiles();
  void open();  ///< a window
  void close();

  QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  QString said(const std::function<void()>& act);  ///< what is said or refused after it
  void choose(const char* text);                   ///< in the menus
  Case& document() { return m_window->pane().document(); }

  template <typename Dialog>
  Dialog* accepted() {
    auto* dialog = m_window->findChild<Dialog*>();
    if (dialog) static_cast<QDialog*>(dialog)->accept();
    return dialog;
  }

  QTemporaryDir m_folder;
  std::unique_ptr<Workplace> m_workplace;
  std::unique_ptr<MainWindow> m_window;
};

inline void SnapshotWindow::makeFiles() {
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QCoreApplication::setOrganizationName(QStringLiteral("GeneglassTest"));
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
  QVERIFY(writeRandomPackage(file("model").toStdString(), 64));
  const SlidePainter painter(5, {3072, 2048});
  const auto render = [&](int64_t x, int64_t y, int width, int height) {
    return painter.render(x, y, width, height);
  };
  QVERIFY(writePyramid(file("made.tif").toStdString(), {.size = {3072, 2048}, .mpp = 0.5}, render));
}

inline void SnapshotWindow::open() {
  m_workplace = std::make_unique<Workplace>();
  m_window = std::make_unique<MainWindow>(*m_workplace);
  m_window->show();
  QSignalSpy finished(&m_window->session(), &SlideSession::predictionFinished);
  QSignalSpy opened(&m_window->pane().keeper(), &CaseKeeper::opened);
  m_workplace->useModel(file("model").toStdString());
  m_window->session().open(file("made.tif").toStdString());
  QVERIFY(finished.wait(kPatience));
  QTRY_VERIFY_WITH_TIMEOUT(!opened.isEmpty(), kPatience);
  SlideSession& session = m_window->session();
  session.chooseGene(topGene(*session.scene().prediction));
  QTRY_VERIFY_WITH_TIMEOUT(session.scene().gene >= 0, kPatience);
}

inline void SnapshotWindow::close() {
  m_window.reset();
  m_workplace.reset();
  QFile::remove(file("made.geneglass"));
}

inline QString SnapshotWindow::said(const std::function<void()>& act) {
  QSignalSpy said(&m_window->snapshots(), &SnapshotDesk::said);
  QSignalSpy refused(&m_window->snapshots(), &SnapshotDesk::refused);
  act();
  [&] { QTRY_VERIFY_WITH_TIMEOUT(said.count() + refused.count() > 0, kPatience); }();
  return said.isEmpty() ? refused.value(0).value(0).toString() : said[0][0].toString();
}

inline void SnapshotWindow::choose(const char* text) {
  for (QAction* menu : m_window->menuBar()->actions())
    for (QAction* action : menu->menu()->actions())
      if (action->text() == QString::fromUtf8(text) && action->isEnabled()) return action->trigger();
  QFAIL(text);
}

}  // namespace geneglass::testing
