// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/slide_watch.h"

#include <algorithm>
#include <utility>

#include "app/desktop/session/slide_session.h"
#include "viewer/slide/file_check.h"

namespace geneglass {
namespace {

constexpr int kLooks = 5;  ///< within the patience

}  // namespace

SlideWatch::SlideWatch(SlideSession& session, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent), m_session(session), m_mailbox(std::make_shared<Mailbox>(this)), m_patience(patience) {
  connect(&session, &SlideSession::slideOpened, this, &SlideWatch::begin);
  connect(&session, &SlideSession::tileArrived, this, [this] {
    m_quiet = {};
    if (std::exchange(m_saidStalled, false)) Q_EMIT answered();
  });
  connect(&m_clock, &QTimer::timeout, this, &SlideWatch::look);
  m_clock.start(std::max(std::chrono::milliseconds(1), patience / kLooks));
}

/// A check may wait for a share that does not answer.
SlideWatch::~SlideWatch() {
  m_mailbox->close();
  m_session.workplace().letGo(std::move(m_checks));
}

void SlideWatch::begin() {
  ++m_mailbox->serial;
  if (m_checking) m_session.workplace().letGo(std::exchange(m_checks, std::make_shared<JobThread>()));
  m_quiet = {};
  m_damaged = 0;
  m_saidChanged = m_saidStalled = m_checking = false;
}

void SlideWatch::look() {
  if (!m_session.opened().slide) return;
  lookForReads();
  checkFile();
}

/// A picture that is cut into tiles first has its own progress.
void SlideWatch::lookForReads() {
  const bool reads = m_session.loader()->pending() > 0 && !m_session.opened().source->preparation();
  m_quiet = reads ? m_quiet + m_clock.intervalAsDuration() : std::chrono::milliseconds(0);
  if (m_quiet < m_patience || m_saidStalled) return;
  m_saidStalled = true;
  Q_EMIT stalled();
}

/// Once tiles are damaged that were not before, the file is read too: a share that is gone damages all.
void SlideWatch::checkFile() {
  if (m_checking || m_saidChanged) return;
  m_checking = true;
  const bool reads = std::exchange(m_damaged, m_session.damagedTiles()) < m_session.damagedTiles();
  m_checks->add(
      [this, mailbox = m_mailbox, serial = m_mailbox->serial.load(), opened = m_session.opened(), reads] {
        mailbox->post(serial, [this, same = reads ? checkReadable(opened) : checkUnchanged(opened)] {
          m_checking = false;
          if (same || m_saidChanged) return;
          m_saidChanged = true;
          Q_EMIT changed(QString::fromStdString(same.error().sentence));
        });
      },
      {});
}

}  // namespace geneglass
