// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <QCoreApplication>
#include <QProcessEnvironment>
#include <csignal>
#include <utility>

#include "app/progress_line.h"

namespace geneglass {

constexpr int kLastPatience = 2'000;  ///< ms, the same where the program itself ends

constexpr int kNiceness = 10;

TrainingRun::TrainingRun(QString program, QObject* parent) : QObject(parent), m_program(std::move(program)) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert(QLatin1String(kProgressLinesVariable), QStringLiteral("1"));
  // Threads that wait for each other spin, unless told: beside a viewer and other programs an epoch took 20
  // times as long.
  if (!environment.contains(QStringLiteral("OMP_WAIT_POLICY")))
    environment.insert(QStringLiteral("OMP_WAIT_POLICY"), QStringLiteral("PASSIVE"));
  m_process.setProcessEnvironment(environment);
  m_process.setStandardInputFile(QProcess::nullDevice());
  m_process.setStandardOutputFile(QProcess::nullDevice());
  // However this program ends, the training does not stay behind unseen; while it runs, the viewer comes
  // first.
  m_process.setChildProcessModifier([] {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::setpriority(PRIO_PROCESS, 0, kNiceness);
  });
  m_patience.setSingleShot(true);
  connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
  connect(&m_process, &QProcess::readyReadStandardError, this, &TrainingRun::readErrors);
  connect(&m_process, &QProcess::finished, this, &TrainingRun::takeEnd);
  connect(&m_process, &QProcess::errorOccurred, this, &TrainingRun::takeError);
}

TrainingRun::~TrainingRun() {
  m_process.disconnect(this);
  if (!isRunning()) return;
  m_process.terminate();
  if (m_process.waitForFinished(kLastPatience)) return;
  m_process.kill();
  m_process.waitForFinished(kLastPatience);
}

QString TrainingRun::besideThisProgram() {
  return QCoreApplication::applicationDirPath() + QStringLiteral("/geneglass-cli");
}

void TrainingRun::start(const TrainingJob& job) {
  if (isRunning()) return;
  m_cancelled = false;
  m_pending.clear();
  m_said.clear();
  m_goesOn = job.goesOn;
  m_process.start(m_program, job.arguments);
}

void TrainingRun::cancel() {
  if (!isRunning() || m_cancelled) return;
  m_cancelled = true;
  m_process.terminate();
  m_patience.start(kPatience * 1000);
}

void TrainingRun::readErrors() {
  m_pending += m_process.readAllStandardError();
  for (qsizetype end = 0; (end = m_pending.indexOf('\n')) >= 0; m_pending.remove(0, end + 1))
    takeLine(QString::fromUtf8(m_pending.left(end)).trimmed());
}

void TrainingRun::takeLine(const QString& line) {
  if (const auto progress = parseProgress(line.toStdString()))
    Q_EMIT progressed(*progress);
  else if (!line.isEmpty())
    m_said = line;
}

void TrainingRun::takeEnd(int status, QProcess::ExitStatus how) {
  m_patience.stop();
  readErrors();
  takeLine(QString::fromUtf8(m_pending).trimmed());
  m_pending.clear();
  if (how == QProcess::NormalExit && status == 0) {
    Q_EMIT ended(TrainingEnd::Finished, {});
  } else if (m_cancelled) {
    Q_EMIT ended(TrainingEnd::Cancelled, {});
  } else if (how == QProcess::CrashExit) {
    const QString last = m_said.isEmpty() ? QString() : tr(" Its last words: %1").arg(m_said);
    const QString again =
        m_goesOn ? tr("Started again, it goes on where it stopped.") : tr("Started again, it begins anew.");
    Q_EMIT ended(TrainingEnd::Failed,
                 tr("The training ended before its time (signal %1). %2%3").arg(status).arg(again, last));
  } else {
    Q_EMIT ended(TrainingEnd::Failed, m_said.isEmpty()
                                          ? tr("The training ended with status %1 and no word.").arg(status)
                                          : m_said);
  }
}

void TrainingRun::takeError(QProcess::ProcessError error) {
  if (error == QProcess::FailedToStart)
    Q_EMIT ended(TrainingEnd::Failed, tr("Cannot start '%1': %2.").arg(m_program, m_process.errorString()));
}

}  // namespace geneglass
