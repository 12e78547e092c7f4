// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <QSignalSpy>
#include <QString>
#include <QTest>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "app/desktop/case/case.h"

namespace geneglass::testing {

inline SlideIdentity madeSlide(const std::string& hash = std::string(64, 'a')) {
  return {"made.svs", hash, {40000, 30000}};
}

/// One step: a square of this id.
inline void draw(Case& document, const std::string& id) {
  const double x = double(id.size()) + 1.0 / 3;
  document.change(
      document.annotations()->with({{id, rectangleArea({x, 2, 3, 4}), "Tumour", id, {}, {}, false}}),
      QStringLiteral("Draw %1").arg(QString::fromStdString(id)));
}

/// Waits for a signal that comes now or came already.
inline bool came(QSignalSpy& spy, int count = 1) {
  constexpr int kPatience = 60000;  // ms; a limit for hangs
  return QTest::qWaitFor([&] { return spy.size() >= count; }, kPatience);
}

/// A folder in which this process, root or not, may read but not write while it lives.
class ReadOnlyFolder final {
 public:
  /// `folder` lies in `temporary`, a folder of this test alone.
  ReadOnlyFolder(const std::filesystem::path& temporary, std::filesystem::path folder)
      : m_folder(std::move(folder)) {
    std::filesystem::permissions(temporary, std::filesystem::perms(0755));
    std::filesystem::permissions(m_folder, std::filesystem::perms(0555));
    if (geteuid() == 0) m_isNobody = seteuid(kNobody) == 0;
  }
  ~ReadOnlyFolder() {
    if (m_isNobody && seteuid(0) != 0) std::abort();
    std::filesystem::permissions(m_folder, std::filesystem::perms(0755));
  }
  ReadOnlyFolder(const ReadOnlyFolder&) = delete;
  ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  std::filesystem::path m_folder;
  bool m_isNobody = false;
};

}  // namespace geneglass::testing
