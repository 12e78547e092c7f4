// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_opener.h"

#include <utility>

#include "viewer/slide/open_slide.h"

namespace geneglass {

ReportOpener::ReportOpener(LetGo letGo, QObject* parent)
    : QObject(parent), m_letGo(std::move(letGo)), m_mailbox(std::make_shared<Mailbox>(this)) {}

ReportOpener::~ReportOpener() {
  m_mailbox->close();
  m_letGo(std::move(m_reader));
}

/// On the thread; `wanted` is the number of this wish, older ones are dropped.
void ReportOpener::add(std::function<void(int wanted)> job, const std::filesystem::path& file) {
  const int wanted = ++m_mailbox->serial;
  m_reader->add(
      [job = std::move(job), wanted] { job(wanted); },
      [this, mailbox = m_mailbox, wanted, file](const std::string& reason) {
        mailbox->post(wanted, [this, file, reason] {
          Q_EMIT refused(tr("Cannot open “%1”: %2.")
                             .arg(QString::fromStdString(file.string()), QString::fromStdString(reason)));
        });
      });
}

void ReportOpener::open(const std::filesystem::path& report) {
  add(
      [this, mailbox = m_mailbox, report](int wanted) {
        const Result<FoundReport> read = readReport(report);
        const Result<void> fits = read && !read->slide.empty() ? checkSlide(*read) : Result<void>();
        mailbox->post(wanted, [this, read, fits, report] {
          if (!read || !fits)
            Q_EMIT refused(QString::fromStdString((read ? fits.error() : read.error()).sentence));
          else if (read->slide.empty())
            Q_EMIT slideWanted(*read, QString::fromStdString(report.filename().string()));
          else
            Q_EMIT found(*read);
        });
      },
      report);
}

void ReportOpener::openWith(FoundReport report, const std::filesystem::path& slide) {
  report.slide = slide;
  add(
      [this, mailbox = m_mailbox, report](int wanted) {
        const Result<void> fits = checkSlide(report);
        mailbox->post(wanted, [this, report, fits] {
          if (fits)
            Q_EMIT found(report);
          else
            Q_EMIT refused(QString::fromStdString(fits.error().sentence));
        });
      },
      slide);
}

}  // namespace geneglass
