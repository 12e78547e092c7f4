// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/job_thread.h"

#include <utility>

#include "viewer/foundation/exception_reason.h"

namespace geneglass {

JobThread::JobThread() : m_thread([this](std::stop_token stop) { work(stop); }) {}

JobThread::~JobThread() {
  m_thread.request_stop();
}

void JobThread::add(Job job, OnError onError) {
  const std::lock_guard lock(m_mutex);
  m_jobs.push_back({std::move(job), std::move(onError)});
  m_added.notify_one();
}

static std::string reasonOfCaught() {
  try {
    throw;
  } catch (const std::exception& error) {
    return reasonOf(error);
  } catch (...) {
    return "the reason is unknown";
  }
}

void JobThread::run(const Waiting& next) {
  try {
    next.job();
  } catch (...) {
    try {
      if (next.onError) next.onError(reasonOfCaught());
    } catch (...) {
      // There is no memory even to say so.
    }
  }
}

void JobThread::work(std::stop_token stop) {
  std::unique_lock lock(m_mutex);
  while (m_added.wait(lock, stop, [this] { return !m_jobs.empty(); }) && !stop.stop_requested()) {
    {
      const Waiting next = std::move(m_jobs.front());
      m_jobs.pop_front();
      lock.unlock();
      run(next);
    }
    lock.lock();
  }
}

}  // namespace geneglass
