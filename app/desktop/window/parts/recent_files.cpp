// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/window/parts/recent_files.h"

#include <QSettings>

namespace geneglass {

constexpr int kMost = 10;

static QString settingsKey() {
  return QStringLiteral("recentFiles");
}

QStringList recentFiles() {
  return QSettings().value(settingsKey()).toStringList();
}

void rememberFile(const QString& file) {
  QStringList files = recentFiles();
  files.removeAll(file);
  files.prepend(file);
  QSettings().setValue(settingsKey(), QStringList(files.mid(0, kMost)));
}

void forgetRecentFiles() {
  QSettings().remove(settingsKey());
}

}  // namespace geneglass
