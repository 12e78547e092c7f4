// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training_window.h"

#include <QCloseEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <exception>
#include <utility>

#include "app/desktop/prediction_status.h"
#include "app/desktop/training_chart.h"
#include "inference/model_package.h"

namespace geneglass {
namespace {

constexpr int kSteps = 1000;

QString textOf(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

/// How well a trained package predicts, in a sentence. Reads files.
QString standingOf(const std::filesystem::path& folder) {
  try {
    const Result<ModelPackage> package = openModelPackage(folder);
    if (!package) return QString::fromStdString(package.error().sentence);
    std::vector<double> correlations;
    int well = 0;
    for (const GeneFacts& gene : package->genes) {
      correlations.push_back(gene.heldOutR);
      well += gene.wellPredicted;
    }
    if (correlations.empty()) return {};
    std::sort(correlations.begin(), correlations.end());
    const size_t middle = correlations.size() / 2;
    const double median = correlations.size() % 2 == 1
                              ? correlations[middle]
                              : (correlations[middle - 1] + correlations[middle]) / 2;
    return TrainingWindow::tr(
               "Finished: %1 of %2 genes are well predicted, median held-out r %3. The model is %4.")
        .arg(well)
        .arg(correlations.size())
        .arg(median, 0, 'f', 2)
        .arg(textOf(folder));
  } catch (const std::exception& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

TrainingWindow::TrainingWindow(QWidget* parent, QString program)
    : QWidget(parent, Qt::Window),
      m_run(std::move(program)),
      m_title(new QLabel),
      m_genes(new QComboBox),
      m_chart(new TrainingChart),
      m_state(new QLabel),
      m_bar(new QProgressBar) {
  resize(900, 640);
  m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_state->setAccessibleName(tr("State of the training"));
  m_title->setAccessibleName(tr("What is trained"));
  m_bar->setAccessibleName(tr("Progress of the training"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(14);
  m_genes->setAccessibleName(tr("Gene whose curves are shown"));
  m_genes->hide();
  auto* layout = new QVBoxLayout(this);
  auto* head = new QHBoxLayout;
  head->addWidget(m_title, 1);
  head->addWidget(m_genes);
  layout->addLayout(head);
  layout->addWidget(m_chart, 1);
  layout->addWidget(m_state);
  layout->addWidget(m_bar);
  layout->addWidget(makeButtons());
  connect(m_genes, &QComboBox::currentIndexChanged, this, &TrainingWindow::drawCurve);
  connect(&m_watch, &TrainingWatch::curveRead, this, &TrainingWindow::showCurve);
  connect(&m_watch, &TrainingWatch::refused, this, &TrainingWindow::say);
  connect(&m_watch, &TrainingWatch::packageFound, this, &TrainingWindow::showPackage);
  connect(&m_run, &TrainingRun::progressed, this, &TrainingWindow::showProgress);
  connect(&m_run, &TrainingRun::ended, this, &TrainingWindow::showEnd);
}

QWidget* TrainingWindow::makeButtons() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addStretch(1);
  const auto add = [&](const QString& text, auto clicked) {
    auto* button = new QPushButton(text);
    button->setAutoDefault(false);
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, clicked);
    return button;
  };
  m_cancel = add(tr("Cancel"), [this] { cancel(); });
  m_goOn = add(tr("Go On"), [this] { train(TrainingPlan(*m_plan)); });
  m_use = add(tr("Use This Model"), [this] { Q_EMIT modelWanted(packageOf(m_curveFile)); });
  add(tr("Close"), [this] { close(); });
  return row;
}

void TrainingWindow::train(const TrainingPlan& plan) {
  if (isTraining()) return;
  m_plan = plan;
  setWindowTitle(tr("Training %1").arg(textOf(plan.question.out.filename())));
  m_title->setText(plan.title());
  m_packageThere = false;
  m_curveFile = curveOf(plan.question.out);
  m_run.start(plan);
  m_watch.watch(m_curveFile);
  m_bar->setRange(0, 0);
  say(tr("Starting."));
  showButtons();
}

void TrainingWindow::watch(const std::filesystem::path& curve) {
  m_plan.reset();
  m_packageThere = false;
  m_curveFile = curve;
  setWindowTitle(tr("Watching %1").arg(textOf(curve.filename())));
  m_title->setText(textOf(curve));
  m_bar->hide();
  say(tr("Waiting for the first epoch."));
  m_watch.watch(curve);
  showButtons();
}

void TrainingWindow::cancel() {
  if (!isTraining()) return;
  m_run.cancel();
  m_cancel->setEnabled(false);
  m_bar->setRange(0, 0);
  say(tr("Stopping. What is done is kept."));
}

QString TrainingWindow::state() const {
  return m_state->text();
}

void TrainingWindow::say(const QString& sentence) {
  m_state->setText(sentence);
}

void TrainingWindow::showButtons() {
  m_bar->setVisible(isTraining());
  m_cancel->setVisible(isTraining());
  m_cancel->setEnabled(true);
  m_goOn->setVisible(m_plan && !isTraining() && !m_packageThere);
  m_use->setVisible(m_packageThere && !isTraining());
}

void TrainingWindow::showCurve(std::shared_ptr<const ReadCurve> curve) {
  m_curve = std::move(curve);
  fillGenes();
  drawCurve();
  if (m_plan) return;
  if (m_curve->runs.empty()) {
    say(m_curve->begun ? tr("No epoch has ended yet.") : tr("The file is not there yet, or empty."));
  } else if (!m_packageThere) {
    const CurveRun& latest = m_curve->runs[m_curve->latest];
    const QString gene =
        latest.gene.empty() ? QString() : tr(", %1").arg(QString::fromStdString(latest.gene));
    say(tr("Latest: %1%2, epoch %3.").arg(foldName(latest.fold), gene).arg(latest.epochs.back().epoch));
  }
}

/// One model a gene: all their mean first, then each.
void TrainingWindow::fillGenes() {
  QStringList genes;
  for (const CurveRun& run : m_curve->runs)
    if (const QString gene = QString::fromStdString(run.gene); !gene.isEmpty() && !genes.contains(gene))
      genes << gene;
  genes.sort();
  if (!genes.isEmpty()) genes.prepend(tr("Mean over %1 genes").arg(genes.size()));
  m_genes->setVisible(!genes.isEmpty());
  const QSignalBlocker quiet(m_genes);
  const QString chosen = m_genes->currentIndex() > 0 ? m_genes->currentText() : QString();
  m_genes->clear();
  m_genes->addItems(genes);
  m_genes->setCurrentIndex(std::max(0, int(genes.indexOf(chosen))));
}

void TrainingWindow::drawCurve() {
  if (!m_curve) return;
  std::vector<CurveRun> shown;
  if (m_genes->currentIndex() > 0) {
    const std::string gene = m_genes->currentText().toStdString();
    std::copy_if(m_curve->runs.begin(), m_curve->runs.end(), std::back_inserter(shown),
                 [&](const CurveRun& run) { return run.gene == gene; });
  } else {
    shown = meanOverGenes(m_curve->runs);
  }
  std::sort(shown.begin(), shown.end(), [](const CurveRun& a, const CurveRun& b) {
    return a.fold.size() != b.fold.size() ? a.fold.size() < b.fold.size() : a.fold < b.fold;
  });
  const bool means = m_genes->count() > 0 && m_genes->currentIndex() == 0;
  m_chart->showRuns(shown, tr("No epoch has ended yet."), means);
}

void TrainingWindow::showProgress(const Progress& progress) {
  if (!m_cancel->isEnabled()) return;  // it is stopping
  QString text = QString::fromStdString(progress.stage);
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  if (progress.total > 0) text += tr(" %1 of %2").arg(progress.done).arg(progress.total);
  if (const QString left = timeLeftText(progress.secondsLeft); !left.isEmpty()) text += tr(", %1").arg(left);
  say(text);
  m_bar->setRange(0, progress.total > 0 ? kSteps : 0);
  if (progress.total > 0) m_bar->setValue(int(kSteps * double(progress.done) / double(progress.total)));
}

void TrainingWindow::showEnd(TrainingEnd end, const QString& sentence) {
  const QString goesOn = tr("It goes on where it stopped when it is started again.");
  if (end == TrainingEnd::Finished) {
    say(tr("Finished."));
    showPackage(true);
  } else if (end == TrainingEnd::Cancelled) {
    say(tr("Cancelled.") + QLatin1Char(' ') + goesOn);
  } else {
    say(sentence);
  }
  showButtons();
  Q_EMIT ended();
}

void TrainingWindow::showPackage(bool found) {
  if (found == m_packageThere || isTraining()) return;
  m_packageThere = found;
  showButtons();
  if (found) describePackage();
}

void TrainingWindow::describePackage() {
  m_reader.add([this, file = m_curveFile] {
    const QString standing = standingOf(packageOf(file));
    const auto show = [this, file, standing] {
      if (file == m_curveFile && m_packageThere && !standing.isEmpty()) say(standing);
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
  });
}

void TrainingWindow::closeEvent(QCloseEvent* event) {
  if (isTraining()) Q_EMIT hiddenWhileTraining();
  QWidget::closeEvent(event);
}

}  // namespace geneglass
