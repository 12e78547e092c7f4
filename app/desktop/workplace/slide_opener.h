// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "viewer/slide/open_slide.h"

namespace geneglass {

/// Opens slides behind the window. Each opening has a thread of its own that is detached, the only ones of
/// the program: a read of a share that does not answer gives its thread back to nobody. Such a thread owns
/// all it touches, and what an opening finds that was replaced or cancelled is dropped. The destructor waits
/// for none. GUI thread.
class SlideOpener final : public QObject {
  Q_OBJECT

 public:
  /// Who opens: openSlide, or a test's own. Called on any thread, several at a time.
  using Open = std::function<Result<OpenedSlide>(const std::filesystem::path&, std::optional<double>)>;
  static constexpr std::chrono::milliseconds kPatience{2000};

  /// `running` counts this opener's threads; several openers may share one.
  explicit SlideOpener(Open open = openSlide, std::chrono::milliseconds patience = kPatience,
                       std::shared_ptr<std::atomic<int>> running = std::make_shared<std::atomic<int>>(0),
                       QObject* parent = nullptr);
  ~SlideOpener() override;

  /// Replaces an opening under way; `userMpp` in micrometres per level-0 pixel.
  void open(const std::filesystem::path& file, std::optional<double> userMpp = {});
  void cancel();  ///< nothing where none is under way
  /// How many threads open a file, abandoned ones too; outlives the opener. While there is one the program
  /// may not end by way of its static destructors.
  std::shared_ptr<const std::atomic<int>> running() const;

 Q_SIGNALS:
  void opened(const geneglass::OpenedSlide& slide);
  void refused(const QString& sentence);
  void takesLong(const QString& file);  ///< once an opening, after the patience; the file's name
  void cancelled();

 private:
  struct Shared;

  void take(int request, const Result<OpenedSlide>& outcome);

  const std::shared_ptr<Shared> m_shared;
  bool m_isOpening = false;
  QString m_file;
  QTimer m_patience;
};

}  // namespace geneglass
