// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/workplace/mailbox.h"

#include <QMetaObject>
#include <utility>

namespace geneglass {

Mailbox::Mailbox(QObject* owner) : m_owner(owner) {}

void Mailbox::post(std::function<void()> job) {
  const std::lock_guard lock(m_mutex);
  if (m_owner) QMetaObject::invokeMethod(m_owner, std::move(job), Qt::QueuedConnection);
}

void Mailbox::post(int wanted, std::function<void()> job) {
  if (serial != wanted) return;
  post([self = shared_from_this(), wanted, job = std::move(job)] {
    if (self->serial == wanted) job();
  });
}

void Mailbox::close() {
  const std::lock_guard lock(m_mutex);
  m_owner = nullptr;
  ++serial;
}

}  // namespace geneglass
