// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/prediction_queue.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

namespace geneglass {

int PredictionQueue::add(PredictionWish wish) {
  m_waiting.push_back({++m_last, std::move(wish)});
  const int number = m_last;
  startNext();
  return number;
}

void PredictionQueue::drop(int number) {
  std::erase_if(m_waiting, [number](const Numbered& wish) { return wish.number == number; });
  if (number == 0 || number != m_running) return;
  m_worker.cancel();
  m_running = 0;
  startNext();
}

bool PredictionQueue::isWaiting(int number) const {
  return std::ranges::find(m_waiting, number, &Numbered::number) != m_waiting.end();
}

void PredictionQueue::startNext() {
  if (m_running != 0 || m_waiting.empty()) return;
  auto [number, wish] = std::move(m_waiting.front());
  m_waiting.pop_front();
  m_running = number;
  const auto finished = [this, number = number, tell = std::move(wish.finished)](
                            Result<std::shared_ptr<const Prediction>> prediction) {
    tell(std::move(prediction));
    QMetaObject::invokeMethod(
        this, [this, number] { end(number); }, Qt::QueuedConnection);
  };
  m_worker.start(std::move(wish.opened), std::move(wish.model), std::move(wish.options),
                 std::move(wish.progress), finished, std::move(wish.partial));
}

void PredictionQueue::end(int number) {
  if (number != m_running) return;
  m_running = 0;
  startNext();
}

}  // namespace geneglass
