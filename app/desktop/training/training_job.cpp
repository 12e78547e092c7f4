// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/training/training_job.h"

#include <string_view>

#include "app/desktop/workplace/job_thread.h"

namespace geneglass {

static constexpr std::string_view kCurveEnd = ".curve.csv";

QStringList callOf(const char* command, const std::vector<std::string>& words) {
  QStringList call{QLatin1String(command)};
  for (const std::string& word : words) call << QString::fromStdString(word);
  return call;
}

std::filesystem::path curveOf(const std::filesystem::path& package) {
  return package.string() + std::string(kCurveEnd);
}

std::filesystem::path packageOf(const std::filesystem::path& curve) {
  const std::string name = curve.string();
  if (!name.ends_with(kCurveEnd)) return {};
  return name.substr(0, name.size() - kCurveEnd.size());
}

std::filesystem::path wholePath(const QString& path) {
  if (path.isEmpty()) return {};
  const std::filesystem::path whole = std::filesystem::absolute(path.toStdString()).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

QString textOf(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

int trainingThreads() {
  return threadsBesideWindow();
}

}  // namespace geneglass
