// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <mutex>

namespace geneglass {

/// The way back from a thread that may outlive its owner, an object of the GUI thread. Any thread.
class Mailbox final {
 public:
  explicit Mailbox(QObject* owner);

  void post(std::function<void()> job);  ///< run on the GUI thread while the owner lives, or not at all
  void close();                          ///< the owner ends; GUI thread

 private:
  std::mutex m_mutex;
  QObject* m_owner;
};

}  // namespace geneglass
