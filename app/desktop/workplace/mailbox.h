// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <atomic>
#include <memory>
#include <mutex>

namespace geneglass {

/// The way back from a thread that may outlive its owner, an object of the GUI thread. Any thread.
class Mailbox final : public std::enable_shared_from_this<Mailbox> {
 public:
  explicit Mailbox(QObject* owner);

  std::atomic<int> serial = 0;  ///< what is worked for; counted up by the owner

  void post(std::function<void()> job);  ///< run on the GUI thread while the owner lives, or not at all
  void post(int wanted, std::function<void()> job);  ///< the same while `serial` is that
  void close();                                      ///< the owner ends; GUI thread

 private:
  std::mutex m_mutex;
  QObject* m_owner;
};

}  // namespace geneglass
