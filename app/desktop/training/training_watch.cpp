// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_watch.h"

#include <sys/stat.h>

#include <QMetaObject>
#include <optional>
#include <tuple>
#include <utility>

#include "app/desktop/training/training_job.h"

namespace geneglass {
namespace {

constexpr int kInterval = 500;  // ms

/// What tells a file from the same file changed, or from another in its place.
using Mark = std::tuple<ino_t, off_t, time_t, long>;

std::optional<Mark> markOf(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return {};
  return Mark{facts.st_ino, facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec};
}

Result<WatchedCurve> readCurve(const std::filesystem::path& file) {
  if (isPretrainingCurve(file))
    return readPretrainingCurve(file).map(
        [](PretrainingCurve curve) { return WatchedCurve(std::move(curve)); });
  return readTrainingCurve(file).map([](ReadCurve curve) { return WatchedCurve(std::move(curve)); });
}

}  // namespace

struct TrainingWatch::Seen {
  bool any = false;
  std::optional<Mark> mark;
};

/// What a look found; nothing where the file is as it was.
struct TrainingWatch::Found {
  std::optional<Result<std::shared_ptr<const WatchedCurve>>> curve;
  bool package = false;
};

TrainingWatch::TrainingWatch(QObject* parent) : QObject(parent) {
  m_clock.setInterval(kInterval);
  connect(&m_clock, &QTimer::timeout, this, &TrainingWatch::look);
}

void TrainingWatch::watch(const std::filesystem::path& file) {
  ++m_serial;
  m_file = file;
  m_seen = std::make_shared<Seen>();
  m_busy = false;
  m_clock.start();
  look();
}

void TrainingWatch::look() {
  if (m_busy) return;
  m_busy = true;
  const auto post = [this, serial = m_serial](const Found& found) {
    QMetaObject::invokeMethod(
        this, [this, serial, found] { take(serial, found); }, Qt::QueuedConnection);
  };
  const auto read = [post, file = m_file, seen = m_seen] {
    Found found;
    const std::optional<Mark> mark = markOf(file);
    if (!seen->any || mark != seen->mark) {
      *seen = {true, mark};
      found.curve = readCurve(file).map(
          [](WatchedCurve curve) { return std::make_shared<const WatchedCurve>(std::move(curve)); });
    }
    const std::filesystem::path package = packageOf(file);
    found.package = !package.empty() && markOf(package / "manifest.json");
    post(found);
  };
  m_reader.add(read, [post, file = m_file](const std::string& reason) {
    post({fail("Cannot show the training curve '" + file.string() + "': " + reason + "."), false});
  });
}

void TrainingWatch::take(int serial, const Found& found) {
  if (serial != m_serial) return;
  m_busy = false;
  if (found.curve && *found.curve)
    Q_EMIT curveRead(**found.curve);
  else if (found.curve)
    Q_EMIT refused(QString::fromStdString(found.curve->error().sentence));
  Q_EMIT packageFound(found.package);
}

}  // namespace geneglass
