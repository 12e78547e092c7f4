// SPDX-License-Identifier: GPL-3.0-or-later
// What the menus of MainWindow do.
#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>
#include <numbers>

#include "app/desktop/browsing/picture_window.h"
#include "app/desktop/browsing/pixel_size_dialog.h"
#include "app/desktop/export/file_saver.h"
#include "app/desktop/genes/gene_panel_view.h"
#include "app/desktop/picture/picture_panel.h"
#include "app/desktop/session/slide_facts.h"
#include "app/desktop/training/model_choice.h"
#include "app/desktop/training/training_menu.h"
#include "app/desktop/window/desks/snapshot_desk.h"
#include "app/desktop/window/main_window.h"
#include "app/desktop/window/parts/message_bar.h"
#include "app/desktop/window/parts/recent_files.h"
#include "generated/version.h"
#include "inference/package/holds_program.h"
#include "viewer/canvas/slide_canvas.h"
#include "viewer/wording/number_text.h"

namespace geneglass {

void MainWindow::connectMenu() {
  connect(m_menu.open, &QAction::triggered, this, [this] { askForSlide(false); });
  connect(m_menu.openBeside, &QAction::triggered, this, [this] { askForSlide(true); });
  connect(m_menu.closePane, &QAction::triggered, this, &MainWindow::closePane);
  connect(m_menu.recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
  connect(m_menu.quit, &QAction::triggered, this, &QWidget::close);
  connect(m_menu.facts, &QAction::triggered, this, [this] {
    const OverlayScene& scene = session().scene();
    const bool isJudged = scene.prediction && scene.prediction->quality;
    showFacts(*session().opened().slide, scene.tissue.get(), isJudged ? &*scene.prediction->quality : nullptr,
              this);
  });
  connect(m_menu.setPixelSize, &QAction::triggered, this, [this] { askForPixelSize(pane()); });
  connect(m_menu.measuredSpots, &QAction::triggered, this, &MainWindow::askForSpots);
  connect(m_menu.subtype, &QAction::triggered, this, &MainWindow::askForTemplates);
  connect(m_menu.predict, &QAction::triggered, this, [this] { session().startPrediction(); });
  connect(m_menu.sharpen, &QAction::triggered, this,
          [this] { pane().sharpening().sharpen(canvas().viewport().visible()); });
  connect(m_menu.finerMaps, &QAction::toggled, &m_workplace, &Workplace::predictFiner);
  connect(m_menu.cancelPrediction, &QAction::triggered, this, [this] {
    session().cancelPrediction();
    pane().sharpening().cancel();
  });
  connect(m_menu.featureCache, &QAction::triggered, this, &MainWindow::showFeatureCache);
  connect(m_menu.about, &QAction::triggered, this, &MainWindow::showAbout);
  connect(m_menu.overview, &QAction::toggled, this, [this](bool wanted) {
    for (SlidePane* pane : m_panes) pane->setOverviewWanted(wanted);
  });
  connect(m_menu.fit, &QAction::triggered, this, [this] { canvas().fitSlide(); });
  connect(m_menu.rotate, &QAction::triggered, this, [this] {
    const Viewport& viewport = canvas().viewport();
    canvas().setViewport(
        viewport.rotatedAbout({viewport.width / 2, viewport.height / 2}, std::numbers::pi / 2));
  });
  const double magnifications[] = {1.25, 2.5, 5, 10, 20, 40};
  int key = 1;
  for (const double magnification : magnifications) {
    QAction* action =
        m_menu.magnification->addAction(tr("%1×\t%2").arg(shortNumber(magnification, 3)).arg(key++));
    connect(action, &QAction::triggered, this, [this, magnification] {
      const auto& mpp = session().opened().slide->mpp;
      if (!mpp) {
        m_messages->say(tr("The magnification is unknown: the slide does not say how large a pixel is."),
                        tr("Set µm per pixel…"), [this] { askForPixelSize(pane()); });
        return;
      }
      Viewport viewport = canvas().viewport();
      viewport.downsample = downsampleFor(magnification, mpp->mean());
      canvas().setViewport(viewport);
    });
  }
}

void MainWindow::askForSlide(bool beside) {
  auto* dialog = new QFileDialog(this, beside ? tr("Open a slide beside") : tr("Open a slide"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  QStringList names;
  for (const std::string_view ending : slideNameEndings())
    names << QLatin1Char('*') + QLatin1String(ending.data(), qsizetype(ending.size()));
  dialog->setNameFilters({tr("Slides (%1)").arg(names.join(QLatin1Char(' '))),
                          tr("Cases and reports of Geneglass (*.geneglass *.pdf *.html)"),
                          tr("All files (*)")});
  if (const QStringList recent = recentFiles(); !recent.isEmpty())
    dialog->setDirectory(QFileInfo(recent.first()).path());
  connect(dialog, &QFileDialog::fileSelected, this, [this, beside](const QString& file) {
    if (beside)
      openBeside(file.toStdString());
    else
      openHere(file.toStdString());
  });
  dialog->open();
}

void MainWindow::fillRecentMenu() {
  m_menu.recent->clear();
  const QStringList files = recentFiles();
  for (const QString& file : files)
    connect(m_menu.recent->addAction(file), &QAction::triggered, this,
            [this, file] { session().open(file.toStdString()); });
  if (!files.isEmpty()) m_menu.recent->addSeparator();
  QAction* forget = m_menu.recent->addAction(tr("Forget These"));
  forget->setEnabled(!files.isEmpty());
  connect(forget, &QAction::triggered, this, [] { forgetRecentFiles(); });
}

void MainWindow::askForPixelSize(SlidePane& pane) {
  auto* dialog = new PixelSizeDialog(pane.session().opened().slide, this);
  connect(dialog, &PixelSizeDialog::chosen, &pane, [&pane](std::optional<double> mpp) {
    pane.session().open(pane.session().opened().slide->file, mpp);
  });
  dialog->open();
}

void MainWindow::askForSpots() {
  auto* dialog = new QFileDialog(this, tr("The folder of this slide's measured spots"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setDirectory(QString::fromStdString(
      std::filesystem::absolute(session().opened().slide->file).parent_path().string()));
  connect(dialog, &QFileDialog::fileSelected, &pane(),
          [spots = &pane().spots()](const QString& folder) { spots->read(folder.toStdString()); });
  dialog->open();
}

void MainWindow::askForTemplates() {
  auto* dialog = new QFileDialog(this, tr("A table of marker genes: columns class and symbol"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilter(tr("Tables (*.csv *.tsv *.txt)"));
  connect(dialog, &QFileDialog::fileSelected, &pane(),
          [subtypes = &pane().subtypes()](const QString& file) { subtypes->call(file.toStdString()); });
  dialog->open();
}

void MainWindow::fillAssociatedMenu() {
  m_menu.associated->clear();
  const auto& images = session().opened().slide->associatedImages;
  for (const AssociatedImage& image : images) {
    const QString name = QString::fromStdString(image.name);
    QAction* action = m_menu.associated->addAction(image.mayIdentifyPatient
                                                       ? tr("Show “%1” (May Name the Patient)").arg(name)
                                                       : tr("Show “%1”").arg(name));
    connect(action, &QAction::triggered, this,
            [this, stored = image.name] { session().readAssociatedImage(stored); });
  }
  m_menu.associated->setEnabled(!images.empty());
}

void MainWindow::showAssociatedImage(const QString& name, const QImage& image) {
  (new PictureWindow(name, image, this))->show();
}

QFileDialog* MainWindow::saveDialog(const QString& title, const QString& filter, const QString& suffix) {
  auto* dialog = new QFileDialog(this, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(filter);
  dialog->setDefaultSuffix(suffix);
  dialog->selectFile(QString::fromStdString(session().opened().slide->name()) + QLatin1Char('.') + suffix);
  return dialog;
}

void MainWindow::connectSnapshots() {
  connect(m_menu.saveSnapshot, &QAction::triggered, m_snapshots, &SnapshotDesk::askForFile);
  connect(m_menu.saveSeries, &QAction::triggered, m_snapshots, &SnapshotDesk::askForSeries);
  connect(m_menu.saveAnnotations, &QAction::triggered, m_snapshots, &SnapshotDesk::askForAnnotations);
  connect(m_menu.copyPicture, &QAction::triggered, m_snapshots, &SnapshotDesk::copy);
  connect(m_menu.takeSnapshot, &QAction::triggered, m_snapshots, &SnapshotDesk::take);
  connect(m_snapshots, &SnapshotDesk::said, m_messages, &MessageBar::note);
  connect(m_snapshots, &SnapshotDesk::refused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
}

void MainWindow::connectSaver() {
  connect(m_saver, &FileSaver::saved, this,
          [this](const QString& file) { m_messages->note(tr("Saved %1").arg(file)); });
  connect(m_saver, &FileSaver::printed, this,
          [this](const QString& printer) { m_messages->note(tr("The report was sent to %1").arg(printer)); });
  for (const auto signal : {&FileSaver::refused, &FileSaver::remarked})
    connect(m_saver, signal, this, [this](const QString& sentence) { m_messages->say(sentence); });
  connect(m_saver, &FileSaver::cancelled, m_messages, &MessageBar::note);
}

void MainWindow::useModel(const std::filesystem::path& package) {
  auto* answer = new QObject(this);  // the first one ends it
  connect(&m_workplace, &Workplace::modelTaken, answer, [this, answer] {
    answer->deleteLater();
    const QString name = QString::fromStdString(m_workplace.package()->name);
    m_messages->note(tr("Slides are predicted with “%1”.").arg(name));
    if (holdsProgram(*m_workplace.package()))
      m_messages->say(
          tr("“%1” holds a program (TorchScript): it is read before it runs, and runs apart, without "
             "files and network.")
              .arg(name));
  });
  connect(&m_workplace, &Workplace::modelRefused, answer, &QObject::deleteLater);
  m_workplace.useModel(package);
  activateWindow();
}

void MainWindow::connectModels() {
  connect(m_training, &TrainingMenu::modelWanted, this, &MainWindow::useModel);
  connect(m_models, &ModelChoice::modelWanted, this, &MainWindow::useModel);
  menuBar()->setCornerWidget(m_models->button());
  connect(m_training, &TrainingMenu::said, m_messages, &MessageBar::note);
  connect(m_training, &TrainingMenu::stopped, this, &QWidget::close);
  connect(&m_workplace, &Workplace::modelRefused, this,
          [this](const QString& sentence) { m_messages->say(sentence); });
  connect(&m_workplace, &Workplace::modelTaken, this, [this] {
    showPrediction();
    menuBar()->setCornerWidget(m_models->button());  // as wide as its text is now
  });
}

void MainWindow::showFeatureCache() {
  auto* box =
      new QMessageBox(QMessageBox::NoIcon, tr("Feature cache"), tr("Measuring…"), QMessageBox::Close, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  auto* clear = box->addButton(tr("Clear"), QMessageBox::DestructiveRole);
  clear->disconnect(box);  // it stays open and shows what is left
  connect(clear, &QAbstractButton::clicked, &m_workplace, [this] { m_workplace.measureBags(true); });
  connect(&m_workplace, &Workplace::bagsMeasured, box,
          [this, box](int bags, quint64 bytes, const QString& refusal) {
            box->setText(
                tr("Features of %n slide(s), %1 of at most %2.", nullptr, bags)
                    .arg(bytesText(qint64(bytes)), bytesText(qint64(m_workplace.bags()->limitInBytes()))));
            box->setInformativeText(
                refusal.isEmpty()
                    ? tr("A slide whose features are kept is predicted again at once. They lie in %1.")
                          .arg(QString::fromStdString(m_workplace.bags()->folder().string()))
                    : refusal);
          });
  box->setDefaultButton(QMessageBox::Close);
  m_workplace.measureBags();
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
