// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace geneglass {

/// The slides opened last, newest first, at most ten; kept in the user's settings.
QStringList recentFiles();
void rememberFile(const QString& file);
void forgetRecentFiles();

}  // namespace geneglass
