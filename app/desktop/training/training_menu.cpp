// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_menu.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <utility>

#include "app/desktop/training/pretrain_dialog.h"
#include "app/desktop/training/training_dialog.h"
#include "app/desktop/training/training_window.h"

namespace geneglass {

static QString modelFolderKey() {
  return QStringLiteral("models/folder");
}

static QString curveFolderKey() {
  return QStringLiteral("training/curveFolder");
}

static void rememberCurveFolder(const std::filesystem::path& beside) {
  QSettings().setValue(curveFolderKey(), QString::fromStdString(beside.parent_path().string()));
}

TrainingMenu::TrainingMenu(QMenu& menu, QWidget& window, QString program)
    : QObject(&window), m_window(window), m_program(std::move(program)) {
  connect(menu.addAction(tr("&Use a Model…")), &QAction::triggered, this, &TrainingMenu::askForModel);
  menu.addSeparator();
  connect(menu.addAction(tr("&Pretrain an Encoder…")), &QAction::triggered, this,
          &TrainingMenu::askForPretraining);
  connect(menu.addAction(tr("&Train a Model…")), &QAction::triggered, this, [this] { askForTraining(); });
  connect(menu.addAction(tr("&Watch a Training…")), &QAction::triggered, this, &TrainingMenu::askForCurve);
}

bool TrainingMenu::isTraining() const {
  return m_training && m_training->isTraining();
}

void TrainingMenu::askForModel() {
  auto* dialog = new QFileDialog(&m_window, tr("Choose a model: a folder with manifest.json"),
                                 QSettings().value(modelFolderKey()).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    QSettings().setValue(modelFolderKey(), QFileInfo(folder).path());
    Q_EMIT modelWanted(folder.toStdString());
  });
  dialog->open();
}

/// One training at a time has the processors: while it runs, the entries that begin one show it.
bool TrainingMenu::showRunning() {
  if (!isTraining()) return false;
  m_training->show();
  m_training->raise();
  m_training->activateWindow();
  return true;
}

void TrainingMenu::askForPretraining() {
  if (showRunning()) return;
  auto* dialog = new PretrainDialog(&m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &PretrainDialog::wanted, this, &TrainingMenu::train);
  dialog->open();
}

/// `encoder`: a package to offer; empty = the one used last.
void TrainingMenu::askForTraining(const QString& encoder) {
  if (showRunning()) return;
  auto* dialog = new TrainingDialog(&m_window);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  if (!encoder.isEmpty()) dialog->chooseEncoder(encoder);
  connect(dialog, &TrainingDialog::wanted, this, &TrainingMenu::train);
  dialog->open();
}

void TrainingMenu::askForCurve() {
  auto* dialog = new QFileDialog(&m_window, tr("Choose a training's curve"),
                                 QSettings().value(curveFolderKey()).toString());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Training curves (*.curve.csv)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, &TrainingMenu::watch);
  dialog->open();
}

TrainingWindow* TrainingMenu::makeWindow() {
  auto* window = new TrainingWindow(&m_window, m_program);
  connect(window, &TrainingWindow::modelWanted, this, &TrainingMenu::modelWanted);
  connect(window, &TrainingWindow::encoderWanted, this,
          [this](const std::filesystem::path& package) { askForTraining(textOf(package)); });
  return window;
}

void TrainingMenu::train(const TrainingJob& job) {
  if (isTraining()) return;
  delete m_training;
  m_training = makeWindow();
  connect(m_training, &TrainingWindow::hiddenWhileTraining, this,
          [this] { Q_EMIT said(tr("The training goes on. Models > Train a Model shows it.")); });
  connect(m_training, &TrainingWindow::ended, this,
          [this] { Q_EMIT said(tr("Training: %1").arg(m_training->state())); });
  rememberCurveFolder(job.out);
  m_training->train(job);
  m_training->show();
}

void TrainingMenu::watch(const QString& file) {
  rememberCurveFolder(file.toStdString());
  TrainingWindow* window = makeWindow();
  window->setAttribute(Qt::WA_DeleteOnClose);
  window->watch(file.toStdString());
  window->show();
}

void TrainingMenu::askToStop() {
  auto* box = new QMessageBox(
      QMessageBox::Question, tr("A training is running"),
      m_training->goesOn() ? tr("Stop the training and quit? Started again, it goes on where it stopped.")
                           : tr("Stop the training and quit? Started again, it begins anew."),
      QMessageBox::Cancel, &m_window);
  box->setAttribute(Qt::WA_DeleteOnClose);
  QPushButton* stop = box->addButton(tr("Stop and Quit"), QMessageBox::AcceptRole);
  connect(stop, &QPushButton::clicked, this, [this] {
    if (!isTraining()) {
      Q_EMIT stopped();
      return;
    }
    connect(m_training, &TrainingWindow::ended, this, &TrainingMenu::stopped);
    m_training->cancel();
  });
  box->open();
}

}  // namespace geneglass
