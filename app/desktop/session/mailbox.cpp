// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/session/mailbox.h"

#include <QMetaObject>
#include <utility>

namespace geneglass {

Mailbox::Mailbox(QObject* owner) : m_owner(owner) {}

void Mailbox::post(std::function<void()> job) {
  const std::lock_guard lock(m_mutex);
  if (m_owner) QMetaObject::invokeMethod(m_owner, std::move(job), Qt::QueuedConnection);
}

void Mailbox::close() {
  const std::lock_guard lock(m_mutex);
  m_owner = nullptr;
}

}  // namespace geneglass
