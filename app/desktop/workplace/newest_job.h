// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "app/desktop/workplace/mailbox.h"
#include "app/desktop/workplace/unread.h"
#include "app/desktop/workplace/workplace.h"

namespace geneglass {

/// The newest job of an owner, an object of the GUI thread, on a thread of its own. A newer one, stop() and
/// the end ask it to stop, are not waited for, and drop what it still gives. GUI thread.
class NewestJob final {
 public:
  NewestJob(QObject* owner, Workplace& workplace)  ///< which outlive it
      : m_workplace(workplace), m_mailbox(std::make_shared<Mailbox>(owner)) {}
  ~NewestJob() {
    m_mailbox->close();
    stop();
    m_workplace.letGo(std::move(m_thread));
  }
  NewestJob(const NewestJob&) = delete;
  NewestJob& operator=(const NewestJob&) = delete;

  void stop() {
    m_stop.request_stop();
    m_stop = {};
  }

  /// `work` on the thread, then `take` on the GUI thread; that `file` is unread() where the work threw.
  template <typename T>
  void start(const std::filesystem::path& file, std::function<Result<T>(const std::stop_token&)> work,
             std::function<void(const Result<T>&)> take) {
    stop();
    const std::stop_token asked = m_stop.get_token();
    const auto post = [mailbox = m_mailbox, asked, take = std::move(take)](const Result<T>& made) {
      mailbox->post([asked, take, made] {
        if (!asked.stop_requested()) take(made);
      });
    };
    const auto run = [post, asked, work = std::move(work)] {
      if (!asked.stop_requested()) post(work(asked));
    };
    m_thread->add(run, [post, file](const std::string& why) { post(tl::unexpected(unread(file, why))); });
  }

 private:
  Workplace& m_workplace;
  const std::shared_ptr<Mailbox> m_mailbox;
  std::stop_source m_stop;
  std::shared_ptr<JobThread> m_thread = std::make_shared<JobThread>();
};

}  // namespace geneglass
