// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_window.h"

#include <QCloseEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/desktop/genes/model_standing.h"
#include "app/desktop/session/prediction_status.h"
#include "app/desktop/training/pretraining_chart.h"
#include "app/desktop/training/training_chart.h"
#include "viewer/wording/number_text.h"

namespace geneglass {
namespace {

constexpr int kSteps = 1000;
constexpr int kSilence = 1000;  ///< ms after which a stop that is not done yet says what it waits for

QString stepsInWords(const PretrainingCurve& curve) {
  const ContrastCurve::Row& last = curve.rows.back();
  QString text = TrainingWindow::tr("Latest: step %1, epoch %2, loss %3")
                     .arg(numberText(last.step, 0))
                     .arg(numberText(last.epoch, 0))
                     .arg(numberText(last.loss, 3));
  const auto judged = std::find_if(curve.rows.rbegin(), curve.rows.rend(),
                                   [](const auto& row) { return !std::isnan(row.neighbourAccuracy); });
  if (judged != curve.rows.rend())
    text += TrainingWindow::tr(", %1 % of neighbours are of the class")
                .arg(numberText(100 * judged->neighbourAccuracy, 1));
  return text + QLatin1Char('.');
}

}  // namespace

TrainingWindow::TrainingWindow(QWidget* parent, QString program)
    : QWidget(parent, Qt::Window),
      m_run(std::move(program)),
      m_title(new QLabel),
      m_genes(new QComboBox),
      m_charts(new QStackedWidget),
      m_chart(new TrainingChart),
      m_steps(new PretrainingChart),
      m_state(new QLabel),
      m_bar(new QProgressBar) {
  resize(QSize(900, 640).boundedTo(0.9 * screen()->availableSize()));
  m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_state->setWordWrap(true);
  m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_state->setAccessibleName(tr("State of the training"));
  m_title->setAccessibleName(tr("What is trained"));
  m_bar->setAccessibleName(tr("Progress of the training"));
  m_bar->setTextVisible(false);
  m_bar->setFixedHeight(fontMetrics().height());
  m_genes->setAccessibleName(tr("Gene whose curves are shown"));
  m_genes->hide();
  auto* layout = new QVBoxLayout(this);
  auto* head = new QHBoxLayout;
  head->addWidget(m_title, 1);
  head->addWidget(m_genes);
  layout->addLayout(head);
  m_charts->addWidget(m_chart);
  m_charts->addWidget(m_steps);
  layout->addWidget(m_charts, 1);
  layout->addWidget(m_state);
  layout->addWidget(m_bar);
  layout->addWidget(makeButtons());
  connect(m_genes, &QComboBox::currentIndexChanged, this, &TrainingWindow::drawCurve);
  connect(&m_watch, &TrainingWatch::curveRead, this, &TrainingWindow::showCurve);
  connect(&m_watch, &TrainingWatch::refused, this, &TrainingWindow::say);
  connect(&m_watch, &TrainingWatch::packageFound, this, &TrainingWindow::showPackage);
  connect(&m_run, &TrainingRun::progressed, this, &TrainingWindow::showProgress);
  connect(&m_run, &TrainingRun::ended, this, &TrainingWindow::showEnd);
  m_waiting.setSingleShot(true);
  m_waiting.setInterval(kSilence);
  connect(&m_waiting, &QTimer::timeout, this, &TrainingWindow::tellPatience);
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
  m_goOn = add(tr("Go On"), [this] { train(TrainingJob(*m_job)); });
  m_use = add(tr("Use This Model"), [this] {
    const std::filesystem::path package = packageOf(m_curveFile);
    m_encoderOnly ? Q_EMIT encoderWanted(package) : Q_EMIT modelWanted(package);
  });
  add(tr("Close"), [this] { close(); });
  return row;
}

void TrainingWindow::train(const TrainingJob& job) {
  if (isTraining()) return;
  m_job = job;
  setWindowTitle(tr("Training %1").arg(textOf(job.out.filename())));
  m_title->setText(job.title);
  m_packageThere = m_encoderOnly = false;
  m_stage.clear();
  m_curveFile = curveOf(job.out);
  const bool encoder = job.kind == TrainingJob::Kind::Encoder;
  m_charts->setCurrentWidget(encoder ? static_cast<QWidget*>(m_steps) : m_chart);
  m_chart->nameCorrelation(job.kind == TrainingJob::Kind::Diagnosis ? tr("held-out r, P with 0 and 1")
                                                                    : tr("held-out r"));
  m_run.start(job);
  m_watch.watch(m_curveFile);
  m_bar->setRange(0, 0);
  say(tr("Starting."));
  showButtons();
}

void TrainingWindow::watch(const std::filesystem::path& curve) {
  m_job.reset();
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
  say(goesOn() ? tr("Stopping. What is done is kept.") : tr("Stopping."));
  m_waiting.start();
}

/// It answers between two pieces of work; the longest is told.
void TrainingWindow::tellPatience() {
  if (!isTraining()) return;
  const QString work = m_stage.isEmpty() ? tr("starting") : m_stage;
  say(tr("Still stopping: it ends the piece of work at hand (%1). What does not end within %2 s is ended at "
         "once.")
          .arg(work)
          .arg(TrainingRun::kPatience));
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
  m_goOn->setVisible(m_job && !isTraining() && !m_packageThere);
  m_goOn->setText(goesOn() ? tr("Go On") : tr("Start Again"));
  m_use->setVisible(m_packageThere && !isTraining());
  m_use->setText(m_encoderOnly ? tr("Train a Model on It") : tr("Use This Model"));
}

void TrainingWindow::showCurve(std::shared_ptr<const WatchedCurve> curve) {
  m_curve = std::move(curve);
  if (const auto* steps = std::get_if<PretrainingCurve>(m_curve.get())) {
    m_charts->setCurrentWidget(m_steps);
    m_genes->hide();
    m_steps->showCurve(*steps);
  } else if (!m_job || m_job->kind != TrainingJob::Kind::Encoder) {
    m_charts->setCurrentWidget(m_chart);
    fillGenes();
    drawCurve();
  }
  if (!m_job) tellLatest();
}

void TrainingWindow::tellLatest() {
  if (const auto* steps = std::get_if<PretrainingCurve>(m_curve.get())) {
    if (!m_packageThere) say(steps->rows.empty() ? tr("No step has been told yet.") : stepsInWords(*steps));
    return;
  }
  const ReadCurve& curve = std::get<ReadCurve>(*m_curve);
  if (curve.runs.empty()) {
    say(curve.begun ? tr("No epoch has ended yet.") : tr("The file is not there yet, or empty."));
  } else if (!m_packageThere) {
    const CurveRun& latest = curve.runs[curve.latest];
    const QString gene =
        latest.gene.empty() ? QString() : tr(", %1").arg(QString::fromStdString(latest.gene));
    say(tr("Latest: %1%2, epoch %3.").arg(foldName(latest.fold), gene).arg(latest.epochs.back().epoch));
  }
}

/// One model a gene: all their mean first, then each.
void TrainingWindow::fillGenes() {
  QStringList genes;
  for (const CurveRun& run : std::get<ReadCurve>(*m_curve).runs)
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
  const auto* curve = m_curve ? std::get_if<ReadCurve>(m_curve.get()) : nullptr;
  if (!curve) return;
  std::vector<CurveRun> shown;
  if (m_genes->currentIndex() > 0) {
    const std::string gene = m_genes->currentText().toStdString();
    std::copy_if(curve->runs.begin(), curve->runs.end(), std::back_inserter(shown),
                 [&](const CurveRun& run) { return run.gene == gene; });
  } else {
    shown = meanOverGenes(curve->runs);
  }
  std::sort(shown.begin(), shown.end(), [](const CurveRun& a, const CurveRun& b) {
    return a.fold.size() != b.fold.size() ? a.fold.size() < b.fold.size() : a.fold < b.fold;
  });
  const bool means = m_genes->count() > 0 && m_genes->currentIndex() == 0;
  m_chart->showRuns(shown, tr("No epoch has ended yet."), means);
}

void TrainingWindow::showProgress(const Progress& progress) {
  if (!m_cancel->isEnabled()) return;  // it is stopping
  QString text = stageText(progress.stage);
  m_stage = text;
  if (!text.isEmpty()) text[0] = text[0].toUpper();
  if (progress.total > 0) text += tr(" %1 of %2").arg(progress.done).arg(progress.total);
  if (const QString left = timeLeftText(progress.secondsLeft); !left.isEmpty()) text += tr(", %1").arg(left);
  say(text);
  m_bar->setRange(0, progress.total > 0 ? kSteps : 0);
  if (progress.total > 0) m_bar->setValue(int(kSteps * double(progress.done) / double(progress.total)));
}

void TrainingWindow::showEnd(TrainingEnd end, const QString& sentence) {
  const QString again = goesOn() ? tr("It goes on where it stopped when it is started again.")
                                 : tr("Started again, it begins anew.");
  m_waiting.stop();
  if (end == TrainingEnd::Finished) {
    say(tr("Finished."));
    showPackage(true);
  } else if (end == TrainingEnd::Cancelled) {
    say(tr("Cancelled.") + QLatin1Char(' ') + again);
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
  const auto post = [this, file = m_curveFile](const ModelStanding& standing) {
    const auto show = [this, file, standing] {
      if (file != m_curveFile || !m_packageThere) return;
      m_encoderOnly = standing.encoderOnly;
      showButtons();
      say(standing.sentence);
    };
    QMetaObject::invokeMethod(this, show, Qt::QueuedConnection);
  };
  m_reader.add(
      [post, file = m_curveFile] { post(standingOf(packageOf(file))); },
      [post, file = m_curveFile](const std::string& reason) {
        post({tr("“%1” could not be read: %2.")
                  .arg(QString::fromStdString(packageOf(file).string()), QString::fromStdString(reason))});
      });
}

void TrainingWindow::closeEvent(QCloseEvent* event) {
  if (isTraining()) Q_EMIT hiddenWhileTraining();
  QWidget::closeEvent(event);
}

}  // namespace geneglass
