// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <filesystem>

class QBoxLayout;
class QVBoxLayout;

namespace geneglass {

/// What a pane shows before it has a slide: how to open one, those opened last, the demonstration slide. GUI
/// thread.
class WelcomePage final : public QWidget {
  Q_OBJECT

 public:
  explicit WelcomePage(QWidget* parent = nullptr);

  void showRecent(const QStringList& files);  ///< the newest first; a few of them

 Q_SIGNALS:
  void openWanted();
  void folderWanted();
  void fileWanted(const QString& file);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void shortenRecent();

  QBoxLayout* m_buttons;
  QVBoxLayout* m_recent;
};

/// The slide that comes with the program; where it was not installed, none.
std::filesystem::path demonstrationSlide();

}  // namespace geneglass
