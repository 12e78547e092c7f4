// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/job_thread.h"

#include <utility>

namespace geneglass {

JobThread::JobThread() : m_thread([this](std::stop_token stop) { work(stop); }) {}

JobThread::~JobThread() {
  m_thread.request_stop();
}

void JobThread::add(std::function<void()> job) {
  const std::lock_guard lock(m_mutex);
  m_jobs.push_back(std::move(job));
  m_added.notify_one();
}

void JobThread::work(std::stop_token stop) {
  std::unique_lock lock(m_mutex);
  while (m_added.wait(lock, stop, [this] { return !m_jobs.empty(); }) && !stop.stop_requested()) {
    std::function<void()> job = std::move(m_jobs.front());
    m_jobs.pop_front();
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
  }
}

}  // namespace geneglass
