// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/slide_opener.h"

#include <fmt/format.h>

#include <QMetaObject>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "viewer/foundation/exception_reason.h"

namespace geneglass {

/// What an opener and its threads have in common.
struct SlideOpener::Shared {
  const Open open;
  std::mutex mutex;
  SlideOpener* owner;           ///< null once it is gone
  std::atomic<int> newest = 0;  ///< the request that is waited for; counts openings and cancellations
  const std::shared_ptr<std::atomic<int>> running;

  Shared(Open how, SlideOpener* whose, std::shared_ptr<std::atomic<int>> count)
      : open(std::move(how)), owner(whose), running(std::move(count)) {}
  Result<OpenedSlide> openGuarded(const std::filesystem::path& file, std::optional<double> userMpp) const;
  void work(int request, const std::filesystem::path& file, std::optional<double> userMpp);
};

/// The border where exceptions of this job end.
Result<OpenedSlide> SlideOpener::Shared::openGuarded(const std::filesystem::path& file,
                                                     std::optional<double> userMpp) const {
  try {
    return open(file, userMpp);
  } catch (const std::exception& error) {
    return fail(fmt::format("Cannot open '{}': {}.", file.string(), reasonOf(error)));
  }
}

/// What nobody waits for any more is closed here, on the thread that opened it.
void SlideOpener::Shared::work(int request, const std::filesystem::path& file,
                               std::optional<double> userMpp) {
  auto outcome = openGuarded(file, userMpp);
  const std::lock_guard lock(mutex);
  if (!owner || request != newest) return;
  QMetaObject::invokeMethod(
      owner, [to = owner, request, outcome = std::move(outcome)] { to->take(request, outcome); },
      Qt::QueuedConnection);
}

SlideOpener::SlideOpener(Open open, std::chrono::milliseconds patience,
                         std::shared_ptr<std::atomic<int>> running, QObject* parent)
    : QObject(parent), m_shared(std::make_shared<Shared>(std::move(open), this, std::move(running))) {
  m_patience.setSingleShot(true);
  m_patience.setInterval(patience);
  connect(&m_patience, &QTimer::timeout, this, [this] { Q_EMIT takesLong(m_file); });
}

SlideOpener::~SlideOpener() {
  const std::lock_guard lock(m_shared->mutex);
  m_shared->owner = nullptr;
}

void SlideOpener::open(const std::filesystem::path& file, std::optional<double> userMpp) {
  const int request = ++m_shared->newest;
  m_isOpening = true;
  m_file = QString::fromStdString(file.filename().string());
  m_patience.start();
  ++*m_shared->running;
  std::thread([shared = m_shared, request, file, userMpp] {
    shared->work(request, file, userMpp);
    --*shared->running;
  }).detach();
}

void SlideOpener::cancel() {
  if (!m_isOpening) return;
  ++m_shared->newest;
  m_isOpening = false;
  m_patience.stop();
  Q_EMIT cancelled();
}

std::shared_ptr<const std::atomic<int>> SlideOpener::running() const {
  return m_shared->running;
}

void SlideOpener::take(int request, const Result<OpenedSlide>& outcome) {
  if (request != m_shared->newest) return;
  m_isOpening = false;
  m_patience.stop();
  if (outcome)
    Q_EMIT opened(*outcome);
  else
    Q_EMIT refused(QString::fromStdString(outcome.error().sentence));
}

}  // namespace geneglass
