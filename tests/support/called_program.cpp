// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/called_program.h"

#include <QStringList>
#include <csignal>
#include <sstream>

namespace geneglass::testing {
namespace {

constexpr int kPatience = 120'000;  // ms; a limit for hangs, not a gate

QStringList listOf(const Words& words) {
  QStringList list;
  for (const std::string& word : words) list.append(QString::fromStdString(word));
  return list;
}

}  // namespace

CalledProgram::CalledProgram(const std::string& program, const Words& words, const Variables& variables) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  for (const auto& [name, value] : variables)
    if (value.empty())
      environment.remove(QString::fromStdString(name));
    else
      environment.insert(QString::fromStdString(name), QString::fromStdString(value));
  m_process.setProcessEnvironment(environment);
  m_process.start(QString::fromStdString(program), listOf(words));
}

CalledProgram::~CalledProgram() {
  m_process.kill();
  m_process.waitForFinished();
}

bool CalledProgram::hasSaid(const std::string& text) {
  m_process.setReadChannel(QProcess::StandardError);
  while (m_said.find(text) == std::string::npos)
    if (m_process.waitForReadyRead(kPatience))
      m_said += m_process.readAllStandardError().toStdString();
    else
      return false;
  return true;
}

void CalledProgram::interrupt() {
  ::kill(static_cast<pid_t>(process()), SIGINT);
}

void CalledProgram::hold() {
  ::kill(static_cast<pid_t>(process()), SIGSTOP);
}

void CalledProgram::goOn() {
  ::kill(static_cast<pid_t>(process()), SIGCONT);
}

int64_t CalledProgram::process() const {
  return m_process.processId();
}

Ended CalledProgram::ended() {
  if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatience)) return {};
  if (m_process.error() == QProcess::FailedToStart) return {};
  m_said += m_process.readAllStandardError().toStdString();
  while (m_said.ends_with('\n')) m_said.pop_back();
  return {m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -2,
          m_process.readAllStandardOutput().toStdString(), m_said};
}

Words wordsOf(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace geneglass::testing
