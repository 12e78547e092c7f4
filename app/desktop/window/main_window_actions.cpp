// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus of MainWindow do.
#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <numbers>

#include "app/desktop/export/file_saver.h"
#include "app/desktop/export/report.h"
#include "app/desktop/export/snapshot_export.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/session/slide_facts.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/message_bar.h"
#include "app/desktop/window/recent_files.h"
#include "generated/version.h"
#include "viewer/canvas/overview_map.h"
#include "viewer/canvas/slide_canvas.h"

namespace geneglass {

void MainWindow::connectMenu() {
  connect(m_menu.open, &QAction::triggered, this, &MainWindow::askForSlide);
  connect(m_menu.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
  connect(m_menu.saveSnapshot, &QAction::triggered, this, &MainWindow::askForSnapshot);
  connect(m_menu.saveReport, &QAction::triggered, this, &MainWindow::askForReport);
  connect(m_menu.quit, &QAction::triggered, this, &QWidget::close);
  connect(m_menu.facts, &QAction::triggered, this, [this] { showFacts(*m_session.opened().slide, this); });
  connect(m_menu.setPixelSize, &QAction::triggered, this, &MainWindow::askForPixelSize);
  connect(m_menu.predict, &QAction::triggered, &m_session, &Session::startPrediction);
  connect(m_menu.cancelPrediction, &QAction::triggered, &m_session, &Session::cancelPrediction);
  connect(m_menu.featureCache, &QAction::triggered, this, &MainWindow::showFeatureCache);
  connect(m_menu.about, &QAction::triggered, this, &MainWindow::showAbout);
  connect(m_menu.overview, &QAction::toggled, this, &MainWindow::placeOverview);
  connect(m_menu.fit, &QAction::triggered, this, [this] {
    const Viewport& viewport = m_canvas->viewport();
    m_canvas->setViewport(fit(m_session.opened().slide->bounds, viewport.width, viewport.height));
  });
  connect(m_menu.rotate, &QAction::triggered, this, [this] {
    const Viewport& viewport = m_canvas->viewport();
    m_canvas->setViewport(
        viewport.rotatedAbout({viewport.width / 2, viewport.height / 2}, std::numbers::pi / 2));
  });
  const double magnifications[] = {1.25, 2.5, 5, 10, 20, 40};
  int key = 1;
  for (const double magnification : magnifications) {
    QAction* action = m_menu.magnification->addAction(tr("%1×\t%2").arg(magnification).arg(key++));
    connect(action, &QAction::triggered, this, [this, magnification] {
      const auto& mpp = m_session.opened().slide->mpp;
      if (!mpp) {
        m_messages->say(tr("The magnification is unknown: the slide does not say how large a pixel is."),
                        tr("Set µm per pixel…"), [this] { askForPixelSize(); });
        return;
      }
      Viewport viewport = m_canvas->viewport();
      viewport.downsample = downsampleFor(magnification, mpp->mean());
      m_canvas->setViewport(viewport);
    });
  }
}

void MainWindow::askForSlide() {
  auto* dialog = new QFileDialog(this, tr("Open a slide"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  QStringList names;
  for (const std::string_view ending : slideNameEndings())
    names << QLatin1Char('*') + QLatin1String(ending.data(), qsizetype(ending.size()));
  dialog->setNameFilters({tr("Slides (%1)").arg(names.join(QLatin1Char(' '))), tr("All files (*)")});
  if (const QStringList recent = recentFiles(); !recent.isEmpty())
    dialog->setDirectory(QFileInfo(recent.first()).path());
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { m_session.open(file.toStdString()); });
  dialog->open();
}

void MainWindow::fillRecentMenu() {
  m_menu.recent->clear();
  const QStringList files = recentFiles();
  for (const QString& file : files)
    connect(m_menu.recent->addAction(file), &QAction::triggered, this,
            [this, file] { m_session.open(file.toStdString()); });
  if (!files.isEmpty()) m_menu.recent->addSeparator();
  QAction* forget = m_menu.recent->addAction(tr("Forget These"));
  forget->setEnabled(!files.isEmpty());
  connect(forget, &QAction::triggered, this, [] { forgetRecentFiles(); });
}

void MainWindow::askForPixelSize() {
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Micrometres per pixel"));
  dialog->setLabelText(
      tr("How many micrometres is one pixel of the finest level wide?\n"
         "About 0.25 for a 40× scan, 0.5 for a 20× scan."));
  dialog->setInputMode(QInputDialog::DoubleInput);
  dialog->setDoubleDecimals(4);
  dialog->setDoubleRange(0.01, 50);
  dialog->setDoubleStep(0.01);
  const auto& mpp = m_session.opened().slide->mpp;
  dialog->setDoubleValue(mpp ? mpp->mean() : 0.5);
  connect(dialog, &QInputDialog::doubleValueSelected, this,
          [this](double value) { m_session.open(m_session.opened().slide->file, value); });
  dialog->open();
}

void MainWindow::fillAssociatedMenu() {
  m_menu.associated->clear();
  const auto& images = m_session.opened().slide->associatedImages;
  for (const AssociatedImage& image : images) {
    const QString name = QString::fromStdString(image.name);
    QAction* action = m_menu.associated->addAction(image.mayIdentifyPatient
                                                       ? tr("Show “%1” (May Name the Patient)").arg(name)
                                                       : tr("Show “%1”").arg(name));
    connect(action, &QAction::triggered, this,
            [this, stored = image.name] { m_session.readAssociatedImage(stored); });
  }
  m_menu.associated->setEnabled(!images.empty());
}

void MainWindow::showAssociatedImage(const QString& name, const QImage& image) {
  constexpr int kSide = 900;
  auto* label = new QLabel(this, Qt::Window);
  label->setAttribute(Qt::WA_DeleteOnClose);
  label->setWindowTitle(name);
  label->setAccessibleName(name);
  const bool fits = image.width() <= kSide && image.height() <= kSide;
  label->setPixmap(QPixmap::fromImage(
      fits ? image : image.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
  label->show();
}

QFileDialog* MainWindow::saveDialog(const QString& title, const QString& filter, const QString& suffix) {
  auto* dialog = new QFileDialog(this, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(filter);
  dialog->setDefaultSuffix(suffix);
  dialog->selectFile(QString::fromStdString(m_session.opened().slide->name()) + QLatin1Char('.') + suffix);
  return dialog;
}

void MainWindow::askForSnapshot() {
  auto* dialog =
      saveDialog(tr("Save a snapshot of the view"), tr("PNG picture (*.png)"), QStringLiteral("png"));
  connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveSnapshot);
  dialog->open();
}

void MainWindow::saveSnapshot(const QString& file) {
  const OverlayScene& scene = m_session.scene();
  SnapshotRequest request{.file = file.toStdString(),
                          .opened = m_session.opened(),
                          .view = m_canvas->viewport(),
                          .layers = m_overlays.fileLayers(),
                          .prediction = scene.prediction,
                          .gene = scene.gene,
                          .colour = fileColour(m_session.colours(), m_picture->choice())};
  m_saver->save(request.opened, viewsOf(request), file, [request](const DrawView& draw) {
    SnapshotRequest ready = request;
    ready.draw = draw;
    return drawSnapshot(ready);
  });
}

void MainWindow::askForReport() {
  auto* dialog = saveDialog(tr("Save a report"), tr("PDF document (*.pdf)"), QStringLiteral("pdf"));
  connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveReport);
  dialog->open();
}

void MainWindow::saveReport(const QString& file) {
  std::vector<OverlayEntry> entries;
  for (const OverlayWish& wish : m_overlayChoice.wishes()) entries.push_back(wish.entry);
  ReportRequest request{.file = file.toStdString(),
                        .opened = m_session.opened(),
                        .prediction = m_session.scene().prediction,
                        .gene = m_session.scene().gene,
                        .overlays = std::move(entries),
                        .colour = fileColour(m_session.colours(), m_picture->choice())};
  m_saver->save(request.opened, viewsOf(request), file, [request](const DrawView& draw) {
    ReportRequest ready = request;
    ready.draw = draw;
    return drawReport(ready);
  });
}

void MainWindow::connectSaver() {
  connect(m_saver, &FileSaver::saved, this,
          [this](const QString& file) { statusBar()->showMessage(tr("Saved %1").arg(file), 8000); });
  connect(m_saver, &FileSaver::refused, this, [this](const QString& sentence) { m_messages->say(sentence); });
  connect(m_saver, &FileSaver::cancelled, this,
          [this] { statusBar()->showMessage(tr("Nothing was saved."), 8000); });
}

void MainWindow::connectModels() {
  connect(m_training, &TrainingMenu::modelWanted, this, [this](const std::filesystem::path& package) {
    auto* answer = new QObject(this);  // the first one ends it
    connect(&m_session, &Session::modelTaken, answer, [this, answer] {
      answer->deleteLater();
      statusBar()->showMessage(
          tr("Slides are predicted with “%1”.").arg(QString::fromStdString(m_session.package()->name)), 8000);
    });
    connect(&m_session, &Session::modelRefused, answer, &QObject::deleteLater);
    m_session.useModel(package);
    activateWindow();
  });
  connect(m_training, &TrainingMenu::said, this,
          [this](const QString& sentence) { statusBar()->showMessage(sentence, 8000); });
  connect(m_training, &TrainingMenu::stopped, this, &QWidget::close);
  connect(&m_session, &Session::modelRefused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  connect(&m_session, &Session::modelTaken, this, [this] { m_genes->showPrediction(nullptr, nullptr); });
}

void MainWindow::showFeatureCache() {
  auto* box =
      new QMessageBox(QMessageBox::NoIcon, tr("Feature cache"), tr("Measuring…"), QMessageBox::Close, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  auto* clear = box->addButton(tr("Clear"), QMessageBox::DestructiveRole);
  clear->disconnect(box);  // it stays open and shows what is left
  connect(clear, &QAbstractButton::clicked, &m_session, [this] { m_session.measureBags(true); });
  connect(&m_session, &Session::bagsMeasured, box,
          [this, box](int bags, quint64 bytes, const QString& refusal) {
            const auto size = [](quint64 count) {
              return QLocale().formattedDataSize(static_cast<qint64>(count));
            };
            box->setText(tr("Features of %n slide(s), %1 of at most %2.", nullptr, bags)
                             .arg(size(bytes), size(m_session.bags().limitInBytes())));
            box->setInformativeText(
                refusal.isEmpty()
                    ? tr("A slide whose features are kept is predicted again at once. They lie in %1.")
                          .arg(QString::fromStdString(m_session.bags().folder().string()))
                    : refusal);
          });
  box->setDefaultButton(QMessageBox::Close);
  m_session.measureBags();
  box->open();
}

void MainWindow::showAbout() {
  auto* about = new QMessageBox(
      QMessageBox::NoIcon, tr("About Geneglass"),
      tr("<b>Geneglass %1</b><p>Shows whole-slide images and gene expression predicted from them.</p>"
         "<p><b>For research use only.</b> A predicted map is weak evidence: it is no measurement and not "
         "for diagnosis. "
         "Every gene carries how well it was predicted on cases the model had not seen.</p>"
         "<p>Free software under the GNU General Public License, version 3 or later, without any "
         "warranty.</p>")
          .arg(QStringLiteral(GENEGLASS_VERSION)),
      QMessageBox::Close, this);
  about->setAttribute(Qt::WA_DeleteOnClose);
  about->open();
}

}  // namespace geneglass
